"""Why a file could not be made, in words for a page."""

import logging

from django.core.exceptions import ImproperlyConfigured

from xinyi_sat.facts.background import FAILED
from xinyi_sat.facts.error_pages import BUSY, reason_of
from xinyi_sat.report.glyphs import MissingGlyphError
from xinyi_sat.report.publishing.limits import LimitExceededError
from xinyi_sat.report.references import MissingFigureError
from xinyi_sat.report.scope import EmptyScopeError

# Their messages are for people.
IN_WORDS = (EmptyScopeError, LimitExceededError, MissingFigureError, MissingGlyphError)
FILL_IN = "为免印出缺数的报告，请管理员补上这个数字，或修改报告的文字。"
logger = logging.getLogger(__name__)


def reason_for(error: Exception) -> str:
    """Why there is no file and what helps; what nobody foresaw is logged."""
    if reason := reason_of(error):
        logger.error("生成报告的文件时写不了磁盘：%s（%s）", reason, error)
        helps = "" if reason == BUSY else "请管理员检查网站数据所在的磁盘，例如清理出空间。"
        return f"服务器写不了文件：{reason}。{helps}"
    if isinstance(error, (*IN_WORDS, ImproperlyConfigured)):
        first_line = str(error).partition("\n")[0]
        return first_line + FILL_IN if isinstance(error, MissingFigureError) else first_line
    logger.error("生成报告的文件时出了错。", exc_info=error)
    return FAILED
