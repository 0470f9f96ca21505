"""Where in the admin to go next."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from xinyi_sat.facts.choices import FactState
from xinyi_sat.facts.models import Fact, Period


def page_in_admin(fact: Fact) -> str:
    """The form of a fact, in the admin."""
    return reverse(f"admin:{fact._meta.app_label}_{fact._meta.model_name}_change", args=[fact.pk])


def list_in_admin(kind: type[Fact], period: Period, **filters: Any) -> str:
    """The list of a kind's facts of a period, in the admin."""
    opts = kind._meta
    asked = {"period__id__exact": period.pk} | filters
    return f"{reverse(f'admin:{opts.app_label}_{opts.model_name}_changelist')}?{urlencode(asked)}"


def drafts_in_admin(kind: type[Fact], period: Period) -> str:
    """Those of them that are still to be confirmed."""
    return list_in_admin(kind, period, state__exact=FactState.DRAFT.value)


def upload_for(period: Period) -> str:
    """Where a workbook of a period is had and uploaded."""
    return f"{reverse('uploads:upload')}?{urlencode({'period': period.slug})}"
