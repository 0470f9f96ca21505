"""Editions as they are issued at the terminal."""

from io import StringIO

from django.core.management import call_command

from tests.report.office import SITE
from xinyi_sat.facts.models import Period
from xinyi_sat.report.models import Edition


def issued(reason: str = "首次发布", period: str = "2017-2021") -> Edition:
    """The next edition of a period, issued from the terminal."""
    call_command("issue_edition", period=period, reason=reason, date="2026-11-24", site=SITE, stdout=StringIO())
    return Edition.objects.latest_of(Period.objects.get(slug=period))
