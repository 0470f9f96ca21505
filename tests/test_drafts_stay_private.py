"""Nothing of a draft is at any public address: no page, file or search names it, and its own addresses are not there."""

import io
import zipfile
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from achievements.models import Award
from outreach.models import Training
from tests.changes import corrected
from tests.pdf import words_of_pdf
from tests.periods import again, new_document, new_period
from tests.tasks import publish_all
from tests.test_read_only import address, named_patterns
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, DraftFact, Organisation, Period

pytestmark = pytest.mark.django_db

WORDS, SLUG = "尚未公布的秘密", "secret-matter"
ENDLESS = {"sort", "page"}  # other orders of the same rows


@pytest.fixture
def draft() -> Period:
    """A period that is a draft, with a document, organisations, facts and what waits to be sorted; and one published year."""
    year = new_document(new_period("2022"))
    review = Training.objects.get(slug="continuing-education")
    again(review, year, participants="2500人")
    days = {"starts_on": date(2099, 1, 1), "ends_on": date(2099, 12, 31)}
    period = new_period(SLUG, f"{WORDS}时期", (2099, 2099), state="draft", note=f"{WORDS}说明", **days)
    document = new_document(period, title=f"{WORDS}文献")
    secret = Organisation.objects.create(slug=SLUG, name=f"{WORDS}机构", kind="firm", note=WORDS)
    known = Organisation.objects.get(slug="optical-society")
    names = {"title": f"{WORDS}事项", "note": WORDS, "partners": [secret, known]}
    again(review, document, **names, slug=SLUG, audience=f"{WORDS}对象", participants="98765人", is_headline=True)
    again(review, document, **names, audience=WORDS, participants="98766人")
    again(review, year, **names, slug=f"{SLUG}-unconfirmed", audience=WORDS, participants="98767人", state="draft")
    award = Award.objects.get(slug="advanced-party-organisation")
    mixed = again(award, document, title=WORDS, slug=f"{SLUG}-award", conferred_by=secret, times="98768次")
    corrected(mixed, period=year.period)  # past the forms: of a public period, read from the document of a draft
    passage = document.passages.last()
    figures = [{"wording": "98769人", "start": 0, "end": 6}]
    DraftFact.objects.create(period=period, passage=passage, start=0, end=9, title=WORDS, figures=figures)
    return period


@pytest.fixture
def files(draft) -> None:
    """The files of all that is published."""
    publish_all()


def words_in(answer) -> str:
    """What an answer says; of files that are archives or printed, what is in them."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"%PDF"):
        return words_of_pdf(content)
    if content.startswith(b"PK"):
        packed = zipfile.ZipFile(io.BytesIO(content))
        return "".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())
    return content.decode()


def links_in(page: str, base: str) -> list[str]:
    """The addresses of this site that a page leads to; other orders and smaller parts of the same left out."""
    links = [urlsplit(piece.split('"')[0].replace("&amp;", "&")) for piece in page.split('href="')[1:]]
    asked = [(link.path or base, dict(parse_qsl(link.query))) for link in links if not link.netloc]
    found = []
    for path, question in asked:
        is_part = path.startswith("/organisations/") and question.get("period") != "all"
        is_narrow = is_part or question.keys() & {"service", "kind"}
        if not is_narrow and not path.startswith(("/admin/", "/static/")):
            query = "&".join(f"{name}={value}" for name, value in sorted(question.items()) if name not in ENDLESS)
            found.append(f"{path}?{query}")
    return found


def test_no_public_address_names_anything_of_a_draft(client, draft, files, only_selects):
    one_fact = {f"{kind._meta.app_label}:{kind.kind()}" for kind in fact_kinds()}  # others lead to these
    unread, read = (
        {f"{address(name)}?" for name in {*named_patterns()} - one_fact - {"icon", "edition", "edition_file"}},
        set(),
    )
    whole = ("/figures", "/facts", "/organisations", "/outreach/trainings")
    unread |= {f"{path}period=all" for path in unread if path.startswith(whole)}
    while unread:
        path = unread.pop()
        read.add(path)
        answer = client.get(path)
        assert answer.status_code == 200, path
        words = words_in(answer)
        for secret in (WORDS, SLUG, "9876"):
            assert secret not in words, f"{path} names {secret}"
        if answer["Content-Type"].startswith("text/html"):
            unread |= set(links_in(words, path.split("?")[0])) - read
    assert len(read) > 200
    assert {"/report.pdf?", "/data.zip?", "/report.xlsx?", "/report.docx?", "/compare/?", "/figures.csv?"} <= read


@pytest.mark.parametrize("path", ["/figures/", "/outreach/trainings/", "/figures.json", "/outreach/trainings.json"])
def test_no_search_finds_a_draft(client, draft, only_selects, path):
    for part in (WORDS[:4], "98765"):
        assert WORDS not in words_in(client.get(path, {"q": part, "period": "all"}))


def test_the_addresses_of_a_draft_are_not_there(client, draft):
    records = [*Training.objects.filter(period=draft), Organisation.objects.get(slug=SLUG)]
    records += [Training.objects.get(state="draft"), Award.objects.get(slug=f"{SLUG}-award")]
    for record in [*records, *Document.objects.filter(period=draft)]:
        assert client.get(record.get_absolute_url()).status_code == 404
    lists = [kind.list_url() for kind in fact_kinds()]
    for path in [*lists, "/", "/services/literacy/", "/figures/", "/figures.csv", "/facts.json", "/organisations/"]:
        assert client.get(path, {"period": SLUG}).status_code == 404
    for path in ("/report.pdf", "/report.xlsx", "/report.docx", "/data.zip", "/sources/"):
        assert client.get(path, {"period": SLUG}).status_code == 404


def test_a_draft_is_answered_as_a_period_that_nobody_recorded(client, draft):
    asked, unknown = (
        client.get("/compare/", {"period": [slug, "2022"]}).content.decode().replace(slug, "")
        for slug in (SLUG, "unheard")
    )
    assert asked == unknown


def test_what_is_confirmed_is_found_once_its_period_is_published(client, draft):
    corrected(draft, state="published")
    assert f"{WORDS}事项" in words_in(client.get("/outreach/trainings/", {"period": SLUG}))
    assert "98767" not in words_in(client.get("/figures.csv", {"period": "all"}))
