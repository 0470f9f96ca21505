"""A period of as many facts as one likes, of our own making, spread over kinds and services; for benchmarks and trials."""

from copy import copy
from datetime import date

from django.db import transaction

from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.fields import END, START
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, Fact, Organisation, Passage, Period
from xinyi_sat.facts.quantity import Quantity

PARAGRAPHS = 400
PLACES = ("城东", "城西", "河湾", "北沟", "新店", "高流", "时集", "棋盘", "马陵山", "窑湾")
TOPICS = ("科普讲座", "农技推广", "青少年竞赛", "专家走访", "继续教育", "成果对接", "志愿服务", "建言征集")
WORDINGS = ("{}", "近{}", "{}余", "{}多")


@transaction.atomic
def record_many_facts(count: int, slug: str = "2030") -> Period:
    """A period of so many facts with one figure each, read from 400 paragraphs; the published facts lend their details."""
    year = date(int(slug), 1, 1)
    period = Period.objects.create(
        slug=slug, title=f"{slug}年", starts_on=year, ends_on=year.replace(month=12, day=31), state="published"
    )
    passages = made_passages(period)
    counted = [kind for kind in fact_kinds() if kind.figure_names()]
    for first, kind in enumerate(counted):
        lenders = list(kind.objects.exclude(period=period).order_by("pk"))
        numbers = range(first, count, len(counted))
        facts = [
            made_fact(lenders[number % len(lenders)], number, passages[number * PARAGRAPHS // count])
            for number in numbers
        ]
        kind.objects.bulk_create(facts)
    return period


def made_passages(period: Period) -> list[Passage]:
    """The paragraphs of a document of this period; there are no words to them."""
    publisher = Organisation.objects.create(slug=f"linhu-{period.slug}", name="临湖县科协", kind="association")
    document = Document.objects.create(
        slug=f"linhu-{period.slug}",
        title="临湖县科协工作",
        publisher=publisher,
        published_on=period.ends_on,
        period=period,
    )
    return Passage.objects.bulk_create(
        Passage(document=document, paragraph=number, length=2000, digest=f"{number:064x}")
        for number in range(1, PARAGRAPHS + 1)
    )


def made_fact(lender: Fact, number: int, passage: Passage) -> Fact:
    """A fact with one figure; its measure, wording, characters and service go round with its number."""
    fact = copy(lender)
    fact.pk, fact._state = None, copy(lender._state)
    fact._state.adding = True
    fact.slug, fact.passage, fact.period = f"made-{number}", passage, passage.document.period
    fact.title = f"{PLACES[number % 10]}{TOPICS[number % 8]}第{number + 1}项"
    fact.service = Service.values[number % len(Service.values)]
    fact.is_headline, fact.note = number < 10, "原文没有说明是否含往年。" if number % 100 == 0 else ""
    for name in fact.figure_names():
        for field in (name, name + START, name + END):
            setattr(fact, field, None)
    measure = fact.figure_names()[number % len(fact.figure_names())]
    wording = WORDINGS[number % 4].format(number % 3000 + 10) + fact._meta.get_field(measure).units[0]
    setattr(fact, measure, Quantity.read(wording))
    setattr(fact, measure + START, number % 1900)
    setattr(fact, measure + END, number % 1900 + len(wording))
    return fact
