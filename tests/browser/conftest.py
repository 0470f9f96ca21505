"""A real browser before the site with its real facts."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from outreach.models import Training
from tests.changes import corrected
from tests.database import take_records
from tests.roles import SUPERUSER, person
from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.figures import all_figures
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, Organisation, Passage

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session", autouse=True)
def chromium() -> Iterator[Path]:
    """The browser; its event loop in this thread is no reason for Django to refuse the database."""
    if not CHROMIUM.exists():
        pytest.skip(f"There is no {CHROMIUM}: run `bash .ci/setup --browser`.")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield CHROMIUM


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file for SQLite: a database in memory is one connection, which a late thread of the server may close."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


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


@pytest.fixture(autouse=True)
def facts(transactional_db: None, records: Path) -> Iterator[None]:
    """The published facts and the roles, for each test: what a server's threads can see has to be truncated after it.

    Issued editions would not let themselves be truncated: they go with the whole database.
    """
    take_records(records)
    yield
    take_records(records)


@pytest.fixture
def words() -> None:
    """Words to stand in for the document's own, which are not ours to keep: each figure is where it was read."""
    passages = {(one.document.slug, one.paragraph): one for one in Passage.objects.select_related("document")}
    for passage in passages.values():
        passage.text = "文" * passage.length
    for figure in all_figures():
        passage = passages[figure.document_slug, figure.paragraph]
        passage.text = passage.text[: figure.start] + str(figure.quantity) + passage.text[figure.end :]
    Passage.objects.bulk_update(passages.values(), ["text"])


@pytest.fixture
def corrections() -> None:
    """Every figure of the trainings corrected, a headline among them, so that pages have marks to show."""
    for training in Training.objects.with_source():
        for name in training.figure_names():
            if quantity := getattr(training, name):
                setattr(training, name, f"{quantity.number + 1:f}{quantity.unit}")
        corrected(training, note="核对原文后改正了数字。" * 5)


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
    heard: list[str] = []
    home = (f"{base_url}/", "data:")
    page.on("console", lambda said: heard.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("response", lambda answer: heard.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    page.on("request", lambda asked: None if asked.url.startswith(home) else heard.append(asked.url))
    return heard


@pytest.fixture
def list_paths() -> list[str]:
    """The list of each kind."""
    return [kind.list_url() for kind in fact_kinds()]


@pytest.fixture
def paths(list_paths: list[str]) -> list[str]:
    """One page of each sort, and the list and a fact of each kind."""
    facts = [kind.objects.with_source().first() for kind in fact_kinds()]
    records = [*facts, *Document.objects.all(), Organisation.objects.first(), *Service]
    shared = ["/", "/figures/", "/corrections/", "/sources/", "/organisations/", "/about/"]
    return [*shared, *list_paths, *(record.get_absolute_url() for record in records)]


@pytest.fixture
def log_in(page: Page) -> Callable[..., None]:
    """Log somebody of a role in through the form."""

    def log_in(role: str = SUPERUSER, name: str = "管理员", at: Page = page) -> None:
        person(role, name, password=make_password("a-word-for-this-test"))
        at.goto("/admin/")
        at.get_by_label("用户名").fill(name)
        at.get_by_label("密码").fill("a-word-for-this-test")
        at.get_by_role("button", name="登录").click()
        at.get_by_role("heading", name="各类记录").wait_for()
        at.wait_for_load_state()

    return log_in
