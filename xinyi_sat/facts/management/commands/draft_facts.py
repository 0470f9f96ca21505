"""`draft_facts`: read a new review and draft its facts, for an admin to name and sort."""

from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from xinyi_sat.facts.audit import closest_document
from xinyi_sat.facts.drafting import draft_facts
from xinyi_sat.facts.management import paragraphs_of
from xinyi_sat.facts.models import Period, UnknownPeriodError


class Command(BaseCommand):
    """Draft the quantities that nobody has recorded; run again, it adds only new ones."""

    help = "从一份新的工作回顾起草记录：找出每句话里的数字，注明段落和字位，按服务归类，供管理员在后台命名、归类。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="原文的文本文件，一行一段，已用 load_source --register 登记")
        parser.add_argument("--period", required=True, help="时期的标识")

    def handle(self, *args: Any, path: Path, period: str, **options: Any) -> None:
        try:
            found = Period.objects.named(period)
        except UnknownPeriodError as error:
            raise CommandError(str(error)) from error
        paragraphs = paragraphs_of(path)
        document = closest_document(paragraphs, found)
        if document is None:
            raise CommandError(
                f"时期“{found}”登记的文献没有一段与这个文件相同。请先在后台登记文献，再运行 load_source {path} --document 文献的标识 --register。"
            )
        drafts = draft_facts(document, paragraphs)
        for service, of_service in groupby(drafts, key=lambda draft: draft.get_service_display() or "未归入服务"):
            self.stdout.write(service)
            for draft in of_service:
                self.stdout.write(f"  {draft}{f'　{draft.title}' if draft.title else ''}")
        figures = sum(len(draft.figures) for draft in drafts)
        self.stdout.write(
            f"起草 {len(drafts)} 条，数字 {figures} 个。请在后台“待整理的数字”中命名、归类；确认之前不会公布。"
        )
