"""A login ends by itself; what was typed by then is not lost."""

import html
import re
import secrets

import pytest
from django.conf import settings as project
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from outreach.models import Training
from tests.accounts.conftest import is_inside
from xinyi_sat.accounts import carried
from xinyi_sat.accounts.site import ANOTHER_LOGIN, TOKEN_GONE

pytestmark = pytest.mark.django_db

MINUTE, HOUR = 60, 60 * 60

WHY = {"change_kind": "correction", "change_reason": "核对原文后更正"}


@pytest.fixture
def at_work(keeper, log_in, client, clock) -> Client:
    """The keeper's browser, logged in at nine."""
    log_in()
    return client


@pytest.fixture
def training() -> Training:
    return Training.objects.get(slug="officials-science-lectures")


def change_page(training: Training) -> str:
    return reverse("admin:outreach_training_change", args=[training.pk])


def typed(client: Client, training: Training, **changes: str) -> dict:
    """What the form of a training sends."""
    form = client.get(change_page(training)).context["adminform"].form
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in values.items() if value not in (None, False, [])} | changes


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page."""
    found = re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)">', page, flags=re.DOTALL)
    return {name: html.unescape(value) for name, value in found}


def test_a_login_ends_after_half_an_hour_without_a_page(at_work, clock):
    clock.shift(29 * MINUTE)
    assert is_inside(at_work)
    clock.shift(29 * MINUTE)
    assert is_inside(at_work)
    clock.shift(31 * MINUTE)
    assert not is_inside(at_work)


def test_a_login_ends_after_ten_hours_however_busy_it_was(at_work, clock):
    for _ in range(30):
        clock.shift(20 * MINUTE)
        assert is_inside(at_work)
    clock.shift(MINUTE)
    answer = at_work.get("/admin/", follow=True)
    assert answer.redirect_chain == [("/admin/login/?next=/admin/", 302)]
    assert "这次登录已满 10 小时，请重新登录。" in answer.content.decode()
    assert not Session.objects.exists()


def test_who_comes_back_late_is_told_why_and_led_back(at_work, log_in, clock, training):
    clock.shift(31 * MINUTE)
    answer = at_work.get(change_page(training), follow=True)
    assert "登录已失效：超过 30 分钟没有操作，或账号有改动。请重新登录。" in answer.content.decode()
    assert log_in(next=hidden(answer.content.decode())["next"])["Location"] == change_page(training)


def test_who_never_was_logged_in_is_told_nothing(client):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain == [("/admin/login/?next=/admin/", 302)]
    assert "请重新登录" not in answer.content.decode()


def test_what_was_typed_before_the_time_out_is_offered_after_the_login_and_saved(at_work, log_in, clock, training):
    sent = typed(at_work, training, note='第一行\r\n"第二行" & <三>', _save="保存", **WHY)
    clock.shift(31 * MINUTE)
    answer = at_work.post(change_page(training), sent)
    assert answer.status_code == 403
    assert "刚才提交的内容还没有保存，登录后可以接着提交。" in answer.content.decode()

    answer = log_in(**hidden(answer.content.decode()))
    assert answer["Location"] == "/admin/resume/"
    page = at_work.get("/admin/resume/")
    assert f'action="{change_page(training)}"' in page.content.decode()
    assert Training.objects.get(pk=training.pk).note == training.note

    assert at_work.post(change_page(training), hidden(page.content.decode())).status_code == 302
    assert Training.objects.get(pk=training.pk).note == sent["note"]


def test_a_wrong_password_on_the_way_loses_nothing(at_work, log_in, clock, training):
    sent = typed(at_work, training, note="还在")
    clock.shift(31 * MINUTE)
    kept = hidden(at_work.post(change_page(training), sent).content.decode())
    again = hidden(log_in(**kept | {"password": "not the password"}).content.decode())
    assert again["draft"] == kept["draft"]
    assert carried.unseal(again["draft"])["fields"] == [[name, [str(value)]] for name, value in sent.items()]


def test_what_was_typed_is_kept_when_the_browser_was_closed_meanwhile(at_work, log_in, training):
    sent = typed(at_work, training, note="还在", _save="保存", **WHY)
    del at_work.cookies[project.SESSION_COOKIE_NAME]
    answer = at_work.post(change_page(training), sent)
    assert "可能关闭过浏览器，或清除过 Cookie。请重新登录。刚才提交的内容还没有保存" in answer.content.decode()
    log_in(**hidden(answer.content.decode()))
    at_work.post(change_page(training), hidden(at_work.get("/admin/resume/").content.decode()))
    assert Training.objects.get(pk=training.pk).note == "还在"


class TestWithoutTheTokenOfTheForm:
    """The cookies were cleared, or another login changed them, while the form was filled in."""

    @pytest.fixture
    def client(self) -> Client:
        return Client(enforce_csrf_checks=True)

    def test_what_was_typed_is_kept_for_a_browser_that_lost_its_cookies(self, client, keeper, training):
        sent = {"note": "还在"}
        answer = client.post(change_page(training), sent, headers={"origin": "http://testserver"})
        assert (answer.status_code, "可能关闭过浏览器" in answer.content.decode()) == (403, True)
        kept = carried.unseal(hidden(answer.content.decode())["draft"])
        assert kept == {"path": change_page(training), "fields": [["note", ["还在"]]]}

    @pytest.mark.parametrize(("cookies", "said"), [({}, TOKEN_GONE), ({"csrftoken": "y" * 32}, ANOTHER_LOGIN)])
    def test_who_is_logged_in_still_is_told_why_and_goes_on_at_once(self, client, keeper, training, cookies, said):
        client.force_login(keeper)
        client.cookies.load(cookies)
        sent = {"note": "还在", "csrfmiddlewaretoken": "x" * 64}
        answer = client.post(change_page(training), sent, headers={"origin": "http://testserver"}, follow=True)
        assert answer.redirect_chain == [("/admin/resume/", 302)]
        assert hidden(answer.content.decode())["note"] == "还在"
        assert [str(message) for message in answer.context["messages"]] == [said]

    @pytest.mark.parametrize("origin", [{}, {"origin": "null"}, {"origin": "http://example.org"}])
    def test_what_another_site_sent_is_neither_kept_nor_saved(self, client, keeper, training, origin):
        client.force_login(keeper)
        answer = client.post(change_page(training), {"note": "别处来的"}, headers=origin)
        assert (answer.status_code, "不是从本站打开的，没有保存" in answer.content.decode()) == (403, True)
        assert "draft" not in client.session

    @pytest.mark.parametrize("path", ["/admin/login/", "/admin/login/code/"])
    def test_what_was_typed_at_the_door_is_not_kept(self, client, keeper, path):
        answer = client.post(path, {"code": "123456"}, headers={"origin": "http://testserver"})
        assert (answer.status_code, "draft" in answer.content.decode()) == (403, False)


def test_a_password_is_not_carried_through_the_login(at_work, clock):
    clock.shift(31 * MINUTE)
    answer = at_work.post("/admin/password_change/", {"old_password": "a", "new_password1": "b"}, follow=True)
    page = answer.content.decode()
    assert "刚才提交的内容没有保存，登录后请重新填写。" in page
    assert "draft" not in hidden(page)


@pytest.mark.parametrize("draft", ["", "nonsense", "eyJwYXRoIjoiLyJ9:1w:x"])
def test_nothing_is_offered_but_what_this_site_has_sealed_itself(at_work, log_in, draft):
    assert log_in(draft=draft)["Location"] == "/admin/"
    assert at_work.get("/admin/resume/")["Location"] == "/admin/"


def test_a_late_log_out_simply_leads_to_the_login(at_work, clock):
    clock.shift(31 * MINUTE)
    assert at_work.post("/admin/logout/")["Location"] == "/admin/"


def test_a_login_leads_to_no_other_site(keeper, log_in):
    assert log_in(next="https://example.org/")["Location"] == "/admin/"


def test_busy_pages_write_once_a_minute(at_work, clock, django_assert_num_queries):
    at_work.get("/admin/second-step/")
    with django_assert_num_queries(5) as asked:
        at_work.get("/admin/second-step/")
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)


def refuse_session(execute, sql, params, many, context):
    """What a disk says that is full where sessions are written."""
    if sql.startswith('UPDATE "django_session"'):
        raise OperationalError("database or disk is full")
    return execute(sql, params, many, context)


def test_a_full_disk_that_refuses_the_session_alone_lets_the_record_be_saved_and_says_so(at_work, clock, training):
    sent = typed(at_work, training, note="已经保存", _save="保存", **WHY)
    kept_up = at_work.session["saved_at"]
    clock.shift(2 * MINUTE)
    with connection.execute_wrapper(refuse_session):
        answer = at_work.post(change_page(training), sent)
        (said,) = at_work.get(answer["Location"]).context["messages"]
    assert said.level_tag == "success"
    training.refresh_from_db()
    assert training.note == "已经保存"
    assert at_work.session["saved_at"] == kept_up
    assert is_inside(at_work)
    assert at_work.session["saved_at"] == kept_up + 2 * MINUTE


def test_where_the_disk_refuses_what_is_to_be_said_the_page_says_that_it_was_done(at_work, training, monkeypatch):
    sent = typed(at_work, training, note="已经保存", _save="保存", **WHY)
    at_work.raise_request_exception = False
    too_much_for_a_cookie = [secrets.token_hex(100) for _ in range(60)]
    monkeypatch.setattr("xinyi_sat.facts.admin.doubts_of", lambda facts: [too_much_for_a_cookie])
    with connection.execute_wrapper(refuse_session):
        answer = at_work.post(change_page(training), sent)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "磁盘已满。刚才提交的已经处理，只是结果没能显示。请打开那条记录核对，不要重复提交。" in page
    assert "没有保存" not in page
    training.refresh_from_db()
    assert training.note == "已经保存"


def test_a_public_page_neither_reads_nor_writes_the_session(at_work, only_selects, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as asked:
        assert at_work.get("/figures/").status_code == 200
    assert not [query for query in asked.captured_queries if "django_session" in query["sql"]]


def test_the_cookie_is_for_the_server_alone_and_ends_with_the_browser(keeper, log_in):
    cookie = log_in().cookies[project.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_sessions_that_are_over_are_swept_out_at_the_next_login(at_work, log_in, clock):
    old = Session.objects.get().pk
    clock.shift(HOUR)
    log_in()
    assert [session.pk == old for session in Session.objects.all()] == [False]
