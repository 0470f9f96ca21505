"""A period of as many facts as one likes, of our own making, spread over kinds and services; for benchmarks and trials.

The same facts have the same slugs in every period made so, and figures of their own: periods can be compared.
"""

from copy import copy
from datetime import date
from itertools import cycle
from pathlib import Path

from django.db import transaction

from xinyi_sat.facts.choices import ChangeKind, Service
from xinyi_sat.facts.fields import END, START
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, Fact, Organisation, Period
from xinyi_sat.facts.models.many import Named, named_by, save_many
from xinyi_sat.facts.periods.copying import draft_after
from xinyi_sat.reading.quantity import Quantity

PARAGRAPHS = 400
PLACES = ("城东", "城西", "河湾", "北沟", "新店", "高流", "时集", "棋盘", "马陵山", "窑湾")
TOPICS = ("科普讲座", "农技推广", "青少年竞赛", "专家走访", "继续教育", "成果对接", "志愿服务", "建言征集")
WORDINGS = ("{}", "近{}", "{}余", "{}多")


@transaction.atomic
def record_many_facts(count: int, slug: str = "2030") -> Period:
    """A period of so many facts with one figure each, read from 400 paragraphs, every one with its history.

    The published facts lend their details, and the organisations that they name.
    """
    period, lent = made_period(slug), lenders(count)
    facts = [made_fact(lender, number, period) for number, (lender, _) in enumerate(lent)]
    words = [""] * PARAGRAPHS
    for number, fact in enumerate(facts):
        words[number * PARAGRAPHS // count] += told(fact, after=words[number * PARAGRAPHS // count])
    passages = made_document(period).register(words, with_words=True)
    for number, fact in enumerate(facts):
        fact.passage = passages[number * PARAGRAPHS // count]
    kinds = len({type(fact) for fact in facts})
    for first in range(kinds):
        save_many(facts[first::kinds], [names for _, names in lent[first::kinds]], ChangeKind.ENTERED)
    return period


def lenders(count: int) -> list[tuple[Fact, Named]]:
    """For so many facts, of one kind after the other, a published fact of the kind, and what it names."""
    counted = [kind.objects.exclude(slug__startswith="made-") for kind in fact_kinds() if kind.figure_names()]
    published = [[(one, named_by(one)) for one in facts.order_by("pk")] for facts in counted]
    return [of_kind[number % len(of_kind)] for number, of_kind in zip(range(count), cycle(published), strict=False)]


def made_period(slug: str, state: str = "published") -> Period:
    """A year without facts."""
    year = date(int(slug), 1, 1)
    return Period.objects.create(
        slug=slug, title=f"{slug}年", starts_on=year, ends_on=year.replace(month=12, day=31), state=state
    )


def made_document(period: Period) -> Document:
    """A document of this period, without paragraphs."""
    publisher, _ = Organisation.objects.get_or_create(slug="linhu", name="临湖县科协", kind="association")
    return Document.objects.create(
        slug=f"linhu-{period.slug}",
        title=f"临湖县科协{period}工作",
        publisher=publisher,
        published_on=period.ends_on,
        period=period,
    )


def begin_after(slug: str) -> None:
    """Begin a period after the pattern of one, as its page in the admin does."""
    year = Period(slug="2041", title="2041年", starts_on=date(2041, 1, 1), ends_on=date(2041, 12, 31))
    publisher = Organisation.objects.first()
    document = Document(slug="begun", title="2041年工作", publisher=publisher, published_on=year.ends_on, period=year)
    draft_after(Period.objects.get(slug=slug), document, ["2041年工作", "全年办班12期。"])


def made_fact(lender: Fact, number: int, period: Period) -> Fact:
    """A fact with one figure; its measure, wording and service go round with its number."""
    fact = copy(lender)
    fact.pk, fact._state = None, copy(lender._state)
    fact._state.adding = True
    fact.slug, fact.period = f"made-{number}", period
    fact.title = f"{PLACES[number % 10]}{TOPICS[number % 8]}第{number + 1}项"
    fact.service = Service.values[number % len(Service.values)]
    fact.is_headline, fact.note = number < 10, "原文没有说明是否含往年。" if number % 100 == 0 else ""
    for name in fact.figure_names():
        for field in (name, name + START, name + END):
            setattr(fact, field, None)
    measure = fact.figure_names()[number % len(fact.figure_names())]
    amount = number % 3000 + 10 + period.ends_on.year % 100
    setattr(fact, measure, Quantity.read(WORDINGS[number % 4].format(amount) + fact._meta.get_field(measure).units[0]))
    return fact


def told(fact: Fact, after: str) -> str:
    """The sentence that tells of a fact, after others in its paragraph; the fact notes where its figure stands."""
    [measure] = [name for name in fact.figure_names() if getattr(fact, name)]
    before, wording = f"{fact.title}，共计", str(getattr(fact, measure))
    setattr(fact, measure + START, len(after + before))
    setattr(fact, measure + END, len(after + before + wording))
    return f"{before}{wording}。"


def correct_some(period: Period, every: int = 100) -> None:
    """Correct one in so many of the figures of a period, each with a reason, as an admin would."""
    for kind in fact_kinds():
        facts = list(kind.objects.filter(period=period).order_by("pk")[::every])
        for fact in facts:
            for name in (name for name in fact.figure_names() if getattr(fact, name)):
                setattr(fact, name, Quantity.read(f"{5000 + fact.pk % 3000}{getattr(fact, name).unit}"))
        if facts:
            save_many(facts, [named_by(fact) for fact in facts], ChangeKind.CORRECTION, "核对原文后更正")


def write_review(slug: str, path: str) -> None:
    """The words of the document of such a period, as a file."""
    passages = Document.objects.get(slug=f"linhu-{slug}").passages.order_by("paragraph")
    Path(path).write_text("".join(f"{passage.text}\n" for passage in passages), encoding="utf-8")
