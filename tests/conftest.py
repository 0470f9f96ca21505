"""The published fixtures, loaded once; tests read the same facts as readers do."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.template import Template
from django.test.utils import setup_databases, teardown_databases

REVIEW = Path(settings.BASE_DIR).parent / "shared" / "source" / "000_d2c0e77ca055272a.txt"


def pytest_configure(config: pytest.Config) -> None:
    """Work in a folder of its own, with quick passwords and static files by their own names."""
    folder = TemporaryDirectory()
    config.add_cleanup(folder.cleanup)
    settings.DATA_DIR = Path(folder.name)
    settings.STATIC_ROOT = settings.DATA_DIR / "static"
    settings.MEDIA_ROOT = settings.DATA_DIR / "files"
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # On a busy machine an example may take long and still be right.
    hypothesis.settings.register_profile("patient", deadline=None)
    hypothesis.settings.load_profile("patient")


@pytest.fixture(scope="session")
def django_db_setup(
    tmp_path_factory: pytest.TempPathFactory,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: "pytest_django.plugin.DjangoDbBlocker",  # noqa: F821
) -> Iterator[None]:
    """The database of a new site; with SQLite made once for all processes, and copied into the memory of each."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False) if connection.vendor != "sqlite" else None
        if made:
            call_command("load_facts", verbosity=0)
        else:
            folder = tmp_path_factory.getbasetemp()
            copy_into_memory(template_database(folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder))
        yield
        if made:
            teardown_databases(made, verbosity=0)


def template_database(folder: Path) -> Path:
    """A file with the tables, the rights and the published facts; the first process to ask makes it."""
    path = folder / "template.sqlite3"
    with (folder / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            use_memory()
            call_command("migrate", verbosity=0)
            call_command("load_facts", verbosity=0)
            with closing(sqlite3.connect(path)) as file:
                connection.connection.backup(file)
    return path


def use_memory() -> None:
    """Let this process have a database in its memory that several connections share."""
    name = "file:tests?mode=memory&cache=shared"
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()


def copy_into_memory(path: Path) -> None:
    """Put what the file holds into the memory of this process."""
    use_memory()
    with closing(sqlite3.connect(path)) as file:
        file.backup(connection.connection)


@pytest.fixture
def review() -> Path:
    """The real document, which is not part of this repository."""
    if not REVIEW.exists():
        pytest.skip("The document is not here: ../shared/source is missing.")
    return REVIEW


@pytest.fixture
def only_selects(db: None) -> Iterator[None]:
    """Fail any test whose page writes to the database."""

    def refuse_writes(execute, sql, params, many, context):
        assert sql.lstrip(" (").upper().startswith("SELECT"), f"A page wrote: {sql}"
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse_writes):
        yield


@pytest.fixture
def queries_during_render(db: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What templates ask of the database while they are rendered; context processors have run before."""
    asked: list[str] = []
    render = Template._render

    def note(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    def noting_render(template, context):
        with connection.execute_wrapper(note):
            return render(template, context)

    monkeypatch.setattr(Template, "_render", noting_render)
    return asked
