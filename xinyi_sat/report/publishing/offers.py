"""What pages tell of the files of a period beside the links to them."""

from dataclasses import dataclass
from datetime import datetime

from xinyi_sat.facts.background import state_of
from xinyi_sat.facts.models import Period
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.models import PublishedFile
from xinyi_sat.report.publishing.making import publish


@dataclass(frozen=True)
class OfferedFiles:
    """Of which moment the files of a period are, whether newer ones are being made, and why some could not be."""

    data_as_of: datetime | None  # none where a file is missing
    is_under_way: bool
    reasons: list[str]


def offered_files(period: Period) -> OfferedFiles:
    """How the files of a period stand; two questions."""
    moments = PublishedFile.objects.filter(period=period).values_list("data_as_of", flat=True)
    oldest = min(moments) if len(moments) == len(FORMATS) else None
    state = state_of(publish, period.slug)
    reasons = [state.failure] if state.failure else list(dict.fromkeys((state.returned or {}).values()))
    return OfferedFiles(oldest, state.is_under_way, reasons)
