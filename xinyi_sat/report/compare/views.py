"""The page and the file that set periods side by side: ?period=2022&period=2023, as many as are chosen.

The file has one row for each measure and each two neighbouring periods, so its columns are the same however many are compared.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import TemplateView, View

from xinyi_sat.pages.error_pages import refused_question
from xinyi_sat.pages.exports import absolute_address, file_response, plain_number
from xinyi_sat.pages.lists import FixedPages
from xinyi_sat.pages.period_choice import PeriodChoice, periods_to_choose
from xinyi_sat.report.compare.forms import CompareForm
from xinyi_sat.report.compare.periods import Row, Side, Step

SIDE_COLUMNS = (
    *("period", "title", "wording", "low", "high", "qualifier", "unit", "basis"),
    *("service", "document", "paragraph", "url"),
)
COMPARE_COLUMNS = [
    *("kind", "slug", "measure"),
    *(f"{name}_{side}" for side in ("a", "b") for name in SIDE_COLUMNS),
    *("comparable", "reason", "change_low", "change_high", "percent_low", "percent_high"),
]


class OldAddressMixin:
    """Redirects ?a=2022&b=2023, of when no more than two periods were compared, to ?period=2022&period=2023."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        question = request.GET.copy()
        periods = [slug for name in ("a", "b") for slug in question.pop(name, [])]
        if not periods:
            return super().dispatch(request, *args, **kwargs)
        question.setlist("period", [*question.getlist("period"), *periods])
        return redirect(f"{request.path}?{question.urlencode()}", permanent=True)


class CompareView(OldAddressMixin, TemplateView):
    """Periods side by side, 25 figures a page."""

    template_name = "report/compare.html"

    def get_context_data(self, **kwargs: Any) -> dict:
        periods = periods_to_choose()
        kwargs["period_choice"] = PeriodChoice(periods, next(iter(periods), None))
        if len(periods) < 2:
            return super().get_context_data(**kwargs)
        form = CompareForm(self.request.GET, periods)
        if not form.is_valid():
            return super().get_context_data(form=form, **kwargs)
        comparison = form.comparison()
        page = FixedPages(comparison.rows, 0).get_page(self.request.GET.get("page"))
        return super().get_context_data(form=form, comparison=comparison, page=page, **kwargs)


class CompareFileView(OldAddressMixin, View):
    """The same as a CSV file, all of it."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """A row for each figure and each two neighbouring periods; none where there are no two periods."""
        periods = periods_to_choose()
        if len(periods) < 2:
            return file_response("compare.csv", COMPARE_COLUMNS, COMPARE_COLUMNS, [])
        form = CompareForm(request.GET, periods)
        if not form.is_valid():
            return refused_question(request, form)
        comparison = form.comparison()
        first, *_, last = comparison.periods
        absolute = absolute_address(request)
        rows = (step_cells(row, step, absolute) for row in comparison.rows for step in row.steps)
        return file_response(f"compare-{first.slug}-{last.slug}.csv", COMPARE_COLUMNS, COMPARE_COLUMNS, rows)


def step_cells(row: Row, step: Step, absolute: Callable[[str], str]) -> list:
    """The cells of two neighbouring periods, in the order of COMPARE_COLUMNS; what is missing is empty."""
    change = step.change
    return [
        *(row.figure.fact.kind, row.figure.fact.slug, row.figure.measure.slug),
        *(cell for side in (step.before, step.after) for cell in side_cells(side, absolute)),
        *("yes" if change else "no", "；".join(step.reasons)),
        *((*change.amount, *change.percent) if change else [None] * 4),
    ]


def side_cells(side: Side, absolute: Callable[[str], str]) -> list:
    """The cells of one period, in the order of SIDE_COLUMNS."""
    period, figure = side
    if figure is None:
        return [period.slug, *[None] * (len(SIDE_COLUMNS) - 1)]
    fact, bounds = figure.fact, (plain_number(figure.low), plain_number(figure.high))
    counted = [figure.wording, *bounds, figure.qualifier, figure.unit, fact.basis]
    source = (fact.passage.document.slug, fact.passage.paragraph, absolute(fact.get_absolute_url()))
    return [period.slug, fact.title, *counted, fact.service, *source]
