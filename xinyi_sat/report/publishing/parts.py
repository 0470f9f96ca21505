"""A part of a report, one service or one kind of a period, as a file for the office: made when somebody asks for it."""

from dataclasses import dataclass
from datetime import datetime

from django.core.files.storage import default_storage
from django_tasks import task

from xinyi_sat.facts.background import state_of
from xinyi_sat.facts.models import Period
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.imprint import Site, site_address
from xinyi_sat.report.models.digests import sha256_of
from xinyi_sat.report.models.published import put_into_storage
from xinyi_sat.report.publishing.limits import within_limits
from xinyi_sat.report.publishing.reasons import reason_for
from xinyi_sat.report.scope import Scope, narrowed


@dataclass(frozen=True)
class PartFile:
    """The file of a part: where it is stored, whether it is being made, why it could not be."""

    scope: Scope
    file_format: str
    is_under_way: bool
    reason: str
    made_at: datetime | None  # none where there is no file

    @property
    def filename(self) -> str:
        return f"{self.scope.slug}.{self.file_format}"

    @property
    def content(self) -> bytes:
        with default_storage.open(stored_name(self.scope, self.file_format)) as file:
            return file.read()


def stored_name(scope: Scope, file_format: str) -> str:
    """The name of a part in the storage; a newer file takes the place of the one before."""
    return f"parts/{scope.slug}.{file_format}"


def part_file(scope: Scope, file_format: str) -> PartFile:
    """How the file of a part stands."""
    state, name = state_of(make_part, *arguments(scope, file_format)), stored_name(scope, file_format)
    is_made = not state.is_under_way and state.returned == "" and default_storage.exists(name)
    made_at = default_storage.get_modified_time(name) if is_made else None
    return PartFile(scope, file_format, state.is_under_way, state.failure or state.returned or "", made_at)


def arguments(scope: Scope, file_format: str) -> list[str]:
    """A part as a task is told of it."""
    return [scope.period.slug, scope.service or "", scope.kind.noun() if scope.kind else "", file_format]


@task()
def make_part(period: str, service: str, kind: str, file_format: str) -> str:
    """Make and store a part of a report; why that could not be done, empty where it was. Safe to run twice."""
    try:
        scope = narrowed(Period.objects.asked_for(period), service, kind)
        scope.refuse_empty()
        with within_limits():
            content = FORMATS[file_format].write(scope, Site(site_address()))
        put_into_storage(stored_name(scope, file_format), content, sha256_of(content))
    except Exception as error:
        return reason_for(error)
    return ""
