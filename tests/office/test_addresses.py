"""Addresses of the admin with nonsense in them are a Chinese page that isn't there, for every role, and never an error of ours."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from outreach.models import Training
from tests.office.forms import admin_url
from tests.roles import SUPERUSER, logged_in
from xinyi_sat.accounts.models import LoginLock, SecondStep
from xinyi_sat.accounts.roles import VIEWER
from xinyi_sat.facts.models import Association, Document, DraftFact, Measure, Organisation, Passage, Period, Term

pytestmark = pytest.mark.django_db

NONSENSE = ["abc", "9" * 20, "²", "1/2"]
MODELS = [
    Training,
    Period,
    Organisation,
    Document,
    Passage,
    DraftFact,
    Measure,
    Term,
    Association,
    User,
    LoginLock,
    SecondStep,
]
PAGES = ["", "change/", "delete/", "history/", "history/1/", "state/", "copy/", "password/"]
ASKED = [
    "period__id__exact",
    "period__id__in",
    "state__exact",
    "passage__document__id__exact",
    "headline_rank__isempty",
    "o",
    "p",
    "id__in",
    "nonsense",
    "_to_field",
]


def is_missing(answer) -> bool:
    """Whether an answer says in Chinese that there is no such page."""
    return answer.status_code == 404 and "没有这一页" in answer.content.decode()


@pytest.mark.parametrize("role", [VIEWER, SUPERUSER])
def test_an_address_of_no_record_is_not_found(role):
    client = logged_in(role)
    keys = {Training: NONSENSE} | {model: ["9" * 20] for model in MODELS[1:]}
    paths = [f"{admin_url(model)}{key}/{page}" for model in MODELS for key in keys[model] for page in PAGES]
    assert [path for path in paths if not is_missing(client.get(path, follow=True))] == []


@pytest.mark.parametrize("key", NONSENSE)
def test_nothing_is_sent_to_a_record_or_taken_from_one_that_is_not_there(manager, key):
    for page in ("change/", "delete/", "history/1/", "state/"):
        assert manager.post(f"{admin_url(Training)}{key}/{page}", {}, follow=True).status_code == 404
    for name in ("period", "form", "partners"):
        assert is_missing(manager.get(admin_url(Training, "add"), {name: key})), name
    assert is_missing(manager.get(f"/admin/r/{key}/{key}/", follow=True))
    asked = {"app_label": "outreach", "model_name": "training", "field_name": "passage", "term": key, "page": key}
    assert manager.get("/admin/autocomplete/", asked).status_code in (200, 404)


def test_a_list_that_is_asked_nonsense_answers_all_the_same(manager):
    for name in ASKED:
        for key in ("9" * 20, "²"):
            answer = manager.get(admin_url(Training), {name: key}, follow=True)
            assert answer.status_code in (200, 400, 404), (name, key)


def test_an_address_that_no_database_can_be_asked_is_refused_in_words(manager: Client):
    for path in ("outreach/training/?q=%00", "facts/organisation/?kind__exact=%00"):
        page = manager.get(f"/admin/{path}")
        assert page.status_code == 400
        assert "网址中的值不能含有空字符" in page.content.decode()
