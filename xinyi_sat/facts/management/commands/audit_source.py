"""`audit_source`: reconcile a period with the text of its document."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from xinyi_sat.facts.audit import Audit, audit, closest_document
from xinyi_sat.facts.figures import all_figures
from xinyi_sat.facts.models import Period
from xinyi_sat.facts.paragraphs import UnreadableDocument, read_paragraphs
from xinyi_sat.facts.querysets import UnknownPeriod


class Command(BaseCommand):
    """Say what agrees, what is set aside and why, and every gap; exit with 1 if there is any."""

    help = "把一个时期的数字与原文逐一核对：缺录、多录、改动都列出；有缺口时以 1 退出。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="原文的文本文件，一行一段")
        parser.add_argument("--period", help="时期的标识，默认最近的时期")

    def handle(self, *args: Any, path: Path, period: str | None, **options: Any) -> None:
        try:
            found = Period.objects.asked_for(period)
            paragraphs = read_paragraphs(path)
        except (UnknownPeriod, UnreadableDocument) as error:
            raise CommandError(str(error)) from error
        document = closest_document(paragraphs, found)
        if document is None:
            raise CommandError(f"时期“{found}”登记的文献没有一段与这个文件相同，请核对文件和时期。")
        others = all_figures(lambda kind, measure: kind.objects.in_period(found).exclude(passage__document=document))
        if others:
            self.stdout.write(f"注意：{found}另有 {len(others)} 个数字读自其他文献，这次没有核对。")
        self.report(audit(paragraphs, document))

    def report(self, found: Audit) -> None:
        """Print what was found; CommandError if there are gaps."""
        self.stdout.write(f"文献：{found.document}")
        for paragraph, expression in found.set_aside:
            self.stdout.write(f"不作数字收录：第 {paragraph} 段“{expression.wording}”，{expression.kind.label}")
        for gap in found.gaps:
            self.stdout.write(f"缺口：{gap}")
        summary = f"数字 {len(found.agreed)} 个与原文相符，不作数字收录 {len(found.set_aside)} 处，缺口 {len(found.gaps)} 处。"
        if found.gaps:
            raise CommandError(summary)
        self.stdout.write(self.style.SUCCESS(summary))
