"""`audit_source`: reconcile a period with the text of its document."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from xinyi_sat.facts.audit import Audit, audit, closest_document
from xinyi_sat.facts.changes.differences import withdrawal_of
from xinyi_sat.facts.figures import Figure, all_figures
from xinyi_sat.facts.models import Period
from xinyi_sat.facts.querysets import UnknownPeriod
from xinyi_sat.reading.expressions import Expression
from xinyi_sat.reading.paragraphs import UnreadableDocumentError, read_paragraphs


class Command(BaseCommand):
    """Say what agrees, what is set aside and why, and every gap; exit with 1 if there is any."""

    help = "把一个时期的数字与原文逐一核对：缺录、多录、改动都列出；有缺口时以 1 退出。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="原文的文本文件，一行一段")
        parser.add_argument("--period", help="时期的标识，草稿时期也可以；默认最近公布的时期")

    def handle(self, *args: Any, path: Path, period: str | None, **options: Any) -> None:
        try:
            found = Period.objects.named(period) if period else Period.objects.asked_for(None)
            paragraphs = read_paragraphs(path)
        except (UnknownPeriod, UnreadableDocumentError) as error:
            raise CommandError(str(error)) from error
        document = closest_document(paragraphs, found)
        if document is None:
            raise CommandError(f"时期“{found}”登记的文献没有一段与这个文件相同，请核对文件和时期。")
        others = all_figures(lambda kind, measure: kind.objects.in_period(found).exclude(passage__document=document))
        if left_out := others.count():
            self.stdout.write(f"注意：{found}另有 {left_out} 个数字读自其他文献，这次没有核对。")
        self.report(audit(paragraphs, document))

    def report(self, found: Audit) -> None:
        """Print what was found; CommandError if there are gaps."""
        for line in lines(found):
            self.stdout.write(line)
        summary = in_short(found)
        if found.gaps:
            raise CommandError(summary)
        self.stdout.write(self.style.SUCCESS(summary))


def lines(found: Audit) -> list[str]:
    """All that was found but for the figures that agree."""
    return [
        f"文献：{found.document}",
        *(f"不作数字收录：第 {number} 段“{one.wording}”，{one.kind.label}" for number, one in found.set_aside),
        *(f"更正过的数字：{against(figure, expression)}" for figure, expression in found.corrected),
        *(f"已撤回：{withdrawn(figure)}" for figure in found.withdrawn),
        *(f"待确认，读者看不到：{placed(figure)}" for figure in found.unconfirmed),
        *(f"缺口：{gap}" for gap in found.gaps),
    ]


def against(figure: Figure, expression: Expression) -> str:
    """A figure that was corrected against its document: what stands there, what it is now, and why."""
    changed = f"原文写作“{expression.wording}”，现为“{figure.quantity}”，{figure.mark}"
    return f"第 {figure.paragraph} 段 {figure.title}的{figure.label} {changed}，理由：{figure.mark.reason}"


def placed(figure: Figure) -> str:
    """A figure with its paragraph, as this command names it."""
    return f"第 {figure.paragraph} 段 {figure.title}的{figure.label}“{figure.quantity}”"


def withdrawn(figure: Figure) -> str:
    """A figure of the document whose fact was withdrawn, and why."""
    change = withdrawal_of(figure.model.objects.get_by_natural_key(figure.period_slug, figure.slug))
    reason = change.history_change_reason or "没有写明"
    return f"{placed(figure)}，理由：{reason}"


def in_short(found: Audit) -> str:
    """How many of each were found, in one line."""
    counted = [
        ("数字 {} 个与原文相符", len(found.agreed)),
        *([("更正过 {} 个", len(found.corrected))] if found.corrected else []),
        *([("已撤回 {} 个", len(found.withdrawn))] if found.withdrawn else []),
        *([("待确认 {} 个", len(found.unconfirmed))] if found.unconfirmed else []),
        ("不作数字收录 {} 处", len(found.set_aside)),
        ("缺口 {} 处", len(found.gaps)),
    ]
    return "，".join(words.format(number) for words, number in counted) + "。"
