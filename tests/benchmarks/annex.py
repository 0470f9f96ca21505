"""What `report` measures besides commands: the annex alone as PDF, and any of it as one HTML for Chromium.

python -m tests.benchmarks.annex PERIOD FILE.pdf              the annex of a period, with cover and contents
python -m tests.benchmarks.annex PERIOD FILE.html [annex]     its report, or the annex alone, with the stylesheet in it
"""

import os
import sys
from pathlib import Path

import django

ANNEX = "report/_annex.html"


def main(period: str, output: Path, *, is_annex: bool) -> None:
    """Write one of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinyi_sat.settings")
    django.setup()
    from xinyi_sat.report.press.client import Press

    from xinyi_sat.facts.models import Period
    from xinyi_sat.report.chapters import PrintedReport, contents
    from xinyi_sat.report.imprint import Site
    from xinyi_sat.report.pdf import kept_sheets, stylesheet
    from xinyi_sat.report.scope import Scope

    report = PrintedReport(Scope(Period.objects.get(slug=period)), Site())
    if is_annex:
        report.chapters = [chapter for chapter in report.chapters if chapter.template == ANNEX]
        report.contents = contents(report.chapters)
    if output.suffix == ".html":
        page = report.page(report.front() + "".join(report.printed()))
        output.write_text(page.replace("</head>", f"<style>{stylesheet()}</style></head>"), encoding="utf-8")
        return
    with Press(stylesheet(), kept_sheets()) as press:
        for chapter in report.printed():
            press.print_chapter(chapter)
        output.write_bytes(press.bind(report.page(report.front())))


if __name__ == "__main__":
    period, name, *rest = sys.argv[1:]
    main(period, Path(name), is_annex=name.endswith(".pdf") or rest == ["annex"])
