"""`audit_source`: reconcile a period with the text of its document."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from xinyi_sat.facts.audit import Audit, audit, closest_document
from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.management import paragraphs_of
from xinyi_sat.facts.models import Change, Figure, Period, UnknownPeriodError
from xinyi_sat.reading.expressions import Expression


class Command(BaseCommand):
    """Print what agrees, what is set aside and why, and every gap; exit with 1 if there is any."""

    help = "把一个时期的数字与原文逐一核对：缺录、多录、改动都列出；有缺口时以 1 退出。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="原文的文本文件，一行一段")
        parser.add_argument("--period", help="时期的标识，草稿时期也可以；默认首页先显示的时期")

    def handle(self, *args: Any, path: Path, period: str | None, **options: Any) -> None:
        try:
            found = Period.objects.named(period) if period else Period.objects.asked_for(None)
        except UnknownPeriodError as error:
            raise CommandError(str(error)) from error
        paragraphs = paragraphs_of(path)
        document = closest_document(paragraphs, found)
        if document is None:
            raise CommandError(f"时期“{found}”登记的文献没有一段与这个文件相同，请核对文件和时期。")
        if left_out := Figure.objects.in_period(found).exclude(fact__passage__document=document).count():
            self.stdout.write(f"注意：{found}另有 {left_out} 个数字读自其他文献，这次没有核对。")
        found = audit(paragraphs, document)
        for line in lines(found):
            self.stdout.write(line)
        summary = summary_of(found)
        if found.gaps:
            raise CommandError(summary)
        self.stdout.write(self.style.SUCCESS(summary))


def lines(found: Audit) -> list[str]:
    """Everything found except the figures that agree."""
    return [
        f"文献：{found.document}",
        *(f"不作数字收录：第 {number} 段“{one.wording}”，{one.kind.label}" for number, one in found.set_aside),
        *(f"更正过的数字：{corrected(figure, expression)}" for figure, expression in found.corrected),
        *(f"已撤回：{described(figure)}，理由：{reason_of_withdrawal(figure)}" for figure in found.withdrawn),
        *(f"待确认，读者看不到：{described(figure)}" for figure in found.unconfirmed),
        *(f"缺口：{gap}" for gap in found.gaps),
    ]


def corrected(figure: Figure, expression: Expression) -> str:
    """A figure that was corrected against its document: the printed wording, the present one, and why."""
    changed = f"原文写作“{expression.wording}”，现为“{figure}”，{figure.correction}"
    return f"{figure.fact.passage.label} {figure.fact}的{figure.label} {changed}，理由：{figure.correction.reason}"


def described(figure: Figure) -> str:
    """A figure with its paragraph and fact."""
    return f"{figure.fact.passage.label} {figure.fact}的{figure.label}“{figure}”"


def reason_of_withdrawal(figure: Figure) -> str:
    """Why the fact of a figure was withdrawn."""
    change = Change.objects.of(figure.fact).filter(kind=ChangeKind.WITHDRAWAL).first()
    return change.reason if change else "没有写明"


def summary_of(found: Audit) -> str:
    """How many of each were found, in one line; what is rare only where there is any."""
    rare = {"更正过": found.corrected, "已撤回": found.withdrawn, "待确认": found.unconfirmed}
    counted = [f"{words} {len(figures)} 个" for words, figures in rare.items() if figures]
    set_aside = f"不作数字收录 {len(found.set_aside)} 处"
    return (
        "，".join([f"数字 {len(found.agreed)} 个与原文相符", *counted, set_aside, f"缺口 {len(found.gaps)} 处"]) + "。"
    )
