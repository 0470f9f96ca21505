"""`export_report`: write the printed report to a file."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from xinyi_sat.facts.files import UnwritableFile, write_whole
from xinyi_sat.facts.models import Period
from xinyi_sat.report.pdf import report_of
from xinyi_sat.report.prose import MissingFigure


class Command(BaseCommand):
    """Write the report of a period as a PDF."""

    help = "把一个时期的报告写成 PDF 文件。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", required=True, type=Path, help="写到哪个文件，如 report.pdf")
        parser.add_argument("--period", help="时期的标识，默认最近的时期")

    def handle(self, *args: Any, output: Path, period: str | None, **options: Any) -> None:
        found = Period.objects.filter(slug=period).first() if period else Period.objects.current()
        if not found:
            raise CommandError(f"没有时期“{period}”。" if period else "还没有任何时期，请先运行 load_facts。")
        try:
            write_whole(output, report_of(found))
        except (MissingFigure, UnwritableFile) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"已写好报告：{output}")
