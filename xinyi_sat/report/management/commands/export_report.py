"""`export_report`: write the report to a file."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.urls import set_urlconf

from xinyi_sat.facts.atomic_files import refuse_unwritable, write_whole
from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.models import Period, UnknownPeriodError
from xinyi_sat.report.formats import FORMATS, Format
from xinyi_sat.report.imprint import site_address
from xinyi_sat.report.management import asked_site
from xinyi_sat.report.publishing.reasons import IN_WORDS
from xinyi_sat.report.scope import UnknownPartError, narrowed


class Command(BaseCommand):
    """Write the report of a period, or of a part of it, as a PDF, a workbook, a Word file or a data package."""

    requires_system_checks = ()  # They look at pages and the admin, and take as long as a short report.
    help = "把一个时期、或其中一项服务、一类记录的报告写成文件：PDF、工作簿（xlsx）、Word（docx）或数据包（zip）。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", required=True, type=Path, help="写到哪个文件，如 report.pdf")
        parser.add_argument(
            "--format", dest="ending", help=f"{'、'.join(FORMATS)} 之一；默认看文件名的结尾，没有结尾则为 pdf"
        )
        parser.add_argument("--period", help="时期的标识，默认首页先显示的时期")
        parser.add_argument("--service", help=f"只要一项服务：{'、'.join(Service.values)}")
        parser.add_argument("--kind", help="只要一类记录，如 training，名称与 figures.csv 的 kind 一列相同")
        parser.add_argument(
            "--site", help="网站的网址，如 http://192.168.1.10:8000，写在各条记录的网址之前；默认用“本会”中填写的网址"
        )

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run with the addresses of readers only: those of the admin would load all of it."""
        set_urlconf("xinyi_sat.public_urls")
        try:
            return super().execute(*args, **options)
        finally:
            set_urlconf(None)

    def handle(
        self, *args: Any, output: Path, ending: str | None, site: str | None, verbosity: int, **options: Any
    ) -> None:
        made, leads_to = asked_format(ending, output), asked_site(site_address() if site is None else site)
        try:
            scope = narrowed(Period.objects.asked_for(options["period"]), options["service"], options["kind"])
            scope.refuse_empty()
            refuse_unwritable(output)
            if verbosity:
                self.stdout.write(f"正在写{scope}的{made.label}……")
            write_whole(output, made.write(scope, leads_to))
        except (UnknownPeriodError, UnknownPartError, *IN_WORDS) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError("已取消，没有写出文件。", returncode=130) from None
        if verbosity:
            self.stdout.write(f"已写好报告：{output}")


def asked_format(ending: str | None, output: Path) -> Format:
    """The format that is named, else the one of the file's ending, PDF where it has none; never one under another's ending."""
    of_file = output.suffix.lower().removeprefix(".")
    ending = ending or of_file or "pdf"
    if ending not in FORMATS:
        raise CommandError(f"没有格式“{ending}”，可用的是 {'、'.join(FORMATS)}。")
    if of_file in FORMATS and of_file != ending:
        raise CommandError(f"文件名 {output.name} 的结尾表示 {of_file}，--format 却写了 {ending}：请改成一致。")
    return FORMATS[ending]
