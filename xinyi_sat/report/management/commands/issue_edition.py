"""`issue_edition`: make the files of an edition and keep them for ever."""

from contextlib import suppress
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.timezone import localdate, now

from xinyi_sat.facts.models import Period, UnknownPeriodError
from xinyi_sat.report.editions.issuing import NotIssuedError, issue
from xinyi_sat.report.imprint import site_address
from xinyi_sat.report.management import asked_site
from xinyi_sat.report.models import Edition
from xinyi_sat.report.publishing.reasons import IN_WORDS


class Command(BaseCommand):
    """Issue an edition of a period: PDF, workbook and data package, with their digests."""

    help = "发布一个时期的报告的新一版：编成 PDF、工作簿和数据包，记下校验值，此后不再改动。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--period", help="时期的标识，默认首页先显示的时期")
        parser.add_argument("--reason", help="为什么出这一版；会公布")
        parser.add_argument("--date", help="印在封面上的日期，如 2026-11-24；默认今天")
        parser.add_argument("--site", help="网站的网址，写在数据文件中各条记录的网址之前；默认用“本会”中填写的网址")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            edition = prepare(**options)
            if options["verbosity"]:
                self.stdout.write(f"正在编制{edition}……")
            self.issue(edition)
        except (UnknownPeriodError, NotIssuedError, *IN_WORDS) as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError("；".join(error.messages)) from error
        except KeyboardInterrupt:
            raise CommandError("已取消，没有发布。", returncode=130) from None
        if options["verbosity"]:
            self.tell_of(edition)

    def issue(self, edition: Edition) -> None:
        """Issue it; one that an error or Ctrl-C stops leaves its number to the next."""
        try:
            issue(edition)
        except BaseException:
            with suppress(DatabaseError):
                Edition.objects.filter(pk=edition.pk, issued_at__isnull=True).delete()
            raise

    def tell_of(self, edition: Edition) -> None:
        for file in edition.files.all():
            self.stdout.write(f"{file.name}　{file.size} 字节　SHA-256 {file.sha256}")
        self.stdout.write(f"已发布：{edition}")


def prepare(period: str | None, reason: str | None, site: str | None, **options: Any) -> Edition:
    """A new edition, to be issued at once; CommandError where it has no reason."""
    if not (reason := (reason or "").strip()):
        raise CommandError("请用 --reason 写明缘由：为什么出这一版。")
    found = Period.objects.asked_for(period)
    edition = Edition(
        period=found,
        number=Edition.objects.next_number(found),
        as_of=now(),
        dated_on=asked_day(options["date"]) if options["date"] else localdate(),
        reason=reason,
        site=asked_site(site_address() if site is None else site).root,
    )
    edition.full_clean()
    edition.save()
    return edition


def asked_day(words: str) -> date:
    """A day as it is written at the terminal; CommandError for any other words."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise CommandError(f"--date “{words}”不是日期，请写成 2026-11-24 这样。") from None
