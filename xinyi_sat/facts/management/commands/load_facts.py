"""`load_facts`: bring the fixtures into the database, never over a correction."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db.models import Model

from xinyi_sat.facts.fixtures.loading import Loaded, UnloadableFixture, load_fixtures
from xinyi_sat.facts.quotation import quoted


class Command(BaseCommand):
    """Load what is missing; report created, unchanged, and kept because corrected."""

    help = "把 fixtures 中的记录载入数据库；已更正过的记录不会被覆盖，可重复运行。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fixtures", type=Path, default=settings.FIXTURE_DIRS[0], help="记录文件所在的文件夹")

    def handle(self, *args: Any, fixtures: Path, **options: Any) -> None:
        try:
            loaded = load_fixtures(fixtures)
        except UnloadableFixture as error:
            raise CommandError(f"{error} 没有载入任何记录。") from error
        if options["verbosity"]:
            self.report(loaded)

    def report(self, loaded: dict[type[Model], Loaded]) -> None:
        """Print what became of each model, and which corrections were kept."""
        for model, outcome in loaded.items():
            self.stdout.write(
                f"{model._meta.verbose_name}：新建 {outcome.created}，未变 {outcome.unchanged}，"
                f"保留更正 {len(outcome.kept) + len(outcome.removed)}"
            )
        for outcome in loaded.values():
            for record in outcome.kept:
                self.stdout.write(f"  与记录文件不同，以数据库为准：{record._meta.verbose_name}{quoted(record)}")
            for record in outcome.removed:
                self.stdout.write(
                    f"  载入后已在数据库中删除或改名，不再载入：{record._meta.verbose_name}{quoted(record)}"
                )
