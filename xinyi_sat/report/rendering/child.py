"""What a child does: make one file within its limits, put it on the shelf or say why not."""

import logging
import resource
import time
from contextlib import AbstractContextManager

from django.conf import settings

from xinyi_sat.report.imprint import Site
from xinyi_sat.report.references import MissingFigure
from xinyi_sat.report.rendering.limits import TimeIsUp
from xinyi_sat.report.rendering.order import Order
from xinyi_sat.report.rendering.render import TRY_LATER, Render
from xinyi_sat.report.rendering.shelf import note_in_log, tidy

FILL_IN = "为免印出缺数的报告，请管理员补上这个数字，或修改报告的文字，然后再打开这一页。"
NARROW = "请只要一项服务或一类记录的报告，或请管理员把 {} 设大一些，再重新启动网站。"
logger = logging.getLogger("django.request")  # What went wrong is shown where other errors of the site are.


def carry_out(render: Render, limits: AbstractContextManager) -> None:
    """Make the file of an order; whatever happens, the shelf says how it ended."""
    started, outcome, advice = time.monotonic(), "", ""
    order = render.order
    try:
        with limits:
            content = order.format.write(order.scope, Site(order.site), render.heard)
            if order.is_current:
                render.finish(content)
            else:
                render.fail(reason="", advice="")
                outcome = "记录已有改动"
    except BaseException as error:
        outcome, advice = explained(error)
        render.fail(outcome, advice)
    tidy(settings.RENDERS_KEPT)
    note(order, outcome or "完成", time.monotonic() - started)


def explained(error: BaseException) -> tuple[str, str]:
    """Why there is no file, and what can be done; what nobody foresaw is logged."""
    match error:
        case MissingFigure():
            return str(error), FILL_IN
        case TimeIsUp():
            return f"生成这份文件超过了 {settings.RENDER_SECONDS} 秒的上限。", NARROW.format("RENDER_SECONDS")
        case MemoryError() | RuntimeError(args=["can't start new thread"]):  # a thread wants memory first of all
            limit = f"每个进程 {settings.RENDER_MEGABYTES} MB 内存的上限"
            return f"生成这份文件超过了{limit}。", NARROW.format("RENDER_MEGABYTES")
    logger.error("A file of the report could not be made.", exc_info=error)
    return "生成这份文件时出了错。", TRY_LATER


def note(order: Order, outcome: str, seconds: float) -> None:
    """Add what was done to the log, with the memory of the largest process."""
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    asked = {"ending": order.ending, "period": order.period, "service": order.service, "kind": order.kind}
    note_in_log(**asked, key=order.key, outcome=outcome, seconds=round(seconds, 1), megabytes=most // 1024)
