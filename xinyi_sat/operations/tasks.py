"""Background tasks whose worker was killed: they are run again, and given up after some times."""

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

MOST_ATTEMPTS = 3
GRACE = timedelta(minutes=1)


class AbandonedTaskError(RuntimeError):
    """A task whose worker was killed as often as is allowed."""


def recover_abandoned_tasks(dead_worker_ids: Collection[str] = ()) -> None:
    """Queue again the tasks whose worker is known to be dead, or that run longer than any may; given up after MOST_ATTEMPTS."""
    longest = timedelta(seconds=3 * settings.RENDER_SECONDS) + GRACE
    with transaction.atomic():
        for one in DBTaskResult.objects.running().select_for_update(skip_locked=True):
            if one.worker_ids[-1] not in dead_worker_ids and one.started_at > now() - longest:
                continue
            if len(one.worker_ids) >= MOST_ATTEMPTS:
                one.set_failed(AbandonedTaskError(f"后台任务 {one.task_path} 的程序 {MOST_ATTEMPTS} 次都被终止。"))
                continue
            one.status, one.started_at = TaskResultStatus.READY, None
            one.save(update_fields=["status", "started_at"])
