"""Nothing of a draft is at any public address: no page, file or search names it, and its own addresses are not there."""

from datetime import date

import pytest

from tests.pages.crawling import answers, words_in
from tests.pages.reading import address, public_names
from tests.support import again, corrected, fact, new_document, new_period
from tests.tasks import a_line_each, publish_all
from xinyi_sat.facts.models import Document, DraftFact, Fact, Organisation, Period, fact_kinds

pytestmark = pytest.mark.django_db

WORDS, SLUG = "尚未公布的秘密", "secret-matter"
OF_ONE_FACT = {f"{kind._meta.app_label}:{kind.noun()}" for kind in fact_kinds()}  # others lead to these
FILES = ("/report.pdf", "/report.xlsx", "/report.docx", "/data.zip")
NOT_CRAWLED = {"icon", "edition", "edition_file"}


@pytest.fixture
def draft() -> Period:
    """A period that is a draft, with a document, organisations, facts and what waits to be sorted; and one published year."""
    review = fact("continuing-education")
    year = new_document(new_period("2022"))
    again(review, year, participants="2500人")
    days = {"starts_on": date(2099, 1, 1), "ends_on": date(2099, 12, 31)}
    period = new_period(SLUG, f"{WORDS}时期", (2099, 2099), state="draft", note=f"{WORDS}说明", **days)
    document = new_document(period, title=f"{WORDS}文献")
    secret = Organisation.objects.create(slug=SLUG, name=f"{WORDS}机构", kind="firm", note=WORDS)
    named = {
        "title": f"{WORDS}事项",
        "note": WORDS,
        "partners": [secret, Organisation.objects.get(slug="optical-society")],
    }
    again(review, document, **named, slug=SLUG, audience=f"{WORDS}对象", participants="98765人", headline_rank=1)
    again(review, document, **named, participants="98766人")
    again(review, year, **named, slug=f"{SLUG}-unconfirmed", participants="98767人", state="draft")
    award = fact("advanced-party-organisation")
    mixed = again(award, document, title=WORDS, slug=f"{SLUG}-award", conferred_by=secret, times="98768次")
    corrected(mixed, period=year.period)  # past the forms: of a public period, read from the document of a draft
    figures = [{"wording": "98769人", "start": 0, "end": 6}]
    passage = document.passages.last()
    DraftFact.objects.create(period=period, passage=passage, start=0, end=9, title=WORDS, figures=figures)
    return period


def named_of_draft(words: str) -> list[str]:
    """What a text tells of the draft."""
    return [secret for secret in (WORDS, SLUG, "9876") if secret in words]


@pytest.fixture
def offered(draft) -> None:
    """Files of a line for all that is published; the real ones are looked into below."""
    for period in Period.objects.with_facts():
        a_line_each(period)


def public_addresses() -> set[str]:
    """The addresses that others lead from, for one period and for all."""
    starts = {f"{address(name)}?" for name in {*public_names()} - OF_ONE_FACT - NOT_CRAWLED}
    whole = ("/figures", "/facts", "/organisations", "/outreach/trainings")
    return starts | {f"{path}period=all" for path in starts if path.startswith(whole)}


def test_no_public_address_names_anything_of_a_draft(client, offered, only_selects):
    for path in public_addresses():
        assert named_of_draft(words_in(client.get(path))) == [], path


@pytest.mark.slow
def test_nor_does_any_that_they_lead_to(client, offered, only_selects):
    read = set()
    for path, words in answers(client, public_addresses()):
        assert named_of_draft(words) == [], path
        read.add(path)
    assert len(read) > 200
    assert {f"{path}?" for path in FILES} | {"/figures.csv?", "/compare/?"} <= read


@pytest.mark.slow
def test_no_file_of_a_period_names_anything_of_a_draft(client, draft):
    publish_all()
    for path in FILES:
        for period in ("2017-2021", "2022"):
            words = words_in(client.get(path, {"period": period}))
            assert "专业技术人员" in words, path
            assert named_of_draft(words) == [], path


@pytest.mark.parametrize("path", ["/figures/", "/outreach/trainings/", "/figures.json", "/outreach/trainings.json"])
def test_no_search_finds_a_draft(client, draft, only_selects, path):
    for part in (WORDS[:4], "98765"):
        assert WORDS not in words_in(client.get(path, {"q": part, "period": "all"}))


def test_the_addresses_of_a_draft_are_not_there(client, draft):
    records = [*Fact.objects.filter(slug__startswith=SLUG), *Fact.objects.filter(period=draft)]
    records += [Organisation.objects.get(slug=SLUG), Document.objects.get(period=draft)]
    assert len(records) >= 6
    for record in records:
        assert client.get(record.get_absolute_url()).status_code == 404
    lists = [kind.list_url() for kind in fact_kinds()]
    for path in [*lists, "/figures/", "/figures.csv", "/facts.json", "/organisations/", "/sources/", "/corrections/"]:
        assert client.get(path, {"period": SLUG}).status_code == 404


def test_what_is_confirmed_is_found_once_its_period_is_published(client, draft):
    corrected(draft, state="published")
    assert f"{WORDS}事项" in words_in(client.get("/outreach/trainings/", {"period": SLUG}))
    assert "98767" not in words_in(client.get("/figures.csv", {"period": "all"}))
