"""A real browser before the site with its real facts."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from outreach.models import Training
from tests.conftest import template_database
from tests.roles import SUPERUSER, person
from tests.support import again, corrected, fact, new_document, new_period
from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.models import Document, Fact, Figure, Organisation, Passage, Period, fact_kinds

CHROMIUM = Path("/usr/bin/chromium")
PASSWORD = "a-word-for-this-test"


@pytest.fixture(scope="session", autouse=True)
def chromium() -> Iterator[Path]:
    """The browser; its event loop in this thread is no reason for Django to refuse the database."""
    if not CHROMIUM.exists():
        pytest.skip(f"There is no {CHROMIUM}: run `bash .ci/setup --browser`.")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield CHROMIUM


@pytest.fixture(scope="session")
def django_db_setup(tmp_path_factory, django_test_environment, django_db_blocker) -> Path:
    """The database as a file: one in memory is a single connection, which a late thread of the server may close."""
    folder = tmp_path_factory.getbasetemp()
    with django_db_blocker.unblock():
        made = template_database(folder)
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(folder / "site.sqlite3")
        connection.close()
    return made


@pytest.fixture(autouse=True)
def facts(transactional_db: None, django_db_setup: Path) -> Iterator[None]:
    """The published facts and the roles, for each test: what a server's threads can see has to be truncated after it.

    Issued editions would not let themselves be truncated: they go with the whole database.
    """
    copy_into_database(django_db_setup)
    yield
    copy_into_database(django_db_setup)


def copy_into_database(path: Path) -> None:
    """Put what a file holds in the place of all that the database holds."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as file:
        file.backup(connection.connection)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict, chromium: Path) -> dict:
    """The Chromium of the system, not one that Playwright would fetch."""
    return browser_type_launch_args | {"executable_path": str(chromium), "args": ["--no-sandbox", "--disable-gpu"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """A reader in China, at a desk."""
    return browser_context_args | {"locale": "zh-CN", "viewport": {"width": 1280, "height": 800}}


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Where `page.goto("/")` leads."""
    return live_server.url


@pytest.fixture
def page(page: Page) -> Page:
    """A page that says soon what it misses."""
    page.set_default_timeout(10_000)
    return page


@pytest.fixture
def other_page(new_context: Callable[[], BrowserContext]) -> Page:
    """The browser of somebody else, at the same time."""
    other = new_context().new_page()
    other.set_default_timeout(10_000)
    return other


@pytest.fixture
def complaints(page: Page, base_url: str) -> list[str]:
    """What goes wrong out of a reader's sight: errors of the console, files that are missing, files of other hosts."""
    found: list[str] = []
    home = (f"{base_url}/", "data:")
    page.on("console", lambda said: found.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("response", lambda answer: found.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    page.on("request", lambda asked: None if asked.url.startswith(home) else found.append(asked.url))
    return found


@pytest.fixture
def log_in(page: Page) -> Callable[..., None]:
    """Log somebody of a role in through the form."""

    def log_in(role: str = SUPERUSER, name: str = "管理员", at: Page = page) -> None:
        person(role, name, password=make_password(PASSWORD))
        at.goto("/admin/")
        give_password(at, name)
        at.get_by_role("heading", name="各类记录").wait_for()
        at.wait_for_load_state()

    return log_in


def give_password(page: Page, name: str = "管理员") -> None:
    """Take the first step of a login."""
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


@pytest.fixture
def words() -> None:
    """Words to stand in for the document's own, which are not ours to keep: each figure is where it was read."""
    texts = {passage.pk: "文" * passage.length for passage in Passage.objects.all()}
    for figure in Figure.objects.select_related("fact").exclude(start=None):
        text = texts[figure.fact.passage_id]
        texts[figure.fact.passage_id] = text[: figure.start] + figure.wording + text[figure.end :]
    for key, text in texts.items():
        Passage.objects.filter(pk=key).update(text=text)


@pytest.fixture
def corrections() -> None:
    """Every figure of the trainings corrected, a headline among them, so that pages have marks to show."""
    for training in Training.objects.with_figures():
        figures = {one.measure.slug: f"{one.number + 1:f}{one.unit}" for one in training.figures.all()}
        corrected(training, **figures, note="核对原文后改正了数字。" * 5)


@pytest.fixture
def unbroken() -> Fact:
    """A corrected fact of another year whose texts have no blank, as those of its period and document have none."""
    corrected(Period.objects.get(), is_front=True)
    document = new_document(new_period("2022", title="8" * 100), title="9" * 200)
    training = again(fact("officials-science-lectures"), document, participants="999,999,999,999人", headline_rank=1)
    return corrected(training, title="1" * 180, note="2" * 3000)


@pytest.fixture
def paths() -> list[str]:
    """One page of each sort, and the list and a fact of each kind."""
    some = [kind.objects.with_source().first() for kind in fact_kinds()]
    records = [one for one in (*some, *Document.objects.all(), Organisation.objects.first(), *Service) if one]
    shared = ["/", "/figures/", "/corrections/", "/sources/", "/organisations/", "/about/", "/help/", "/editions/"]
    lists = [kind.list_url() for kind in fact_kinds()]
    return [*shared, *lists, *(record.get_absolute_url() for record in records)]
