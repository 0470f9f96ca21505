"""`verify_edition`: whether editions are what they were when they were issued."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from xinyi_sat.facts.models import Period, UnknownPeriodError
from xinyi_sat.report.editions.verifying import verified
from xinyi_sat.report.models import Edition


class Command(BaseCommand):
    """Check the digests of editions, and compare their tables with the records as they were then."""

    help = "核验已发布的各版报告：文件是否原样，数据包中的表是否与当时的记录相同。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--period", help="只核验一个时期，写它的标识")
        parser.add_argument("--number", type=int, help="只核验第几版")

    def handle(self, *args: Any, period: str | None, number: int | None, **options: Any) -> None:
        editions = Edition.objects.issued().select_related("period")
        try:
            editions = editions.filter(period=Period.objects.public().named(period)) if period else editions
        except UnknownPeriodError as error:
            raise CommandError(str(error)) from error
        editions = editions.filter(number=number) if number else editions
        if not editions:
            raise CommandError("没有这样的已发布版次。")
        wrong = sum(self.report(edition) for edition in editions)
        if wrong:
            raise CommandError(f"有 {wrong} 处不符。")
        self.stdout.write(self.style.SUCCESS(f"{len(editions)} 版全部相符。"))

    def report(self, edition: Edition) -> int:
        """Print what was found of an edition; how much of it is wrong."""
        self.stdout.write(str(edition))
        wrong = 0
        for finding in verified(edition):
            wrong += not finding.is_right
            self.stdout.write(f"  {'相符' if finding.is_right else '不符'}　{finding.words}")
        return wrong
