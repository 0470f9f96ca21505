"""Prose about a section: written by us, with every number taken from the records.

It is a template for each period and service, in sentences that stand each for itself; where nobody has written one, a few
sentences that say what is recorded.
"""

from dataclasses import replace

from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.safestring import SafeString

from xinyi_sat.report.references import References
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.sections import Section


def prose_of(section: Section, *, printed: bool) -> SafeString:
    """What we say of a service; empty where it has no period or no records, and in a report of one kind, of which it would say too much.

    MissingFigure where it names what never was.
    """
    if section.period is None or section.scope.kind:
        return SafeString("")
    try:
        template, recorded = get_template(f"report/prose/{section.period.slug}/{section.service}.html"), {}
    except TemplateDoesNotExist:
        template, recorded = (
            get_template("report/prose/unwritten.html"),
            summary_of(replace(section.scope, service=section.service)),
        )
    return template.render({"references": References(section.scope, section.service), "printed": printed, **recorded})


def summary_of(scope: Scope) -> dict:
    """What can be said of a service without knowing what it is about: how much is recorded, and the figures that matter most."""
    return {
        "records": sum(one.records for one in scope.counts),
        "with_figures": sum(one.with_figures for one in scope.counts),
        "headlines": scope.headlines(),
    }
