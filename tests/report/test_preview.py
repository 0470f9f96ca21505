"""A draft period is seen as readers will find it, by whoever works in the admin and by nobody else."""

import pytest
from django.test import Client
from django.utils.html import strip_tags

from outreach.models import Training
from tests.office.forms import admin_url
from tests.roles import NO_ROLE, STAFF, logged_in
from tests.support import again, fact, new_document, new_period, save
from xinyi_sat.accounts.roles import VIEWER
from xinyi_sat.facts.choices import ChangeKind, Service
from xinyi_sat.facts.models import Document, Period

pytestmark = pytest.mark.django_db

PATH = "/admin/preview/2022/"
PATHS = (PATH, f"{PATH}literacy/")
COURSE = "continuing-education"


@pytest.fixture
def document(db) -> Document:
    """The document of a draft period."""
    return new_document(new_period("2022", state="draft"))


@pytest.fixture
def year(document) -> Period:
    """A draft with a fact that is confirmed, one that is not, one that was withdrawn, and one from elsewhere."""
    again(fact(COURSE), document, participants="2500人", sessions="19期", headline_rank=1)
    again(fact("science-volunteers"), document, members="4501名", state="draft")
    again(fact("committee-members"), document, members="9名", state="withdrawn")
    elsewhere = new_document(new_period("2023", state="draft"))
    named = {"slug": "elsewhere", "title": "别处读来的培训", "period": document.period}
    again(fact(COURSE, "2017-2021"), elsewhere, participants="77人", **named)
    return document.period


@pytest.fixture
def viewer(db) -> Client:
    return logged_in(VIEWER)


def seen(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(strip_tags(answer.content.decode()).split())


def test_it_shows_what_is_confirmed_and_says_that_nobody_else_sees_it(viewer, year, queries_during_render):
    pages = {path: seen(viewer, path) for path in (PATH, *(f"{PATH}{service}/" for service in Service))}
    assert all("草稿预览，未公开。" in page for page in pages.values())
    assert "2500人" in pages[PATH]
    assert [path for path, page in pages.items() if "人数 2500人" in page] == [f"{PATH}literacy/"]
    for hidden in ("4501名", "9名", "77人"):
        assert not any(hidden in page for page in pages.values())
    assert queries_during_render == []


def test_every_role_may_look_at_it_nobody_else_and_no_browser_keeps_it(year, client):
    for role in STAFF:
        answer = logged_in(role).get(PATH)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
    for path in PATHS:
        assert client.get(path)["Location"].startswith("/admin/login/")
        assert logged_in(NO_ROLE).get(path).status_code == 403


def test_what_is_public_is_looked_at_where_everybody_does(viewer, year):
    assert f'href="{PATH}"' in viewer.get(admin_url(year)).content.decode()
    save(year, ChangeKind.ENTERED, state="published")
    assert [viewer.get(path)["Location"] for path in PATHS] == ["/?period=2022", "/services/literacy/?period=2022"]
    assert "/admin/preview/" not in viewer.get(admin_url(year)).content.decode()
    for path in ("/admin/preview/1999/", f"{PATH}nothing/"):
        assert viewer.get(path).status_code == 404


def test_each_record_leads_to_its_form_and_nothing_to_an_address_that_is_not_there(viewer, year):
    page = viewer.get(f"{PATH}literacy/").content.decode()
    assert f'href="{admin_url(Training.objects.get(period=year, slug=COURSE))}"' in page
    links = {piece.split('"')[0] for piece in page.split('href="')[1:]}
    for link in (one for one in links if not one.startswith("/static/")):
        assert f'id="{link[1:]}"' in page if link.startswith("#") else viewer.get(link).status_code == 200, link


def test_many_facts_are_shown_by_a_fixed_number_of_questions(viewer, document, django_assert_max_num_queries):
    course = fact(COURSE)
    for number in range(26):
        again(course, document, slug=f"course-{number:03}", title=f"课程{number:03}", participants="5人")
    with django_assert_max_num_queries(30):
        page = seen(viewer, f"{PATH}literacy/")
    assert "课程025" in page
