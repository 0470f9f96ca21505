"""What a child does: make one file within its limits, put it on the shelf or say why not."""

import resource
import time
from contextlib import AbstractContextManager, suppress

from django.conf import settings

from xinyi_sat.facts.files import UnwritableFile
from xinyi_sat.report.glyphs import MissingGlyphError
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.references import MissingFigure
from xinyi_sat.report.rendering.limits import exceeded
from xinyi_sat.report.rendering.order import Order
from xinyi_sat.report.rendering.render import Failed, Render, logger, refused_by_disk
from xinyi_sat.report.rendering.shelf import note_in_log, tidy

FILL_IN = "为免印出缺数的报告，请管理员补上这个数字，或修改报告的文字，然后再打开这一页。"
NARROW = "请只要一项服务或一类记录的报告，或请管理员把 {} 设大一些，再重新启动网站。"


def carry_out(render: Render, limits: AbstractContextManager) -> None:
    """Make the file of an order; whatever happens, the shelf says how it ended."""
    started, outcome = time.monotonic(), "完成"
    order = render.order
    try:
        with limits:
            content = order.format.write(order.scope, Site(order.site), render.heard)
            if order.is_current:
                render.finish(content)
            else:
                render.fail(Failed(reason=""))
                outcome = "记录已有改动"
    except BaseException as error:
        outcome = give_up(render, error)
    with suppress(OSError):
        tidy(settings.RENDERS_KEPT)
        note(order, outcome, time.monotonic() - started)


def give_up(render: Render, error: BaseException) -> str:
    """Leave word of why there is no file; on a full disk it may find no room, and whoever looks next learns it by himself."""
    failure = explained(error)
    with suppress(UnwritableFile):
        render.fail(failure)
    return failure.reason


def explained(error: BaseException) -> Failed:
    """Why there is no file, and what can be done; what nobody foresaw is logged."""
    if isinstance(error, MissingFigure):
        return Failed(str(error), FILL_IN)
    if isinstance(error, MissingGlyphError):
        return Failed(str(error))
    limit, setting = exceeded(error, settings.RENDER_SECONDS, settings.RENDER_MEGABYTES)
    if limit:
        return Failed(f"生成这份文件超过了{limit}的上限。", NARROW.format(setting))
    if failure := refused_by_disk(error):
        return failure
    logger.error("A file of the report could not be made.", exc_info=error)
    return Failed("生成这份文件时出了错。")


def note(order: Order, outcome: str, seconds: float) -> None:
    """Add what was done to the log, with the memory of the largest process."""
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    asked = {"ending": order.ending, "period": order.period, "service": order.service, "kind": order.kind}
    note_in_log(**asked, key=order.key, outcome=outcome, seconds=round(seconds, 1), megabytes=most // 1024)
