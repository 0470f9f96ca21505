"""Background tasks whose worker was killed: they are run again, and given up after some times."""

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from xinyi_sat.facts.background import MOST_ATTEMPTS, AbandonedTaskError
from xinyi_sat.report.formats import FORMATS

GRACE = timedelta(minutes=1)  # beyond the longest that a task may take


def recover_abandoned_tasks(dead_worker_ids: Collection[str] = ()) -> int:
    """Queue again the tasks whose worker is known to be dead, or that run longer than any may; how many these were.

    One that was begun MOST_ATTEMPTS times fails with AbandonedTaskError, of which its page tells.
    """
    longest = timedelta(seconds=len(FORMATS) * settings.RENDER_SECONDS) + GRACE
    with transaction.atomic():
        running = DBTaskResult.objects.running().select_for_update(skip_locked=True)
        abandoned = [
            one for one in running if one.worker_ids[-1] in dead_worker_ids or one.started_at < now() - longest
        ]
        for one in abandoned:
            recover(one)
    return len(abandoned)


def recover(result: DBTaskResult) -> None:
    """Queue one task again, or give it up."""
    if len(result.worker_ids) < MOST_ATTEMPTS:
        result.status, result.started_at = TaskResultStatus.READY, None
        result.save(update_fields=["status", "started_at"])
    else:
        result.set_failed(AbandonedTaskError(f"后台任务 {result.task_path} 的程序 {MOST_ATTEMPTS} 次都被终止。"))
