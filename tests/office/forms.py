"""Forms of the admin as a browser sends them."""

import html
import re
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.forms import Form
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.support import REASON

WHY = {"change_kind": "correction", "change_reason": REASON}


def admin_url(record: models.Model | type[models.Model], page: str = "") -> str:
    """A page of the admin about a record; of a model where there is no record yet."""
    is_record = isinstance(record, models.Model)
    name = f"{record._meta.app_label}_{record._meta.model_name}_{page or ('change' if is_record else 'changelist')}"
    return reverse(f"admin:{name}", args=[record.pk] if is_record else [])


def filled(client: Client, record: models.Model) -> dict[str, Any]:
    """What the form of a record would send as it is shown."""
    return sent_by(client.get(admin_url(record)))


def sent_by(page: HttpResponse) -> dict[str, Any]:
    """What the form on a page of the admin would send as it is shown."""
    form = page.context_data["adminform"].form
    values = {name: field.prepare_value(form[name].value()) for name, field in form.fields.items()}
    typed = {name: value for name, value in values.items() if value not in (None, False, "", [])}
    return typed | dict(values_at_opening(form))


def values_at_opening(form: Form) -> Iterator[tuple[str, Any]]:
    """The hidden fields of a form that carries the values it was opened with."""
    for name, field in form.fields.items():
        if field.show_hidden_initial:
            hidden_name = form[name].html_initial_name
            initial = field.prepare_value(form.initial.get(name))
            yield hidden_name, form.data.getlist(hidden_name) if form.is_bound else "" if initial is None else initial


def send(client: Client, record: models.Model, **changes: Any) -> HttpResponse:
    """Change a record in its form, as a correction with a reason unless said otherwise."""
    return client.post(admin_url(record), filled(client, record) | WHY | changes)


def go_on(client: Client, record: models.Model, **answers: str) -> HttpResponse:
    """Send the page that takes a record to its next state."""
    shown = client.get(admin_url(record, "state")).context["form"].initial
    return client.post(admin_url(record, "state"), shown | answers)


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page, which its form sends on."""
    found = re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)">', page, flags=re.DOTALL)
    return {name: html.unescape(value) for name, value in found}
