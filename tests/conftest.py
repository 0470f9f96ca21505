"""The published fixtures, loaded once; tests read the same facts as readers do."""

import gc
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import hypothesis
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from tests.database import IN_MEMORY, kept_records, take_records

if TYPE_CHECKING:
    from outreach.models import Training

DATA_OF_TESTS = "XINYI_SAT_DATA_OF_TESTS"
REVIEW = Path(settings.BASE_DIR).parent / "shared" / "source" / "000_d2c0e77ca055272a.txt"


def pytest_configure(config: pytest.Config) -> None:
    """Serve static files by their own names, uncollected: hashed ones exist only after collectstatic."""
    collected = TemporaryDirectory()
    config.add_cleanup(collected.cleanup)
    if not hasattr(config, "workerinput"):
        data = TemporaryDirectory()
        config.add_cleanup(data.cleanup)
        os.environ[DATA_OF_TESTS] = data.name
    # One for all processes that run tests, as for all processes of a site: what one has printed the others need not.
    settings.DATA_DIR = Path(os.environ[DATA_OF_TESTS])
    settings.MEDIA_ROOT = settings.DATA_DIR / "files" / os.environ.get("PYTEST_XDIST_WORKER", "all")
    settings.STATIC_ROOT = collected.name
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = (
        True  # looks for a file when it is asked for, and not for all of them at each client
    )
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    # On a busy machine an example may take long and still be right.
    hypothesis.settings.register_profile("patient", deadline=None)
    hypothesis.settings.load_profile("patient")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_finish() -> None:
    """Let the collector of garbage leave alone what stays: it would look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def records(pytestconfig: pytest.Config, django_db_blocker) -> Path:
    """The file that every SQLite database of the tests is a copy of."""
    with django_db_blocker.unblock():
        return kept_records(pytestconfig.cache.mkdir("records"))


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment, django_db_modify_db_settings, django_db_blocker
) -> Iterator[None]:
    """The published facts, once for all tests of a process; in its memory where the database is SQLite."""
    with django_db_blocker.unblock():
        if connection.vendor != "sqlite":
            made = setup_databases(verbosity=0, interactive=False)
            call_command("load_facts", verbosity=0)
            yield
            teardown_databases(made, verbosity=0)
            return
        name = connection.settings_dict["TEST"]["NAME"] or IN_MEMORY
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
        take_records(request.getfixturevalue("records"))
        yield


@pytest.fixture(scope="session", autouse=True)
def charts_drawn_once() -> Iterator[None]:
    """Draw a chart of the Word file once in this process, however many files it stands in; the same drawing is the same picture."""
    from xinyi_sat.report.word import document

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document, "picture_of", cache(document.picture_of))
        yield


@pytest.fixture
def only_selects(db) -> Iterator[None]:
    """Fail any test whose page writes to the database."""

    def refuse_writes(execute, sql, params, many, context):
        assert sql.lstrip(" (").upper().startswith("SELECT"), f"A page wrote: {sql}"
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse_writes):
        yield


@pytest.fixture
def lectures(db) -> "Training":
    """A published fact that prose names, with a number of people."""
    from outreach.models import Training

    return Training.objects.get(slug="officials-science-lectures")


@pytest.fixture
def review() -> Path:
    """The real document, which is not part of this repository."""
    if not REVIEW.exists():
        pytest.skip("The document is not here: ../shared/source is missing.")
    return REVIEW
