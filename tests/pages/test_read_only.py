"""Nobody but an admin changes anything: every public address only answers to reading, and odd ones are answered in Chinese."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory

from outreach.models import Training
from tests.pages.reading import SOURCE, address, public_names
from tests.support import again, corrected, fact, new_document, new_period
from xinyi_sat.facts.models import Organisation, fact_kinds
from xinyi_sat.pages.organisations import OrganisationListView

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_periods() -> Training:
    """A fact of two periods, corrected in the first, with an organisation and without words."""
    course = corrected(fact("continuing-education"), participants="2352人")
    again(course, new_document(new_period("2022")), participants="2500人")
    return course


def test_every_kind_has_a_list_two_files_and_pages_of_its_facts():
    names = [*public_names()]
    assert len(names) == len(set(names))
    for kind in fact_kinds():
        app, plural = kind._meta.app_label, kind.plural()
        assert {f"{app}:{name}" for name in (plural, f"{plural}_csv", f"{plural}_json", kind.noun())} <= {*names}


def test_every_public_address_reads_asks_before_its_template_shows_and_refuses_everything_else(
    client, two_periods, files, only_selects, queries_during_render
):
    for path in sorted({address(name) for name in public_names()}):
        assert client.get(path).status_code in (200, 302), path
        assert queries_during_render == [], path
        for method in ("post", "delete") if path == SOURCE else ("post",):
            answer = getattr(client, method)(path)
            assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD"), path
            assert "本站只供阅读" in answer.content.decode()


def test_an_odd_question_and_a_withdrawn_fact_are_asked_for_before_their_template_too(
    client, admin_client, two_periods, queries_during_render
):
    odd = ["/figures/?q=培训&period=2017-2021", "/figures/?at_least=x", "/outreach/trainings/?form=x", "/nowhere/"]
    odd += ["/figures.csv?kind=x", "/organisations/optical-society/?period=all", "/figures/?period=1999"]
    for path in [*odd, "/figures/?period=2022&period=all"]:
        assert client.get(path).status_code in (200, 400, 404)
        assert queries_during_render == [], path
    corrected(two_periods, state="withdrawn")
    assert client.get(two_periods.get_absolute_url()).status_code == 410
    assert "回到后台" in admin_client.get("/nowhere/").content.decode()
    assert queries_during_render == []


@pytest.mark.parametrize("path", ["/figures/", "/figures.csv"])
def test_head_says_what_get_would_say_and_sends_nothing_of_it(path):
    answers = {
        method: getattr(RequestFactory(), method)(path, headers={"host": "localhost"}) for method in ("get", "head")
    }
    read, asked = (WSGIHandler()(one.environ, lambda *said: None) for one in answers.values())
    assert (asked.status_code, asked["Content-Type"]) == (read.status_code, read["Content-Type"])
    assert b"".join(asked) == b""
    assert b"".join(read) != b""


def test_reading_leaves_no_cookie(client):
    for path in ("/", "/figures/", "/outreach/trainings/", "/nowhere/"):
        assert not client.get(path).cookies


def test_an_unknown_address_is_answered_in_chinese(client):
    for path in ("/nowhere/", "/sources/nothing/", "/outreach/trainings/2017-2021/nothing/"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "没有这一页" in answer.content.decode()


def test_a_host_that_the_site_is_not_known_by_is_answered_with_what_helps(client):
    answer = client.get("/figures/", headers={"host": "example.org"})
    assert answer.status_code == 400
    assert "请管理员把它加入 ALLOWED_HOSTS" in answer.content.decode()
    assert "新沂市科学技术协会" in answer.content.decode()


def test_pages_forbid_scripts_and_sources_from_elsewhere(client):
    policy = client.get("/figures/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL heeds it in transactions that begin later.")
@pytest.mark.parametrize("method", ["get", "head"])
def test_the_database_itself_refuses_what_a_public_page_would_write(client, monkeypatch, method):
    def write(view, **kwargs):
        Organisation.objects.create(slug="written", name="写入的", kind="other")

    monkeypatch.setattr(OrganisationListView, "get_context_data", write)
    with pytest.raises(DatabaseError), transaction.atomic():
        getattr(client, method)("/organisations/")
    assert not Organisation.objects.filter(slug="written").exists()
    Organisation.objects.create(slug="written", name="办公时写入的", kind="other")
