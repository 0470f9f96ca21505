"""The page and the file that set periods side by side: ?period=2022&period=2023, as many as are chosen.

The file has one row for each measure and each two neighbouring periods, so its columns are the same however many are compared.
"""

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import TemplateView, View

from xinyi_sat.facts.chosen import Chosen, periods_to_choose
from xinyi_sat.facts.exports import file_response
from xinyi_sat.facts.views import FixedPages, refused_question
from xinyi_sat.report.compare.forms import CompareForm
from xinyi_sat.report.compare.periods import Row, Side, Step

FIGURE_COLUMNS = ("wording", "low", "high", "qualifier", "unit", "basis")
SIDE_COLUMNS = ("period", "title", *FIGURE_COLUMNS, "service", "document", "paragraph", "url")
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

    @cached_property
    def chosen(self) -> Chosen:
        """The current period, to which the links of the page lead."""
        periods = periods_to_choose()
        return Chosen(periods, next(iter(periods), None))

    def get_context_data(self, **kwargs: Any) -> dict:
        kwargs |= {"chosen": self.chosen}
        if not self.chosen.several:
            return super().get_context_data(**kwargs)
        form = CompareForm(self.request.GET, self.chosen.periods)
        if not form.is_valid():
            return super().get_context_data(form=form, **kwargs)
        asked = form.comparison()
        page = FixedPages(asked.rows, 0).get_page(self.request.GET.get("page"))
        return super().get_context_data(form=form, asked=asked, page=page, **kwargs)


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
        asked = form.comparison()
        filename = f"compare-{asked.periods[0].slug}-{asked.periods[-1].slug}.csv"
        rows = (step_cells(row, step, request) for row in asked.rows for step in row.steps)
        return file_response(filename, COMPARE_COLUMNS, COMPARE_COLUMNS, rows)


def step_cells(row: Row, step: Step, request: HttpRequest) -> list:
    """The cells of two neighbouring periods, in the order of COMPARE_COLUMNS; what is missing is empty."""
    change = step.change
    return [
        *(row.figure.kind, row.figure.slug, row.figure.measure),
        *(cell for side in (step.before, step.after) for cell in side_cells(side, request)),
        *("yes" if change else "no", "；".join(step.reasons)),
        *((*change.amount, *change.percent) if change else [None] * 4),
    ]


def side_cells(side: Side, request: HttpRequest) -> list:
    """The cells of one period, in the order of SIDE_COLUMNS."""
    stated, figure = side.statement, side.figure
    if stated is None:
        return [side.period.slug, *[None] * (len(SIDE_COLUMNS) - 1)]
    counted = [None] * len(FIGURE_COLUMNS)
    if figure:
        read = figure.quantity
        counted = [read.wording, read.low, read.high, read.qualifier.value, read.unit, figure.basis]
    source = (stated.document_slug, stated.paragraph, request.build_absolute_uri(stated.url))
    return [side.period.slug, stated.title, *counted, stated.service, *source]
