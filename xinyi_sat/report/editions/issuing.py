"""Issuing an edition: its files are made from the records of one moment, and kept together or not at all."""

from django.db import OperationalError, transaction
from django.utils.timezone import now
from django_tasks import task

from xinyi_sat.facts.models import Change
from xinyi_sat.report.choices import EditionFormat
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.models import Edition, EditionFile
from xinyi_sat.report.publishing.limits import within_limits
from xinyi_sat.report.publishing.making import enqueue_publishing
from xinyi_sat.report.publishing.reasons import reason_for
from xinyi_sat.report.scope import Scope

BEFORE_PUBLISHING = 10  # of two tasks that wait, that of more priority comes first


class NotIssuedError(RuntimeError):
    """While its files were made, somebody changed a record, or the edition was deleted or issued; the message says which."""


def issue(edition: Edition) -> None:
    """Make the files of a prepared edition and issue it. NotIssuedError and MissingFigureError issue nothing."""
    edition.revision, edition.as_of = settled_revision(edition), now()
    before = Edition.objects.before(edition)
    contents = files_of(edition)
    with transaction.atomic():
        is_issued = Edition.objects.filter(pk=edition.pk, issued_at__isnull=True).update(
            issued_at=now(), as_of=edition.as_of, revision=edition.revision
        )
        if not is_issued:
            raise NotIssuedError(f"{edition}已经删除，或者已由别人发布，这一次没有发布。")
        if Change.objects.newest_number() != edition.revision or Edition.objects.before(edition) != before:
            raise NotIssuedError(f"{edition}编制期间有人改动了记录，没有发布。请核对后再编一次。")
        for ending, content in contents.items():
            EditionFile.objects.create(edition=edition, ending=ending, content=content)
        enqueue_publishing(edition.period)  # the files of the data as they are name the edition before them
    edition.refresh_from_db()


def settled_revision(edition: Edition) -> int:
    """The number of the newest change; NotIssuedError where somebody takes long to save another."""
    try:
        return Change.objects.settled_number()
    except OperationalError as error:
        reason = f"有人正在保存对记录的改动，很久没有保存完，{edition}没有发布。请稍后再编一次。"
        raise NotIssuedError(reason) from error


def files_of(edition: Edition) -> dict[str, bytes]:
    """The files of an edition by their endings, made from the records as they are."""
    scope, site = Scope(edition.period, edition=edition), Site(edition.site)
    return {one.value: FORMATS[one.value].write(scope, site) for one in EditionFormat}


@task(priority=BEFORE_PUBLISHING)
def issue_edition(pk: int) -> str:
    """Issue an edition that was entered; why that could not be done, empty where it was. Safe to run twice."""
    edition = Edition.objects.select_related("period").filter(pk=pk, issued_at__isnull=True).first()
    if edition is None:
        return ""
    try:
        with within_limits(len(EditionFormat)):
            issue(edition)
    except NotIssuedError as error:
        return str(error)
    except Exception as error:
        return reason_for(error)
    return ""
