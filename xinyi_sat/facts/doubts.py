"""What is odd about a fact and may be right all the same: said to whoever saved it, and refused to nobody."""

from collections.abc import Iterable, Iterator

from xinyi_sat.facts.models import Fact
from xinyi_sat.facts.quantity import Quantity

LEAP = 10


def doubts(fact: Fact, measures: Iterable[str]) -> Iterator[str]:
    """In words what should be looked at once more: these measures beside an earlier period's, and the date of the source."""
    earlier = list(earlier_facts(fact))
    for name in measures:
        counted = getattr(fact, name)
        before = next((one for one in earlier if is_comparable(getattr(one, name), counted)), None)
        if before and (leap := leap_in_words(getattr(before, name), counted)):
            label = fact._meta.get_field(name).verbose_name
            yield (
                f"{label}填的是“{counted}”，{before.period}是“{getattr(before, name)}”，{leap}。"
                "已经照填写的保存，请核对有没有多写或少写一位。"
            )
    document = fact.passage.document
    if document.published_on < fact.period.starts_on:
        yield (
            f"出处《{document}》{document.published_on:%Y-%m-%d} 发布，那时{fact.period}还没有开始。"
            "已经照填写的保存，请核对时期和出处。"
        )


def earlier_facts(fact: Fact) -> Iterable[Fact]:
    """The same matter in earlier public periods, counted on the same basis; the latest and shortest period first."""
    same = type(fact).objects.public().filter(slug=fact.slug, basis=fact.basis)
    earlier = same.filter(period__ends_on__lt=fact.period.ends_on).select_related("period")
    return earlier.order_by("-period__ends_on", "-period__starts_on")


def is_comparable(before: Quantity | None, counted: Quantity | None) -> bool:
    """Whether both are there and count in the same unit."""
    return bool(before and counted and before.unit == counted.unit)


def leap_in_words(before: Quantity, counted: Quantity) -> str:
    """That a number is ten times another or more, or a tenth or less; empty for any other."""
    if before.number == counted.number:
        return ""
    if counted.number >= LEAP * before.number:
        return f"增加到 {LEAP} 倍或更多"
    return f"减少到 {LEAP} 分之一或更少" if LEAP * counted.number <= before.number else ""
