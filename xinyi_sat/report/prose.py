"""Prose about a section: written by us, with every number taken from the records."""

from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.safestring import SafeString

from xinyi_sat.facts.figures import Figure
from xinyi_sat.report.scope import Scope


class MissingFigure(LookupError):  # noqa: N818 (it says what is wrong)
    """Prose names a figure that no record has; the message says which and where."""


class Recorded:
    """The figures of a period by their names, asked for only when there is prose."""

    def __init__(self, scope: Scope):
        self.scope, self.period = scope, scope.period

    def figure(self, name: str) -> Figure:
        """The figure of this name; MissingFigure if the period has none."""
        try:
            return self.scope.figures_of_period[name]
        except KeyError:
            raise MissingFigure(f"{self.period}的文字引用了数字“{name}”，记录中没有。") from None


def prose_of(scope: Scope, service: str, *, printed: bool) -> SafeString:
    """What we say of a service; empty where nothing is written, and in a report of one kind, of which it would say too much.

    MissingFigure where a number is not there.
    """
    try:
        template = get_template(f"report/prose/{scope.period.slug}/{service}.html")
    except TemplateDoesNotExist:
        return SafeString("")
    return SafeString("") if scope.kind else template.render({"recorded": Recorded(scope), "printed": printed})
