"""A draft period is seen as readers will find it, by whoever works in the admin and by nobody else."""

import pytest
from django.test import Client
from django.utils.html import strip_tags

from outreach.models import Team, Training
from tests.changes import corrected
from tests.facts.test_admin import admin_url
from tests.periods import again, new_document, new_period
from tests.roles import NO_ROLE, STAFF, logged_in
from xinyi_sat.accounts.roles import VIEWER
from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.models import Document, Period

pytestmark = pytest.mark.django_db

PATH = "/admin/preview/2022/"
COURSE = "continuing-education"


@pytest.fixture
def document() -> Document:
    return new_document(new_period("2022", state="draft"))


@pytest.fixture
def year(document) -> Period:
    """A draft with a fact that is confirmed, one that is not, one that was withdrawn, and one from elsewhere."""
    course = Training.objects.get(slug=COURSE)
    again(course, document, participants="2500人", sessions="19期", is_headline=True)
    again(Team.objects.get(slug="science-volunteers"), document, members="4501名", state="draft")
    again(Team.objects.get(slug="committee-members"), document, members="9名", state="withdrawn")
    elsewhere = new_document(new_period("2023", state="draft"))
    again(course, elsewhere, slug="elsewhere", title="别处读来的培训", participants="77人", period=document.period)
    return document.period


@pytest.fixture
def viewer(db) -> Client:
    return logged_in(VIEWER)


def seen(client, path: str = PATH) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(strip_tags(answer.content.decode()).split())


def test_it_shows_what_is_confirmed_and_says_that_nobody_else_sees_it(viewer, year):
    pages = [seen(viewer, path) for path in (PATH, *(f"{PATH}{service}/" for service in Service))]
    assert all("草稿预览，未公开。" in page for page in pages)
    assert "2500人" in pages[0]
    assert [page for page in pages if "人数 2500人" in page] == [seen(viewer, f"{PATH}literacy/")]
    for hidden in ("4501名", "9名", "77人"):
        assert not any(hidden in page for page in pages)


def test_what_it_says_of_each_service_readers_find_once_it_is_published(viewer, year, client):
    pages = {service: seen(viewer, f"{PATH}{service}/") for service in Service}
    corrected(year, state="published")
    for service, page in pages.items():
        public = client.get(f"/services/{service}/", {"period": "2022"}).content.decode()
        [said] = [one.split("</p>")[0] for one in public.split("<p>") if one.startswith(("本章收录", "还没有"))]
        assert strip_tags(said) in page
    assert "本章收录记录1条，其中有数字的1条" in pages[Service.LITERACY]


@pytest.mark.parametrize("role", STAFF)
def test_every_role_may_look_at_it(year, role):
    for path in (PATH, f"{PATH}literacy/"):
        assert logged_in(role).get(path).status_code == 200


def test_nobody_without_a_right_to_periods_may(year, client):
    for path in (PATH, f"{PATH}literacy/"):
        assert client.get(path)["Location"].startswith("/admin/login/")
        assert logged_in(NO_ROLE).get(path).status_code == 403


def test_no_browser_and_no_proxy_keeps_it(viewer, year):
    assert "no-store" in viewer.get(PATH)["Cache-Control"]


def test_what_is_public_is_looked_at_where_everybody_does(viewer, year):
    assert f'href="{PATH}"' in viewer.get(admin_url(year)).content.decode()
    corrected(year, state="published")
    assert viewer.get(PATH)["Location"] == "/?period=2022"
    assert viewer.get(f"{PATH}literacy/")["Location"] == "/services/literacy/?period=2022"
    assert "/admin/preview/" not in viewer.get(admin_url(year)).content.decode()
    for path in ("/admin/preview/1999/", f"{PATH}nothing/"):
        assert viewer.get(path).status_code == 404


def test_each_record_leads_to_its_form_and_nothing_to_an_address_that_is_not_there(viewer, year):
    page = viewer.get(f"{PATH}literacy/").content.decode()
    assert f'href="{admin_url(Training.objects.get(period=year, slug=COURSE))}"' in page
    links = {piece.split('"')[0] for piece in page.split('href="')[1:]}
    for link in (one for one in links if not one.startswith("/static/")):
        assert f'id="{link[1:]}"' in page if link.startswith("#") else viewer.get(link).status_code == 200, link


def test_of_many_facts_the_first_are_shown_by_a_fixed_number_of_questions(
    viewer, document, django_assert_max_num_queries
):
    course = Training.objects.get(slug=COURSE)
    for number in range(101):
        again(course, document, slug=f"course-{number:03}", title=f"课程{number:03}", participants="5人")
    with django_assert_max_num_queries(50):
        page = seen(viewer, f"{PATH}literacy/")
    assert "培训（共 101 条，先列 25 条）" in page
    assert "课程024" in page
    assert "课程025" not in page
