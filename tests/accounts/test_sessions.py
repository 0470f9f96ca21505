"""A login ends by itself; what was typed by then is not lost."""

import re
import secrets

import pytest
from django.conf import settings as project
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client

from tests.accounts.conftest import is_inside
from tests.office.forms import WHY, admin_url, filled, hidden

pytestmark = pytest.mark.django_db

MINUTE, HOUR = 60, 60 * 60
TYPED = '第一行\r\n"第二行" & <三>'


@pytest.fixture
def at_work(keeper, log_in, client, clock) -> Client:
    """The keeper's browser, logged in at nine."""
    log_in()
    return client


@pytest.fixture
def path(lectures) -> str:
    """The form of a record."""
    return admin_url(lectures)


@pytest.fixture
def sent(at_work, lectures) -> dict:
    """What the form of a record sends, with a note that was typed."""
    return filled(at_work, lectures) | WHY | {"note": TYPED, "_save": "保存"}


def is_saved(lectures) -> bool:
    """Whether the note that was typed is in the database."""
    lectures.refresh_from_db()
    return lectures.note == TYPED.replace("\r", "")


def go_on(client: Client) -> None:
    """Send what is offered after the login."""
    page = client.get("/admin/resume/").content.decode()
    [path] = re.findall('action="(.*?/change/)"', page)
    assert client.post(path, hidden(page)).status_code == 302


def test_a_login_ends_after_half_an_hour_without_a_page(at_work, clock):
    assert "请重新登录" not in Client().get("/admin/", follow=True).content.decode(), "said to who was logged in alone"
    for minutes, inside in [(29, True), (29, True), (31, False)]:
        clock.shift(minutes * MINUTE)
        assert is_inside(at_work) == inside


def test_a_login_ends_after_ten_hours_however_busy_it_was(at_work, clock):
    for _ in range(30):
        clock.shift(20 * MINUTE)
        assert is_inside(at_work)
    clock.shift(MINUTE)
    answer = at_work.get("/admin/", follow=True)
    assert answer.redirect_chain == [("/admin/login/?next=/admin/", 302)]
    assert "这次登录已满 10 小时，请重新登录。" in answer.content.decode()
    assert not Session.objects.exists()


def test_who_comes_back_late_is_told_why_and_led_back(at_work, log_in, clock, path):
    clock.shift(31 * MINUTE)
    page = at_work.get(path, follow=True).content.decode()
    assert "登录已失效：超过 30 分钟没有操作，关闭过浏览器，或账号有改动。请重新登录。" in page
    assert log_in(next=hidden(page)["next"])["Location"] == path


def test_what_was_typed_before_the_time_out_is_offered_after_the_login_and_saved(
    at_work, sent, log_in, clock, path, lectures
):
    clock.shift(31 * MINUTE)
    answer = at_work.post(path, sent)
    assert answer.status_code == 403
    assert "刚才提交的内容还没有保存，登录后可以接着提交。" in answer.content.decode()
    offered = hidden(answer.content.decode())
    again = hidden(log_in(**offered | {"password": "not the password"}).content.decode())
    assert log_in(**again)["Location"] == "/admin/resume/"
    assert not is_saved(lectures)
    go_on(at_work)
    assert is_saved(lectures)


def test_what_was_typed_is_kept_when_the_browser_was_closed_meanwhile(at_work, sent, log_in, path, lectures):
    del at_work.cookies[project.SESSION_COOKIE_NAME]
    page = at_work.post(path, sent).content.decode()
    assert "关闭过浏览器，或账号有改动。请重新登录。刚才提交的内容还没有保存" in page
    log_in(**hidden(page))
    go_on(at_work)
    assert is_saved(lectures)


@pytest.mark.parametrize("cookies", [{}, {"csrftoken": "y" * 32}])
def test_a_form_without_the_token_of_the_browser_is_not_saved_and_said_so(keeper, path, cookies):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(keeper)
    browser.cookies.load(cookies)
    answer = browser.post(path, {"note": "别处来的", "csrfmiddlewaretoken": "x" * 64})
    assert (answer.status_code, "不是从本站打开的，没有保存" in answer.content.decode()) == (403, True)


def test_a_password_is_not_carried_through_the_login(at_work, clock):
    clock.shift(31 * MINUTE)
    sent = {"old_password": "a", "new_password1": "b"}
    page = at_work.post("/admin/password_change/", sent, follow=True).content.decode()
    assert "刚才提交的内容没有保存，登录后请重新填写。" in page
    assert "draft" not in hidden(page)


@pytest.mark.parametrize("draft", ["", "nonsense", "eyJwYXRoIjoiLyJ9:1w:x"])
def test_nothing_is_offered_but_what_this_site_has_sealed_itself(at_work, log_in, draft):
    assert log_in(draft=draft, next="https://example.org/")["Location"] == "/admin/", "and no other site"
    assert at_work.get("/admin/resume/")["Location"] == "/admin/"


def test_a_late_log_out_simply_leads_to_the_login(at_work, clock):
    clock.shift(31 * MINUTE)
    assert at_work.post("/admin/logout/")["Location"] == "/admin/"


def test_busy_pages_write_once_a_minute(at_work, clock, django_assert_max_num_queries):
    at_work.get("/admin/second-step/")
    with django_assert_max_num_queries(10) as asked:
        at_work.get("/admin/second-step/")
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)


def refuse_session(execute, sql, params, many, context):
    """What a disk says that is full where sessions are written."""
    if sql.startswith('UPDATE "django_session"'):
        raise OperationalError("database or disk is full")
    return execute(sql, params, many, context)


def test_a_full_disk_that_refuses_the_session_alone_lets_the_record_be_saved_and_says_so(
    at_work, sent, clock, path, lectures
):
    clock.shift(2 * MINUTE)
    with connection.execute_wrapper(refuse_session):
        answer = at_work.post(path, sent)
        (said,) = at_work.get(answer["Location"]).context["messages"]
    assert said.level_tag == "success"
    assert is_saved(lectures)
    assert is_inside(at_work)


def test_where_the_disk_refuses_what_is_to_be_said_the_page_says_that_it_was_done(
    at_work, sent, path, lectures, monkeypatch
):
    at_work.raise_request_exception = False
    too_much_for_a_cookie = [secrets.token_hex(100) for _ in range(60)]
    monkeypatch.setattr("xinyi_sat.office.fact_admin.doubts_of", lambda fact: too_much_for_a_cookie)
    with connection.execute_wrapper(refuse_session):
        answer = at_work.post(path, sent)
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "磁盘已满。刚才提交的已经处理，只是结果没能显示。请打开那条记录核对，不要重复提交。" in page
    assert "没有保存" not in page
    assert is_saved(lectures)


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
