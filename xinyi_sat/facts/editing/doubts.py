"""What is odd about facts and may be right all the same: said to whoever enters or confirms them, and refused to nobody."""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import groupby
from operator import or_

from django.db.models import CharField, Exists, F, OuterRef, Q
from django.db.models.functions import Cast

from xinyi_sat.facts.choices import Basis
from xinyi_sat.facts.fields import END, NUMBER, START, place
from xinyi_sat.facts.models import Fact
from xinyi_sat.facts.querysets import FactQuerySet
from xinyi_sat.facts.quotation import quoted
from xinyi_sat.reading.quantity import Quantity

LEAP = 10
NEARLY_A_LEAP = 9  # what the database is asked: SQLite reckons in binary, and may miss a tenth by a hair
POINTS = ".．点"
AT_ONCE = 500  # facts that are asked about together
MOST_NAMED = 5
Before = dict[str, str]  # a row of an earlier period: its name, and the measures in their wording


def doubts_of(facts: Sequence[Fact]) -> list[list[str]]:
    """In words what should be looked at once more of each of these facts, which have their sources fetched."""
    return [[*odd, *unwritten(fact)] for fact, odd in zip(facts, oddities_of(facts), strict=True)]


def oddities_of(facts: Sequence[Fact]) -> Iterator[list[str]]:
    """The same but for what the words of the passage say: that is told once of a document."""
    for fact, odd in zip(facts, odd_in_time(facts), strict=True):
        yield [*odd, *noughts(fact), *parts(fact)]


def odd_in_time(facts: Sequence[Fact]) -> Iterator[list[str]]:
    """Of each fact what is odd beside an earlier period's, and about the date of its source."""
    for kind, of_kind in groupby(facts, type):
        asked = list(of_kind)
        for start in range(0, len(asked), AT_ONCE):
            some = asked[start : start + AT_ONCE]
            found = earlier(kind, some)
            yield from ([*leaps(fact, found.get(matter(fact.slug, fact.basis), ())), *untimely(fact)] for fact in some)


def may_be_odd(facts: FactQuerySet) -> FactQuerySet:
    """Of facts in the database those of which `oddities_of` may have something to say: of thousands few need be fetched.

    A fact stays that leaps from any earlier period, whichever the last is, whatever it counts in and on which basis.
    """
    before = facts.model.objects.public().filter(slug=OuterRef("slug"), period__ends_on__lt=OuterRef("period__ends_on"))
    rule = Q(passage__document__published_on__lt=F("period__starts_on"))
    for name in facts.model.figure_names():
        number = name + NUMBER
        higher = Q(**{f"{number}__gte": OuterRef(number) * NEARLY_A_LEAP})
        lower = Q(nearly__lte=OuterRef(number))
        rule |= Exists(before.alias(nearly=F(number) * NEARLY_A_LEAP).filter(higher | lower))
        facts = facts.alias(**{f"{name}_words": Cast(name, CharField())})
        odd = (Q(**{f"{name}_words__contains": point}) for point in POINTS)
        rule |= Q(passage__text="") & reduce(or_, odd, Q(**{number: 0}))
    return facts.filter(rule)


def matter(slug: str, basis: str) -> tuple[str, bool]:
    """By what a fact is known again in other periods, and whether it counts each year.

    A yearly figure beside that of five years is about a fifth of it, and how much less tells of no slip of the pen. Whether
    the others are totals is often said in one document and not in the next.
    """
    return slug, basis == Basis.YEARLY


def earlier(kind: type[Fact], facts: Sequence[Fact]) -> dict[tuple[str, bool], list[Before]]:
    """What public periods have of the same matters, the latest and shortest period first; one question to the database.

    The measures come in their wording: of many periods few are read as quantities.
    """
    names = kind.figure_names()
    last = max(fact.period.ends_on for fact in facts)
    same = kind.objects.public().filter(slug__in={fact.slug for fact in facts}, period__ends_on__lt=last)
    rows = same.order_by("-period__ends_on", "-period__starts_on").values(
        *("slug", "basis", "period__title", "period__ends_on"),
        **{f"{name}_words": Cast(name, CharField()) for name in names},
    )
    found: dict[tuple[str, bool], list[Before]] = {}
    for row in rows if names else ():
        found.setdefault(matter(row["slug"], row["basis"]), []).append(row)
    return found


def leaps(fact: Fact, rows: Iterable[Before]) -> Iterator[str]:
    """The measures that are ten times those of the last period that counts in the same unit, or a tenth."""
    rows = [row for row in rows if row["period__ends_on"] < fact.period.ends_on]
    for name in fact.figure_names():
        counted = getattr(fact, name)
        if counted and (last := last_counted(rows, name, counted.unit)):
            title, before = last
            if leap := leap_in_words(before, counted):
                label = fact._meta.get_field(name).verbose_name
                yield f"{label}填的是“{counted}”，{title}是“{before}”，{leap}。请核对有没有多写或少写一位。"


def last_counted(rows: Iterable[Before], name: str, unit: str) -> tuple[str, Quantity] | None:
    """The last period that counts a measure in this unit, and what it counts."""
    for row in rows:
        before = Quantity.read(row[f"{name}_words"]) if row[f"{name}_words"] else None
        if before and before.unit == unit:
            return row["period__title"], before
    return None


def leap_in_words(before: Quantity, counted: Quantity) -> str:
    """That a number is ten times another or more, or a tenth or less; empty for any other."""
    if before.number in (0, counted.number):  # nothing is ten times nought
        return ""
    if counted.number >= LEAP * before.number:
        return f"增加到 {LEAP} 倍或更多"
    return f"减少到 {LEAP} 分之一或更少" if LEAP * counted.number <= before.number else ""


def untimely(fact: Fact) -> Iterator[str]:
    """That the source was published before the period began."""
    document = fact.passage.document
    if document.published_on < fact.period.starts_on:
        yield (
            f"出处《{document}》{document.published_on:%Y-%m-%d} 发布，那时{fact.period}还没有开始。请核对时期和出处。"
        )


def noughts(fact: Fact) -> Iterator[str]:
    """The measures that are nought where nobody can see here whether the source says so.

    A document may well say “0件”, and then it is a figure like any other; more often a nought stands for nothing said.
    """
    for label, counted in unseen(fact):
        if not counted.number:
            yield f"{label}填的是“{counted}”。原文写明是 0 才填 0，没有写这个数的应留空。请核对。"


def parts(fact: Fact) -> Iterator[str]:
    """The measures that count a part of what is there whole or not at all, where nobody can see whether the source does.

    A document may well give an average, “平均每村1.5场”; more often a point was typed that is not there.
    """
    for label, counted in unseen(fact):
        if counted.is_fraction_of_countable:
            yield f"{label}填的是“{counted}”，不是整数。原文写的是平均数等才会这样。请核对。"


def unseen(fact: Fact) -> Iterator[tuple[str, Quantity]]:
    """The measures of a fact whose passage has no words here, under their labels."""
    for name in fact.figure_names() if not fact.passage.text else ():
        if counted := getattr(fact, name):
            yield fact._meta.get_field(name).verbose_name, counted


def unwritten(fact: Fact) -> Iterator[str]:
    """The measures that the words of the passage don't have, where these are here."""
    for name in fact.figure_names():
        wording, start, end = (getattr(fact, one) for one in (name, name + START, name + END))
        if wording and fact.passage.differs(str(wording), start, end):
            where = f"原文{fact.passage.label}"
            if start is None:
                yield f"{where}中没有“{wording}”。请核对段落和写法。"
            else:
                there = fact.passage.text[start:end]
                yield f"{where}第 {place(start, end)} 字是“{there}”，不是“{wording}”。请核对写法和字位。"


def in_short(facts: Sequence[Fact], doubts: Iterable[list[str]]) -> list[str]:
    """The first facts that are doubtful, each with its doubts, and how many there are if these are not all."""
    doubtful = [f"{quoted(fact)}：{''.join(of_fact)}" for fact, of_fact in zip(facts, doubts, strict=True) if of_fact]
    left = [f"要这样核对的共 {len(doubtful)} 条，这里列出前 {MOST_NAMED} 条。"] if len(doubtful) > MOST_NAMED else []
    return [*doubtful[:MOST_NAMED], *left]
