"""`publish_files`: make the files that readers fetch, here and now."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from xinyi_sat.facts.models import Period, UnknownPeriodError
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.publishing.making import publish_file


class Command(BaseCommand):
    """Make and store PDF, Word, workbook and data package, as the worker does after a change."""

    help = "立即生成公开的文件：PDF、Word、工作簿和数据包。平时由后台在记录改动后自动生成。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--period", help="只生成一个时期的，写它的标识；默认全部公布的时期")

    def handle(self, *args: Any, period: str | None, **options: Any) -> None:
        try:
            periods = [Period.objects.asked_for(period)] if period else list(Period.objects.with_facts())
        except UnknownPeriodError as error:
            raise CommandError(str(error)) from error
        for one in periods:
            for file_format, made in FORMATS.items():
                self.tell(f"正在生成{one}的{made.label}……", options)
                if reason := publish_file(one, file_format):
                    raise CommandError(reason)
        self.tell(f"已生成 {len(periods)} 个时期的文件。", options)

    def tell(self, words: str, options: dict) -> None:
        """A line at the terminal, unless it is to be quiet."""
        if options["verbosity"]:
            self.stdout.write(words)
