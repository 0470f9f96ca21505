"""Each address of the admin answers each role as the table in `access.py` says.

The addresses are asked of the site itself, so that a new one fails here until the table names it. Some kinds of record
stand for all in the quick tests; the slow ones go through every model.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from outreach.models import Training
from tests.access import EDITORS, MANAGERS, NO_BULK_DELETION, NOTHING_THERE, SITE, TABLES
from tests.office.forms import admin_url, filled
from tests.records import published, samples
from tests.roles import NO_ROLE, STAFF, SUPERUSER, logged_in
from tests.support import drafted
from xinyi_sat.accounts.models import SecondStep
from xinyi_sat.accounts.roles import EDITOR, MANAGER, VIEWER
from xinyi_sat.facts.choices import FactState
from xinyi_sat.facts.history import changes_of
from xinyi_sat.facts.models import Association, DraftFact, Fact, Measure, Period, Tracked, fact_kinds

pytestmark = pytest.mark.django_db

HARMLESS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")
QUICK = (Training, Period, Measure, User)
BY_MODEL = [
    pytest.param(model, marks=() if model in QUICK else pytest.mark.slow, id=model._meta.model_name) for model in TABLES
]
by_model = pytest.mark.parametrize("model", BY_MODEL)
by_role = pytest.mark.parametrize("role", STAFF)


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


def prefix(model: type[models.Model]) -> str:
    """What the names of the addresses of a model begin with."""
    return f"{model._meta.app_label}_{model._meta.model_name}_"


def address(model: type[models.Model], key: str, records: dict[str, models.Model]) -> str:
    """The address of a row of the table."""
    page, _, which = key.partition(" ")
    arguments = [records[which].pk] if which else []
    return reverse(f"admin:{prefix(model)}{page}", args=arguments)


def sent(key: str, records: dict[str, models.Model]) -> dict:
    """What a form of the table sends: complete where something can come of it."""
    page, _, which = key.partition(" ")
    if page == "delete":
        return {"post": "yes"}
    if page == "state" and which == "pending":
        return {"change_seen": changes_of(records[which]).first().pk}
    has_form = page == "change" and not isinstance(records[which], DraftFact | SecondStep)
    return filled(logged_in(SUPERUSER), records[which]) if has_form and is_changed_in_a_form(records[which]) else {}


def is_changed_in_a_form(record: models.Model) -> bool:
    """Whether the page of a record has a form, and not only what it says."""
    return isinstance(record, Tracked | User | Association) or hasattr(record, "after_change")


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


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done meanwhile is taken back: the next role finds the records as they were."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def unrendered() -> Iterator[None]:
    """Answers without their pages, which take longer than all that decides who gets them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", lambda *given, **named: "")
        yield


def test_no_address_of_the_admin_is_missing_from_the_table():
    unknown = set(admin_names()) - {*SITE}
    for model, table in TABLES.items():
        unknown -= {prefix(model) + key.partition(" ")[0] for key in table}
    assert unknown == set()
    assert set(admin.site._registry) == set(TABLES)


@by_model
def test_each_role_sees_the_pages_it_may_see_and_no_others(model):
    records, wrong, made = samples(model), {}, set()
    for role in (VIEWER, EDITOR, MANAGER, SUPERUSER, NO_ROLE):
        client = logged_in(role)
        for key, (seers, _, _) in TABLES[model].items():
            # Each page is made once: a viewer's in its own way, since nothing can be typed there.
            with unrendered() if key in made else nullcontext():
                status = client.get(address(model, key, records)).status_code
            answers = ((404,) if key in NOTHING_THERE else (200, 302)) if role in seers else (403,)
            if status not in answers:
                wrong[role, key] = status
            made |= {key} if status == 200 else set()
    assert wrong == {}


def deletions_last(row: tuple) -> bool:
    """What is deleted can be asked nothing more."""
    return row[0].startswith("delete")


@by_model
def test_each_role_sends_what_it_may_send_and_the_rest_changes_nothing(model):
    records, wrong = samples(model), {}
    rows = [(key, *row[1:]) for key, row in sorted(TABLES[model].items(), key=deletions_last) if row[1] is not None]
    forms = {key: (address(model, key, records), sent(key, records)) for key, _, _ in rows}
    for role in (*STAFF, NO_ROLE):
        with undone():
            client = logged_in(role)
            for key, senders, answer in rows:
                with writes() as written, unrendered():
                    status = client.post(*forms[key]).status_code
                expected = answer if role in senders else 403
                if status != expected or (status != 302 and written):
                    wrong[role, key] = (status, expected, written)
    assert wrong == {}


@by_model
def test_a_bulk_deletion_takes_what_each_deletion_may_and_nothing_else(model):
    records, table, wrong = samples(model), TABLES[model], {}
    chosen = {"action": "delete_selected", "post": "yes", "_selected_action": [one.pk for one in records.values()]}
    for role in STAFF:
        with undone():
            logged_in(role).post(admin_url(model), chosen)
            left = {name for name, one in records.items() if model.objects.filter(pk=one.pk).exists()}
        may_go = model not in NO_BULK_DELETION or (model is SecondStep and role == SUPERUSER)
        rows = {name: table[f"delete {name}".replace("pending", "draft")] for name in records}
        stay = {name for name, (seers, _, _) in rows.items() if role not in seers or not may_go}
        if left != stay:
            wrong[role] = (left, stay)
    assert wrong == {}


@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=() if kind in QUICK else pytest.mark.slow, id=kind.noun()) for kind in fact_kinds()],
)
def test_drafts_are_confirmed_in_bulk_by_those_who_may_change_the_records(kind):
    one, found = drafted(published(kind), state=FactState.DRAFT), {}
    for role in STAFF:
        with undone():
            logged_in(role).post(admin_url(kind), {"action": "confirm", "_selected_action": [one.pk]})
            found[role] = Fact.objects.get(pk=one.pk).state
    assert found == {role: "confirmed" if role in EDITORS else "draft" for role in STAFF}


@by_role
def test_the_pages_of_no_model_answer_every_role_alike(role):
    client = logged_in(role)
    assert {name: client.get(site_address(name)).status_code for name in SITE} == SITE
    assert client.get("/admin/nowhere/").status_code == 404
    assert client.get("/admin/auth/").status_code == (200 if role in MANAGERS else 404)


def led_away(client: Client, path: str) -> list[bool]:
    """Whether one who asks, and one who sends, is asked to log in first."""
    answers = client.get(path), client.post(path)
    return [one.status_code == 302 and one["Location"].startswith("/admin/login/?next=/admin/") for one in answers]


def test_who_is_not_logged_in_is_led_to_the_door(client):
    for path in [site_address(name) for name in SITE if not name.startswith("log")]:
        assert led_away(client, path) == [True, True], path


@by_model
def test_who_is_not_logged_in_gets_to_no_page_of_a_model(client, model):
    paths = [address(model, key, records) for records in [samples(model)] for key in TABLES[model]]
    with writes() as written:
        assert [path for path in paths if led_away(client, path) != [True, True]] == []
    assert written == []


def test_an_account_without_a_role_is_led_to_the_door_too(client):
    client.force_login(User.objects.create(username="外人"))
    assert client.get(admin_url(Training))["Location"].startswith("/admin/login/")
