"""Making the files of a period, in the background."""

from django.db import transaction
from django.utils.timezone import now
from django_tasks import TaskResultStatus, task

from xinyi_sat.facts.background import results_of
from xinyi_sat.facts.models import Change, Fact, Period, Tracked
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.imprint import Site, site_address
from xinyi_sat.report.models import PublishedFile
from xinyi_sat.report.publishing.limits import within_limits
from xinyi_sat.report.publishing.reasons import reason_for
from xinyi_sat.report.scope import EmptyScopeError, Scope


def enqueue_publishing(period: Period) -> None:
    """Have the files of a public period made anew: once, however many changes there are before it begins.

    A worker passes over the task while this transaction holds it, so that it sees the change.
    """
    if period.is_draft:
        return
    with transaction.atomic():
        waiting = results_of(publish, period.slug).filter(status=TaskResultStatus.READY).select_for_update()
        if not waiting.values("pk").first():
            publish.enqueue(period.slug)


def enqueue_publishing_all() -> None:
    """Have the files of every period made anew that readers find something of; those that are the same stay."""
    for period in Period.objects.with_facts():
        enqueue_publishing(period)


def publish_changed(record: Tracked | None) -> None:
    """Have the files made anew that show a record which was just changed, or all where None says that many were.

    A fact is shown in the files of the periods it belongs or belonged to, any other record perhaps in all.
    """
    if not isinstance(record, Fact):
        if record is None or record.is_published():
            enqueue_publishing_all()
    elif record.is_published():
        belonged = record.model.history.filter(id=record.pk).order_by().values("period")
        for period in Period.objects.public().filter(pk__in=belonged):
            enqueue_publishing(period)


@task()
def publish(period_slug: str) -> dict[str, str]:
    """Make and store the files of a period as it is now; safe to run twice. Why a format could not be made, by format."""
    period = Period.objects.public().filter(slug=period_slug).first()
    if period is None:
        return {}
    reasons = {file_format: publish_file(period, file_format) for file_format in FORMATS}
    return {file_format: reason for file_format, reason in reasons.items() if reason}


def publish_file(period: Period, file_format: str) -> str:
    """Make and store one file of a period; why that could not be done, empty where it was."""
    revision, data_as_of = Change.objects.newest_number(), now()
    try:
        with within_limits():
            scope = Scope(period)
            scope.refuse_empty()
            content = FORMATS[file_format].write(scope, Site(site_address()))
        PublishedFile.objects.store(period, file_format, content, revision=revision, data_as_of=data_as_of)
    except EmptyScopeError as error:
        PublishedFile.objects.discard(period)
        return str(error)
    except Exception as error:
        return reason_for(error)
    return ""
