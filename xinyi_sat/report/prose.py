"""Prose about a section: written by us, with every number taken from the records."""

from functools import cached_property

from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.safestring import SafeString

from xinyi_sat.facts.figures import Figure, all_figures
from xinyi_sat.facts.models import Period


class MissingFigure(LookupError):  # noqa: N818 (it says what is wrong)
    """Prose names a figure that no record has; the message says which and where."""


class Recorded:
    """The figures of a period by their names; asked for once, and only when there is prose."""

    def __init__(self, period: Period):
        self.period = period

    @cached_property
    def by_name(self) -> dict[str, Figure]:
        """Each figure under its kind, slug and measure, as in `training/continuing-education/participants`."""
        figures = all_figures(lambda kind, measure: kind.objects.in_period(self.period))
        return {figure.name: figure for figure in figures}

    def figure(self, name: str) -> Figure:
        """The figure of this name; MissingFigure if the period has none."""
        try:
            return self.by_name[name]
        except KeyError:
            raise MissingFigure(f"{self.period}的文字引用了数字“{name}”，记录中没有。") from None


def prose_of(period: Period, service: str, *, printed: bool) -> SafeString:
    """What we say of a service in a period; empty where nothing is written. MissingFigure where a number is not there."""
    try:
        template = get_template(f"report/prose/{period.slug}/{service}.html")
    except TemplateDoesNotExist:
        return SafeString("")
    return template.render({"recorded": Recorded(period), "printed": printed})
