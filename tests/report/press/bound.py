"""What the tests of the press share: a front, and a report of it and some chapters."""

from pathlib import Path

from xinyi_sat.report.pdf import stylesheet
from xinyi_sat.report.press.client import Press

FRONT = '<!doctype html><html lang="zh-Hans"><title>报告</title><h1 class="front">报告</h1></html>'


def bound(folder: Path, *chapters: str, style: str | None = None) -> bytes:
    """The PDF of some chapters, with what is kept in a folder."""
    with Press(style or stylesheet(), folder) as press:
        for one in chapters:
            press.print_chapter(f'<section class="chapter">{one}</section>')
        return press.bind(FRONT)
