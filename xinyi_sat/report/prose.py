"""Prose about a section: written by us, with every number taken from the records.

It is a template for each period and service, in sentences that stand each for itself; where nobody has written one, a few
sentences that say what is recorded.
"""

import logging

from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from xinyi_sat.report.references import MissingFigureError, References
from xinyi_sat.report.sections import Section

logger = logging.getLogger(__name__)


def prose_of(section: Section, *, printed: bool) -> SafeString:
    """What we say of a service; empty where it has no period or no records, and in a report of one kind, of which it would say too much.

    `printed` where its links lead to other places on the same paper or page. MissingFigureError where it names what
    never was.
    """
    if section.period is None or section.scope.kind:
        return SafeString("")
    try:
        template = get_template(f"report/prose/{section.period.slug}/{section.service}.html")
    except TemplateDoesNotExist:
        template, shown = get_template("report/prose/unwritten.html"), summary_of(section)
    else:
        shown = {"references": References(section)}
    return template.render(shown | {"printed": printed})


def summary_of(section: Section) -> dict:
    """What can be said of a service without knowing what it is about: how much is recorded, and the figures that matter most."""
    counts = [one for one in section.scope.counts if one.service == section.service]
    return {
        "records": sum(one.records for one in counts),
        "with_figures": sum(one.with_figures for one in counts),
        "headlines": list(section.scope.headlines().filter(fact__service=section.service)),
    }


def prose_on_page(section: Section, *, printed: bool = False) -> SafeString:
    """The prose of a section on a page; where it names a figure that never was, a word of why it is not shown."""
    try:
        return prose_of(section, printed=printed)
    except MissingFigureError as error:
        logger.warning("%s", error)
        return format_html('<p class="nothing">这里的文字暂不显示：{}</p>', error)
