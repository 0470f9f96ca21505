"""What is odd about facts and may be right all the same: said to whoever enters or confirms them, and refused to nobody."""

from collections.abc import Collection, Iterable, Iterator

from django.db.models import Q

from xinyi_sat.facts.choices import Basis, FactState
from xinyi_sat.facts.models import Fact, Figure
from xinyi_sat.facts.models.figure import place
from xinyi_sat.facts.quotation import quoted

TENFOLD = 10
MOST_NAMED = 5


def doubts_of(fact: Fact, figures: Collection[Figure] | None = None) -> list[str]:
    """In words, what should be looked at once more of a fact; `figures` are its own where they aren't saved."""
    figures = fact.figures.all() if figures is None else figures
    return [*oddities_of(fact, figures), *not_in_passage(figures)]


def oddities_of(fact: Fact, figures: Collection[Figure]) -> list[str]:
    """The same but for what the words of the passage say: that is told once of a document."""
    return [
        *tenfold_changes(figures),
        *published_too_early(fact),
        *zero_values(figures),
        *fractions(figures),
        *recorded_twice(fact, figures),
    ]


def earlier_figure(figure: Figure) -> Figure | None:
    """What the last public period before has of the same matter in the same unit.

    A yearly figure beside that of five years is about a fifth of it, and how much less tells of no slip of the pen. Whether
    the others are totals is often said in one document and not in the next.
    """
    fact = figure.fact
    basis = Q(fact__basis=Basis.YEARLY)
    same = Figure.objects.public().filter(
        basis if fact.basis == Basis.YEARLY else ~basis,
        fact__kind=fact.kind,
        fact__slug=fact.slug,
        fact__period__ends_on__lt=fact.period.ends_on,
        measure=figure.measure_id,
        unit=figure.unit,
    )
    return same.with_fact().order_by("-fact__period__ends_on", "-fact__period__starts_on").first()


def tenfold_changes(figures: Collection[Figure]) -> Iterator[str]:
    """The figures that are ten times those of the last period, or a tenth."""
    for figure in figures:
        last = earlier_figure(figure)
        if last and (change := tenfold_in_words(last, figure)):
            yield (
                f"{figure.label}填的是“{figure}”，{last.fact.period}是“{last}”，{change}。请核对有没有多写或少写一位。"
            )


def tenfold_in_words(before: Figure, figure: Figure) -> str:
    """That a number is ten times another or more, or a tenth or less; empty for any other."""
    if before.number in (0, figure.number):  # nothing is ten times zero
        return ""
    if figure.number >= TENFOLD * before.number:
        return f"增加到 {TENFOLD} 倍或更多"
    return f"减少到 {TENFOLD} 分之一或更少" if TENFOLD * figure.number <= before.number else ""


def recorded_twice(fact: Fact, figures: Collection[Figure]) -> Iterator[str]:
    """The figures that stand on characters of the passage which another record has already."""
    for figure in figures:
        same = Figure.objects.filter(fact__passage=fact.passage, start=figure.start, end=figure.end)
        other = same.exclude(fact=fact.pk).exclude(fact__state=FactState.WITHDRAWN).with_fact().first()
        if figure.start is not None and other:
            yield (
                f"{figure.label}“{figure}”在原文的字位，{quoted(other.fact)}的{other.label}已经收录。"
                "同一个数收录两次会重复计算，请核对。"
            )


def published_too_early(fact: Fact) -> Iterator[str]:
    """That the source was published before the period began."""
    document = fact.passage.document
    if document.published_on < fact.period.starts_on:
        yield (
            f"出处《{document}》{document.published_on:%Y-%m-%d} 发布，那时{fact.period}还没有开始。请核对时期和出处。"
        )


def zero_values(figures: Collection[Figure]) -> Iterator[str]:
    """The figures that are zero where nobody can see here whether the source says so.

    A document may well say “0件”, and then it is a figure like any other; more often a zero stands for nothing said.
    """
    for figure in figures:
        if not figure.number and not figure.fact.passage.text:
            yield f"{figure.label}填的是“{figure}”。原文写明是 0 才填 0，没有写这个数的应留空。请核对。"


def fractions(figures: Collection[Figure]) -> Iterator[str]:
    """The figures that count a part of what is there whole or not at all, where nobody can see whether the source does.

    A document may well give an average, “平均每村1.5场”; more often a point was typed that is not there.
    """
    for figure in figures:
        if not figure.fact.passage.text and figure.quantity.is_fraction_of_countable:
            yield f"{figure.label}填的是“{figure}”，不是整数。原文写的是平均数等才会这样。请核对。"


def not_in_passage(figures: Collection[Figure]) -> Iterator[str]:
    """The figures that the words of the passage don't have, where these are here."""
    for figure in figures:
        passage, start, end = figure.fact.passage, figure.start, figure.end
        if passage.differs(figure.wording, start, end):
            where = f"原文{passage.label}"
            if start is None:
                yield f"{where}中没有“{figure}”。请核对段落和写法。"
            else:
                there = passage.text[start:end]
                yield f"{where}第 {place(start, end)} 字是“{there}”，不是“{figure}”。请核对写法和字位。"


def in_short(facts: Iterable[Fact], doubts: Iterable[list[str]]) -> list[str]:
    """The first facts that are doubtful, each with its doubts, and how many there are if these are not all."""
    doubtful = [f"{quoted(fact)}：{''.join(of_fact)}" for fact, of_fact in zip(facts, doubts, strict=True) if of_fact]
    left = [f"要这样核对的共 {len(doubtful)} 条，这里列出前 {MOST_NAMED} 条。"] if len(doubtful) > MOST_NAMED else []
    return [*doubtful[:MOST_NAMED], *left]
