"""Background work, done here and now."""

from unittest.mock import patch

from django.utils.timezone import now
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from xinyi_sat.facts.models import Period
from xinyi_sat.report.choices import FileFormat
from xinyi_sat.report.models import PublishedFile
from xinyi_sat.report.publishing.making import publish


def waiting() -> list[tuple[str, list]]:
    """The tasks that wait, each with its arguments."""
    ready = DBTaskResult.objects.ready()
    return [(one.task_path.rsplit(".", 1)[1], one.args_kwargs["args"]) for one in ready]


def run_tasks(worker_id: str = "worker-of-tests") -> None:
    """Do all work that waits, as the worker of a site does."""
    shape = {"interval": 0, "batch": True, "startup_delay": False, "max_tasks": None}
    queues = {"queue_names": ["default"], "excluded_queue_names": [], "backend_name": "default"}
    with patch(f"{Worker.__module__}.close_old_connections"):  # the test's own transaction goes on
        Worker(**shape, **queues, worker_id=worker_id).run()


def forget_tasks() -> None:
    """As if no work had ever been asked for."""
    DBTaskResult.objects.all().delete()


def publish_all() -> None:
    """Make the files of every period that readers find."""
    for period in Period.objects.with_facts():
        assert publish.call(period.slug) == {}


def a_line_each(period: Period) -> None:
    """Store a file of each format, where a test asks nothing of what is in it."""
    for file_format in FileFormat:
        content = f"{period.slug}.{file_format}".encode()
        PublishedFile.objects.store(period, file_format, content, revision=0, data_as_of=now())
