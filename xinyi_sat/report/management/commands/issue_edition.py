"""`issue_edition`: make the files of an edition and keep them for ever."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.timezone import localdate, now

from xinyi_sat.facts.models import Period
from xinyi_sat.facts.progress import Bars
from xinyi_sat.facts.querysets import UnknownPeriod
from xinyi_sat.report.editions.issuing import BeyondLimits, DataChanged, issue, note_progress, within_limits
from xinyi_sat.report.glyphs import MissingGlyphError
from xinyi_sat.report.management import asked_site
from xinyi_sat.report.models import Edition
from xinyi_sat.report.references import MissingFigure

OPTIONS = {"reason": "--reason", "dated_on": "--date", "site": "--site"}


class Command(BaseCommand):
    """Issue an edition of a period: PDF, workbook and data package, with their digests."""

    help = "发布一个时期的报告的新一版：编成 PDF、工作簿和数据包，记下校验值，此后不再改动。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--period", help="时期的标识，默认最近的时期")
        parser.add_argument("--reason", help="为什么出这一版；会公布")
        parser.add_argument("--date", help="印在封面上的日期，如 2026-11-24；默认今天")
        parser.add_argument("--site", default="", help="网站的网址，写在数据文件中各条记录的网址之前")
        parser.add_argument("--resume", type=int, metavar="PK", help="继续编制在后台登记、尚未编成的一版")

    def handle(self, *args: Any, resume: int | None, **options: Any) -> None:
        limits = within_limits() if resume else nullcontext()  # at the terminal somebody can press Ctrl-C
        try:
            with limits, self.in_the_making(resume, **options) as edition, Bars(quiet=not options["verbosity"]) as bars:
                issue(edition, partial(note_progress, edition) if resume else bars)
        except (UnknownPeriod, MissingFigure, DataChanged, BeyondLimits, MissingGlyphError) as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(in_words(error)) from error
        except KeyboardInterrupt:
            raise CommandError("已取消，没有发布。", returncode=130) from None
        if options["verbosity"]:
            self.tell_of(edition)

    def tell_of(self, edition: Edition) -> None:
        """Print what was made."""
        for file in edition.files.all():
            self.stdout.write(f"{file.name}　{file.size} 字节　SHA-256 {file.sha256}")
        self.stdout.write(f"已发布：{edition}")

    @contextmanager
    def in_the_making(self, resume: int | None, **options: Any) -> Iterator[Edition]:
        """The edition to be made. One that begins here leaves its number to the next where an error or Ctrl-C stops it."""
        if resume:
            yield self.prepared(resume)
            return
        edition = self.prepare(**options)
        try:
            yield edition
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt) and Edition.objects.issued().filter(pk=edition.pk).exists():
                return  # It came too late.
            with suppress(DatabaseError):
                edition.delete()
            raise

    def prepared(self, pk: int) -> Edition:
        """The edition that was entered in the admin and has no files yet."""
        edition = Edition.objects.filter(pk=pk, issued_at__isnull=True).first()
        if edition is None:
            raise CommandError(f"没有编号为 {pk} 的待编版次。")
        return edition

    def prepare(self, period: str | None, reason: str | None, site: str, **options: Any) -> Edition:
        """A new edition, to be issued at once."""
        found = Period.objects.asked_for(period)
        edition = Edition(
            period=found,
            number=Edition.objects.next_number(found),
            dated_on=asked_day(options["date"]) if options["date"] else localdate(),
            reason=(reason or "").strip(),
            site=asked_site(site).root,
            as_of=now(),
        )
        edition.full_clean(exclude=["program"])
        edition.save()
        return edition


def asked_day(words: str) -> date:
    """A day as it is written at the terminal; CommandError for any other words."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise CommandError(f"--date “{words}”不是日期，请写成 2026-11-24 这样。") from None


def in_words(error: ValidationError) -> str:
    """What an edition can't be issued with, each reason behind the option that says it, or the name of its field."""
    broken = ValidationError(error.update_error_dict({})).message_dict
    return "；".join(
        message if name == NON_FIELD_ERRORS else f"{called(name)}：{message}"
        for name, messages in broken.items()
        for message in messages
    )


def called(name: str) -> str:
    """What a field of an edition is called at the terminal."""
    label = str(Edition._meta.get_field(name).verbose_name)
    return f"{OPTIONS[name]}（{label}）" if name in OPTIONS else label
