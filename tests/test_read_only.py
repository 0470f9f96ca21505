"""Nobody but an admin changes anything: every public address only answers to reading."""

from datetime import date

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver, reverse
from django.utils.timezone import now

from tests.tasks import a_line_each
from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Period
from xinyi_sat.report.models import Edition, EditionFile

pytestmark = pytest.mark.django_db

ARGUMENTS = {
    "service": [Service.LITERACY.value],
    "source": ["xinyi-review-2021"],
    "organisation": ["xinhua-daily"],
    "edition": ["2017-2021", 1],
    "edition_file": ["2017-2021", 1, "pdf"],
}


def named_patterns(resolver=None, namespace: str = "") -> list[str]:
    """The names of all public addresses."""
    names = []
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            names.append(f"{namespace}{pattern.name}")
        elif not str(pattern.pattern).startswith("admin/"):
            names += named_patterns(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)
    return names


def address(name: str) -> str:
    """An address that has something to show."""
    kinds = {f"{kind._meta.app_label}:{kind.kind()}": kind for kind in fact_kinds()}
    if name in kinds:
        return kinds[name].objects.first().get_absolute_url()
    return reverse(name, args=ARGUMENTS.get(name, []))


def test_there_are_as_many_addresses_as_the_site_promises():
    names = named_patterns()
    assert len(names) == len(set(names)) == 25 + 4 * 10


@pytest.fixture
def edition(db) -> None:
    """An issued edition of the review, and the files of the review, each a word."""
    period = Period.objects.get(slug="2017-2021")
    made = Edition(period=period, number=1, dated_on=date(2026, 11, 24), reason="首次发布", as_of=now())
    made.save()
    EditionFile.objects.create(edition=made, ending="pdf", content=b"%PDF")
    made.issued_at = now()
    made.save()
    a_line_each(period)


@pytest.mark.parametrize("name", named_patterns())
def test_a_public_address_reads_and_refuses_everything_else(client, edition, only_selects, name):
    path = address(name)
    assert client.get(path).status_code in (200, 302)
    assert client.head(path).status_code in (200, 302)
    for method in ("post", "put", "patch", "delete", "options", "trace"):
        answer = getattr(client, method)(path)
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/", "/figures.csv", "/outreach/trainings.json"])
def test_head_says_what_get_would_say_and_sends_nothing_of_it(path):
    answers = {
        method: getattr(RequestFactory(), method)(path, headers={"host": "localhost"}) for method in ("get", "head")
    }
    read, asked = (WSGIHandler()(one.environ, lambda *said: None) for one in answers.values())
    assert (asked.status_code, asked["Content-Type"]) == (read.status_code, read["Content-Type"])
    assert b"".join(asked) == b""
    assert b"".join(read) != b""


def test_a_refused_method_is_explained_in_chinese(client):
    answer = client.post("/figures/")
    assert "本站只供阅读" in answer.content.decode()


def test_reading_leaves_no_cookie(client):
    for path in ("/", "/figures/", "/outreach/trainings/"):
        assert not client.get(path).cookies


@pytest.mark.parametrize(
    "path",
    ["/nowhere/", "/services/nothing/", "/sources/nothing/", "/outreach/trainings/2017-2021/nothing/"],
)
def test_an_unknown_address_is_answered_in_chinese(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()
