"""Where in the admin to go next."""

from urllib.parse import urlencode

from django.db import models
from django.urls import reverse

from xinyi_sat.facts.models import Fact, Period


def page_in_admin(record: models.Model, page: str = "change") -> str:
    """A page of the admin about a record: its form, its next state, its history."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}", args=[record.pk])


def list_in_admin(kind: type[Fact], period: Period, **filters: str) -> str:
    """The facts of a kind in a period, in their list."""
    asked = {"period__id__exact": period.pk, **filters}
    return f"{reverse(f'admin:{kind._meta.app_label}_{kind._meta.model_name}_changelist')}?{urlencode(asked)}"


def upload_page(**asked: str) -> str:
    """Where a workbook of a `kind` or a `period` (by slug) is had and uploaded."""
    return reverse("uploads:upload") + (f"?{urlencode(asked)}" if asked else "")


def preview_page(period: Period) -> str:
    """A draft period as readers will see it; empty for any other."""
    return reverse("preview", args=[period.slug]) if period.is_draft else ""
