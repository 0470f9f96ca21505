"""`export_report`: write the report to a file."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from xinyi_sat.facts.atomic_files import refuse_unwritable, write_whole
from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.models import Period
from xinyi_sat.facts.querysets import UnknownPeriod
from xinyi_sat.report.formats import FORMATS, Format
from xinyi_sat.report.imprint import site_address
from xinyi_sat.report.management import asked_site
from xinyi_sat.report.models import Edition
from xinyi_sat.report.publishing.reasons import IN_WORDS
from xinyi_sat.report.scope import UnknownPart, narrowed


class Command(BaseCommand):
    """Write the report of a period, or of a part of it, as a PDF, a workbook, a Word file or a data package."""

    requires_system_checks = ()  # They look at pages and the admin, and take as long as a short report.
    help = "把一个时期、或其中一项服务、一类记录的报告写成文件：PDF、工作簿（xlsx）、Word（docx）或数据包（zip）。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", required=True, type=Path, help="写到哪个文件，如 report.pdf")
        parser.add_argument(
            "--format", dest="ending", help=f"{'、'.join(FORMATS)} 之一；默认看文件名的结尾，没有结尾则为 pdf"
        )
        parser.add_argument("--period", help="时期的标识，默认最近的时期")
        parser.add_argument("--service", help=f"只要一项服务：{'、'.join(Service.values)}")
        parser.add_argument("--kind", help="只要一类记录，如 training，名称与 figures.csv 的 kind 一列相同")
        parser.add_argument("--edition", type=int, metavar="N", help="按已登记、尚未发布的第几版编成，预览用")
        parser.add_argument(
            "--site", help="网站的网址，如 http://192.168.1.10:8000，写在各条记录的网址之前；默认用 SITE_ADDRESS"
        )

    def handle(self, *args: Any, output: Path, ending: str | None, site: str | None, **options: Any) -> None:
        made, leads_to = asked_format(ending, output), asked_site(site_address() if site is None else site)
        try:
            scope = narrowed(Period.objects.asked_for(options["period"]), options["service"], options["kind"])
            if options["edition"]:
                scope = replace(scope, edition=unissued(scope.period, options["edition"]))
            scope.refuse_empty()
            refuse_unwritable(output)
            if options["verbosity"]:
                self.stdout.write(f"正在写{scope}的{made.label}……")
            write_whole(output, made.write(scope, leads_to))
        except (UnknownPeriod, UnknownPart, *IN_WORDS) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError("已取消，没有写出文件。", returncode=130) from None
        if options["verbosity"]:
            self.stdout.write(f"已写好报告：{output}")


def unissued(period: Period, number: int) -> Edition:
    """An edition that has been entered and not issued; an issued one is never printed anew."""
    edition = period.editions.filter(number=number).first()
    if edition is None:
        raise CommandError(f"{period}没有第{number}版。")
    if edition.issued_at:
        raise CommandError(f"{edition}已经发布，请从网站的“历次报告”下载原件。")
    return edition


def asked_format(ending: str | None, output: Path) -> Format:
    """The format that is named, else the one of the file's ending, PDF where it has none; never one under another's ending."""
    of_file = output.suffix.lower().removeprefix(".")
    ending = ending or of_file or "pdf"
    if ending not in FORMATS:
        raise CommandError(f"没有格式“{ending}”，可用的是 {'、'.join(FORMATS)}。")
    if of_file in FORMATS and of_file != ending:
        raise CommandError(f"文件名 {output.name} 的结尾表示 {of_file}，--format 却写了 {ending}：请改成一致。")
    return FORMATS[ending]
