"""The state of background tasks, for pages."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

MOST_ATTEMPTS = 3  # of a task whose worker is killed each time
UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
KILLED = f"后台程序 {MOST_ATTEMPTS} 次都中途被系统终止，可能是机器内存不足。"
FAILED = "后台程序出了错，请管理员查看服务器终端上的说明。"


class AbandonedTaskError(RuntimeError):
    """A task whose worker was killed as often as is allowed."""


@dataclass(frozen=True)
class TaskState:
    """Whether a task waits or runs; what the last one that ended returned, or why it failed, in Chinese."""

    is_under_way: bool = False
    returned: Any = None
    failure: str = ""


def results_of(task: Task, *args: Any) -> QuerySet[DBTaskResult]:
    """The results of a task with these arguments, the newest first."""
    found = DBTaskResult.objects.filter(task_path=task.module_path, args_kwargs__args=list(args))
    return found.order_by("-enqueued_at")


def state_of(task: Task, *args: Any) -> TaskState:
    """The state of a task with these arguments; one query."""
    known = list(results_of(task, *args).only("status", "return_value", "exception_class_path")[:5])
    ended = next((one for one in known if one.status not in UNFINISHED), None)
    is_under_way = any(one.status in UNFINISHED for one in known)
    if ended is None:
        return TaskState(is_under_way)
    failure = ""
    if ended.status == TaskResultStatus.FAILED:
        failure = KILLED if ended.exception_class_path.endswith(AbandonedTaskError.__name__) else FAILED
    return TaskState(is_under_way, ended.return_value, failure)
