"""Each address of the admin, and who may open it and send to it: the table below is the rule.

The addresses are asked of the site itself, so that a new one is in nobody's hands until this table names it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from outreach.models import Training
from tests.changes import drafted
from tests.facts.test_admin import admin_url, filled
from tests.roles import STAFF, SUPERUSER, logged_in, person
from xinyi_sat.facts.choices import FactState
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, Fact, Organisation, Passage, Period
from xinyi_sat.facts.roles import EDITOR, MANAGER, VIEWER

pytestmark = pytest.mark.django_db

ALL = set(STAFF)
EDITORS = {EDITOR, MANAGER, SUPERUSER}
MANAGERS = {MANAGER, SUPERUSER}
SUPERUSERS = {SUPERUSER}
NOBODY: set[str] = set()

# Page and record: who may see it, who may send to it, and the answer to what is sent well (302) or incomplete (200).
RECORDS = {
    "changelist": (ALL, None, None),  # what is sent to a list is an action; see below
    "add": (EDITORS, EDITORS, 200),
    "change published": (ALL, EDITORS, 302),
    "change draft": (ALL, EDITORS, 302),
    "history published": (ALL, ALL, 200),
    "history draft": (ALL, ALL, 200),
    "simple_history published": (EDITORS, EDITORS, 200),
    "simple_history draft": (EDITORS, EDITORS, 200),
    "delete published": (NOBODY, NOBODY, 302),
    "delete draft": (EDITORS, EDITORS, 302),
}
FACTS = RECORDS | {"state published": (EDITORS, EDITORS, 200), "state pending": (EDITORS, EDITORS, 302)}
PERIODS = RECORDS | {
    "add": (MANAGERS, MANAGERS, 200),
    "change published": (ALL, MANAGERS, 302),
    "change draft": (ALL, MANAGERS, 302),
    "simple_history published": (MANAGERS, MANAGERS, 200),
    "simple_history draft": (MANAGERS, MANAGERS, 200),
    "delete draft": (MANAGERS, MANAGERS, 302),
}
USERS = {
    "changelist": (MANAGERS, None, None),
    "add": (MANAGERS, MANAGERS, 200),
    "change colleague": (MANAGERS, MANAGERS, 302),
    "change superuser": (MANAGERS, SUPERUSERS, 302),
    "password_change colleague": (MANAGERS, MANAGERS, 200),
    "password_change superuser": (SUPERUSERS, SUPERUSERS, 200),
    "history colleague": (MANAGERS, MANAGERS, 200),
    "history superuser": (MANAGERS, MANAGERS, 200),
    "delete colleague": (NOBODY, NOBODY, 302),
    "delete superuser": (NOBODY, NOBODY, 302),
}
TABLES = {
    **dict.fromkeys((Organisation, Document, Passage), RECORDS),
    **dict.fromkeys(fact_kinds(), FACTS),
    Period: PERIODS,
    User: USERS,
}

HARMLESS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")

# The pages that are of no model: the answer to whoever works in the admin.
SITE = {
    "index": 200,
    "login": 302,
    "logout": 405,
    "password_change": 200,
    "password_change_done": 200,
    "autocomplete": 200,
    "jsi18n": 200,
    "view_on_site": 302,
    "app_list": 200,
}


def site_address(name: str) -> str:
    """An address of the admin that is of no model and has something to show."""
    training = Training.objects.first()
    arguments = {
        "view_on_site": [ContentType.objects.get_for_model(Training).pk, training.pk],
        "app_list": ["outreach"],
    }
    asked = "?app_label=outreach&model_name=training&field_name=passage&term=" if name == "autocomplete" else ""
    return reverse(f"admin:{name}", args=arguments.get(name, [])) + asked


def admin_names(resolver: URLResolver | None = None) -> list[str]:
    """The names of all addresses of the admin; the unnamed ones only lead to these."""
    patterns = (resolver or get_resolver("xinyi_sat.urls").namespace_dict["admin"][1]).url_patterns
    return [
        name
        for one in patterns
        for name in ([one.name] if isinstance(one, URLPattern) else admin_names(one))
        if name is not None
    ]


def prefix(model: type) -> str:
    """What the names of the addresses of a model begin with."""
    return f"{model._meta.app_label}_{model._meta.model_name}_"


def draft_of(model: type) -> object:
    """A record of a model that no reader has seen."""
    if issubclass(model, Fact):
        return drafted(model.objects.first())
    period = Period.objects.create(
        slug="2031", title="2031年", starts_on=date(2031, 1, 1), ends_on=date(2031, 12, 31), state="draft"
    )
    body = Organisation.objects.create(slug="new-body", name="新机构", kind="other")
    if model in (Period, Organisation):
        return period if model is Period else body
    document = Document.objects.create(
        slug="new-review", title="新文献", publisher=body, published_on=date(2032, 1, 1), period=period
    )
    if model is Document:
        return document
    return Passage.objects.create(document=document, paragraph=1, length=5, digest="0" * 64)


def samples(model: type) -> dict[str, object]:
    """The records of the table: of users one of each rank, of all others one that readers have seen, and drafts."""
    if model is User:
        return {"colleague": person(VIEWER, "同事"), "superuser": person(SUPERUSER, "另一位")}
    found = {"published": model.objects.order_by("pk").first(), "draft": draft_of(model)}
    return found | ({"pending": drafted(found["published"], slug="pending")} if issubclass(model, Fact) else {})


def address(model: type, key: str, records: dict[str, object]) -> str:
    """The address of a row of the table."""
    page, _, which = key.partition(" ")
    arguments = [records[which].pk] if which else []
    if page == "simple_history":
        arguments.append(records[which].history.last().pk)
    return reverse(f"admin:{prefix(model)}{page}", args=arguments)


def sent(key: str, records: dict[str, object]) -> dict:
    """What a form of the table sends: complete where something can come of it."""
    page, _, which = key.partition(" ")
    if page == "delete":
        return {"post": "yes"}
    if page == "state":
        return {"change_seen": records[which].history.first().pk} if which == "pending" else {}
    if page != "change":
        return {}
    values = filled(logged_in_once(), records[which])
    return {name: plain(value) for name, value in values.items()}


def logged_in_once() -> Client:
    """The browser of somebody who may see every form."""
    client = Client()
    client.force_login(User.objects.filter(username="全能").first() or person(SUPERUSER, "全能"))
    return client


def plain(value: object) -> object:
    """A value of a form as a browser sends it."""
    if isinstance(value, list):
        return [getattr(one, "pk", one) for one in value]
    return getattr(value, "pk", value)


@contextmanager
def writes() -> Iterator[list[str]]:
    """What is written to the database meanwhile; the session of whoever asks may always be."""
    made: list[str] = []

    def note(execute, sql, params, many, context):
        if not sql.lstrip(" (").upper().startswith(HARMLESS) and "django_session" not in sql:
            made.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield made


@pytest.fixture
def unrendered(monkeypatch) -> None:
    """Answers without their pages, which take longer than all that decides who gets them."""
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")


def by_model(test):
    return pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.model_name)(test)


def by_role(test):
    return pytest.mark.parametrize("role", STAFF)(test)


def test_no_address_of_the_admin_is_missing_from_the_table():
    unknown = set(admin_names()) - {*SITE}
    for model, table in TABLES.items():
        unknown -= {prefix(model) + key.partition(" ")[0] for key in table}
    assert unknown == set()
    assert set(admin.site._registry) == set(TABLES)


@by_model
@by_role
def test_each_role_sees_the_pages_it_may_see_and_no_others(role, model, request):
    if role != VIEWER:  # whose pages are made in another way: nothing can be typed
        request.getfixturevalue("unrendered")
    client, records = logged_in(role), samples(model)
    expected = {key: 200 if role in seers else 403 for key, (seers, _, _) in TABLES[model].items()}
    found = {key: client.get(address(model, key, records)).status_code for key in expected}
    assert found == expected


@by_model
@by_role
def test_each_role_sends_what_it_may_send_and_the_rest_changes_nothing(role, model, unrendered):
    client, records = logged_in(role), samples(model)
    wrong = {}
    for key, (_, senders, answer) in TABLES[model].items():
        if senders is None:
            continue
        path, data = address(model, key, records), sent(key, records)
        with writes() as written:
            status = client.post(path, data).status_code
        expected = answer if role in senders else 403
        if status != expected or (status != 302 and written):
            wrong[key] = (status, expected, written)
    assert wrong == {}


@by_model
@by_role
def test_a_bulk_deletion_takes_what_readers_never_saw_and_nothing_else(role, model):
    records = samples(model)
    chosen = {"action": "delete_selected", "post": "yes", "_selected_action": [one.pk for one in records.values()]}
    logged_in(role).post(admin_url(model(), "changelist"), chosen)
    allowed = role in TABLES[model].get("delete draft", (NOBODY,))[0]
    left = {name for name, one in records.items() if model.objects.filter(pk=one.pk).exists()}
    assert left == {*records} - ({"draft", "pending"} if allowed else set())


@pytest.mark.parametrize("kind", fact_kinds(), ids=lambda kind: kind.kind())
@by_role
def test_drafts_are_confirmed_in_bulk_by_those_who_may_change_them(role, kind):
    draft = drafted(kind.objects.first())
    chosen = {"action": "confirm", "_selected_action": [draft.pk]}
    logged_in(role).post(admin_url(kind(), "changelist"), chosen)
    expected = FactState.CONFIRMED if role in EDITORS else FactState.DRAFT
    assert kind.objects.get(pk=draft.pk).state == expected


@by_role
def test_the_pages_of_no_model_answer_every_role_alike(role):
    client = logged_in(role)
    assert {name: client.get(site_address(name)).status_code for name in SITE} == SITE
    assert client.get("/admin/nowhere/").status_code == 404
    sections = client.get("/admin/auth/").status_code
    assert sections == (200 if role in MANAGERS else 404)


def test_who_is_not_logged_in_is_led_to_the_door():
    client = Client()
    for path in [site_address(name) for name in SITE if name not in ("login", "logout")]:
        assert led_away(client, path) == [True, True], path


@by_model
def test_who_is_not_logged_in_gets_to_no_page_of_a_model(client, model):
    paths = [address(model, key, records) for records in [samples(model)] for key in TABLES[model]]
    with writes() as written:
        assert [path for path in paths if led_away(client, path) != [True, True]] == []
    assert written == []


def led_away(client: Client, path: str) -> list[bool]:
    """Whether one who asks, and one who sends, is asked to log in first."""
    answers = client.get(path), client.post(path)
    return [one.status_code == 302 and one["Location"].startswith("/admin/login/?next=/admin/") for one in answers]


def test_an_account_without_a_role_is_led_to_the_door_too(client):
    client.force_login(User.objects.create(username="外人"))
    assert client.get(admin_url(Training(), "changelist"))["Location"].startswith("/admin/login/")
