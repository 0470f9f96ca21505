"""Background tasks whose worker was killed: they are run again, and given up after some times."""

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from xinyi_sat.facts.background import MOST_ATTEMPTS, AbandonedTaskError
from xinyi_sat.report.formats import FORMATS

GRACE = timedelta(minutes=1)  # beyond the longest that a task may take
TOLD_TO_END = Q(status=TaskResultStatus.FAILED, exception_class_path="builtins.SystemExit")  # by a second signal


def recover_abandoned_tasks(dead_worker_ids: Collection[str] = ()) -> int:
    """Queue again the tasks whose worker is known to be dead or was told to end, or that run longer than any may; how many.

    One that was begun MOST_ATTEMPTS times fails with AbandonedTaskError, of which its page tells.
    """
    begun = Q(status=TaskResultStatus.RUNNING) | TOLD_TO_END
    with transaction.atomic():
        tasks = DBTaskResult.objects.filter(begun).select_for_update(skip_locked=True)
        abandoned = [one for one in tasks if is_abandoned(one, dead_worker_ids)]
        for one in abandoned:
            recover(one)
    return len(abandoned)


def is_abandoned(result: DBTaskResult, dead_worker_ids: Collection[str]) -> bool:
    """Whether nobody works any more on a task that was begun."""
    longest = timedelta(seconds=len(FORMATS) * settings.RENDER_SECONDS) + GRACE
    is_over = result.status == TaskResultStatus.FAILED or result.started_at < now() - longest
    return is_over or result.worker_ids[-1] in dead_worker_ids


def recover(result: DBTaskResult) -> None:
    """Queue one task again, or give it up."""
    if len(result.worker_ids) < MOST_ATTEMPTS:
        result.status, result.started_at, result.finished_at = TaskResultStatus.READY, None, None
        result.save(update_fields=["status", "started_at", "finished_at"])
    else:
        result.set_failed(AbandonedTaskError(f"后台任务 {result.task_path} 的程序 {MOST_ATTEMPTS} 次都被终止。"))
