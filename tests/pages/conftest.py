"""What readers find on a site that has been in use."""

import pytest
from django.utils.timezone import now

from tests.tasks import a_line_each
from xinyi_sat.facts.models import Period
from xinyi_sat.report.models import Edition, EditionFile


@pytest.fixture
def files(db) -> None:
    """An issued edition of the review, and the files of every period, each a word."""
    period = Period.objects.get(slug="2017-2021")
    said = {"dated_on": "2026-11-24", "reason": "首次发布", "as_of": now(), "revision": 1, "issued_at": now()}
    EditionFile.objects.create(
        edition=Edition.objects.create(period=period, number=1, **said), ending="pdf", content=b"%"
    )
    for one in Period.objects.with_facts():
        a_line_each(one)
