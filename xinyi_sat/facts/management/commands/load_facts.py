"""`load_facts`: load the fixtures, never over a correction."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db.models import Model

from xinyi_sat.facts.fixtures.loading import FixtureError, Outcome, load_fixtures
from xinyi_sat.facts.quotation import quoted


class Command(BaseCommand):
    """Load missing records, update those nobody changed here, and list those that were corrected here and stay."""

    help = "把 fixtures 中的记录载入数据库；没有改过的记录随文件更新，更正过的不会被覆盖，可重复运行。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fixtures", type=Path, default=settings.FIXTURE_DIRS[0], help="记录文件所在的文件夹")

    def handle(self, *args: Any, fixtures: Path, **options: Any) -> None:
        try:
            outcomes = load_fixtures(fixtures)
        except FixtureError as error:
            raise CommandError(f"{error}没有载入任何记录。") from error
        if options["verbosity"]:
            self.report(outcomes)

    def report(self, outcomes: dict[type[Model], Outcome]) -> None:
        for model, outcome in outcomes.items():
            self.stdout.write(
                f"{model._meta.verbose_name}：新建 {outcome.created}，未变 {outcome.unchanged}，"
                f"随数据更新 {len(outcome.followed)}，保留更正 {len(outcome.kept) + len(outcome.removed)}"
            )
        for outcome in outcomes.values():
            self.list_records("随数据更新", outcome.followed)
            self.list_records("与记录文件不同，以数据库为准", outcome.kept)
            self.list_records("载入后已在数据库中删除或改名，不再载入", outcome.removed)

    def list_records(self, what: str, records: list[Model]) -> None:
        for record in records:
            self.stdout.write(f"  {what}：{record._meta.verbose_name}{quoted(record)}")
