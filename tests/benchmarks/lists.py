"""How pages bear 100,000 facts in 20 periods, beside 1,000 facts; run by hand: python -m tests.benchmarks.lists

Each page is asked for in turn on both databases, five times; the medians, their ratio (goal: at most 2) and the number of
queries (goal: at most 12) are printed. FACTS=2000,20000 in the environment takes other sizes. The facts are written past
the history, which no page asks for here.
"""

import os
import shutil
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import django

SMALL, LARGE = (int(size) for size in os.environ.get("FACTS", "1000,100000").split(","))
YEARS = range(2031, 2051)
ROUNDS = 5
PAGES = [
    "/",
    "/services/literacy/",
    "/outreach/trainings/",
    "/outreach/trainings/?sort=-participants",
    "/outreach/trainings/?q=讲座",
    "/figures/",
    "/figures/?sort=-quantity",
    "/figures/?sort=-quantity&period=all",
    "/figures/?q=讲座",
    "/figures/?q=2342&period=all",
    "/compare/",
    "/corrections/",
    "/sources/",
    "/organisations/",
]


def main() -> None:
    """Make both databases, ask for each page in turn, and print the table."""
    with TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "xinyi_sat.settings", "DATABASE_URL": ""}
        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS = ["testserver"]
        settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
        call_command("migrate", verbosity=0)
        call_command("load_facts", verbosity=0)
        empty = Path(settings.DATABASES["default"]["NAME"])
        databases = {size: filled(empty, size) for size in (SMALL, LARGE)}
        print(f"{'page':45}{SMALL:>12,}{LARGE:>12,}{'ratio':>8}{'queries':>9}")
        for page in PAGES:
            print(row(page, databases))


def use(path: Path) -> None:
    """Let this process ask another SQLite file."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = path


def filled(empty: Path, size: int) -> Path:
    """A copy of a database with so many facts more, in as many periods as YEARS."""
    from django.db import connection

    use(empty)
    connection.close()
    path = empty.with_name(f"{size}.sqlite3")
    shutil.copy(empty, path)
    use(path)
    for year in YEARS:
        fill_year(year, size // len(YEARS))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return path


def fill_year(year: int, count: int) -> None:
    """A period with its document and so many trainings, each with two figures."""
    from django.db import connection, transaction

    from outreach.models import Training
    from xinyi_sat.facts.models import Document, Fact, Figure, Organisation, Passage, Period, digest_of
    from xinyi_sat.facts.search import searchable

    with transaction.atomic():
        period = Period.objects.create(
            slug=str(year), title=f"{year}年", starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), state="published"
        )
        document = Document.objects.create(
            slug=f"review-{year}",
            title=f"{year}年工作回顾",
            publisher=Organisation.objects.first(),
            published_on=date(year, 12, 31),
            period=period,
        )
        passage = Passage.objects.create(document=document, paragraph=1, length=300, digest=digest_of(str(year)))
        like = Training.objects.first()
        facts = Fact.objects.bulk_create(
            Fact(
                title=f"讲座{number}",
                slug=f"lecture-{number}",
                kind="training",
                service="literacy",
                period=period,
                passage=passage,
                search_text=searchable(f"讲座{number} 人数 {number + 20}人"),
            )
            for number in range(count)
        )
        with connection.cursor() as cursor:
            rows = [(fact.pk, like.form_id, "农民") for fact in facts]
            cursor.executemany(
                "INSERT INTO outreach_training (fact_ptr_id, form_id, audience) VALUES (%s, %s, %s)", rows
            )
        Figure.objects.bulk_create(figures(facts))


def figures(facts: list) -> Iterator:
    """Sessions and people of each fact."""
    from xinyi_sat.facts.models import Figure, Measure
    from xinyi_sat.facts.search import searchable

    measures = {one.slug: one for one in Measure.objects.filter(slug__in=["sessions", "participants"])}
    for number, fact in enumerate(facts):
        for slug, wording in (("sessions", f"{number % 90 + 1}期"), ("participants", f"{number + 20}人")):
            text = f"{fact.title}\n{wording}"
            figure = Figure(
                fact=fact, measure=measures[slug], wording=wording, start=0, end=2, search_text=searchable(text)
            )
            figure.read_wording()
            yield figure


def row(page: str, databases: dict[int, Path]) -> str:
    """One page on both databases: medians in milliseconds, their ratio, and the queries on the larger one."""
    seconds: dict[int, list[float]] = {size: [] for size in databases}
    queries = 0
    for _ in range(ROUNDS):
        for size, path in databases.items():
            use(path)
            spent, queries = visit(page)
            seconds[size].append(spent)
    small, large = (median(one) for one in seconds.values())
    return f"{page:45}{small * 1000:>9.0f} ms{large * 1000:>9.0f} ms{large / small:>8.2f}{queries:>9}"


def visit(page: str) -> tuple[float, int]:
    """Seconds and queries of one visit."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    connection.ensure_connection()
    with CaptureQueriesContext(connection) as captured:
        began = time.perf_counter()
        answer = client.get(page)
        spent = time.perf_counter() - began
    assert answer.status_code == 200, (page, answer.status_code)
    return spent, len(captured)


if __name__ == "__main__":
    main()
