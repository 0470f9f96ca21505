"""`dump_facts`: write the records of the database back into the fixtures."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from xinyi_sat.facts.atomic_files import write_together
from xinyi_sat.facts.fixtures.dumping import changed_files, dumped_files
from xinyi_sat.facts.models import Document


class Command(BaseCommand):
    """Write the fixtures that differ from the database, so that a correction can be committed."""

    help = "把数据库中的记录写回 fixtures，只写有改动的文件；没有更正时文件一字不变。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fixtures", type=Path, default=settings.FIXTURE_DIRS[0], help="记录文件所在的文件夹")

    def handle(self, *args: Any, fixtures: Path, **options: Any) -> None:
        if not Document.objects.exists():
            raise CommandError("数据库里还没有记录，写回会清空记录文件。请先运行 load_facts。")
        changed = changed_files(fixtures, dumped_files())
        write_together({path: text.encode() for path, text in changed.items()})
        if options["verbosity"]:
            for path in changed:
                self.stdout.write(f"已更新：{path.name}")
            self.stdout.write("所有记录文件都与数据库一致。")
