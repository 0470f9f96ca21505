"""The page and the file that set periods side by side: ?period=2022&period=2023, as many as are chosen.

The file has one row for each measure and each two neighbouring periods, not one column for each period: so its columns are
the same however many are compared, and can be worked on by who knows them from another comparison.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import TemplateView, View

from xinyi_sat.facts.chosen import Chosen, periods_to_choose
from xinyi_sat.facts.exports import file_response
from xinyi_sat.facts.figures import Figure
from xinyi_sat.facts.views import FixedPages, refused_question
from xinyi_sat.report.compare.forms import CompareForm
from xinyi_sat.report.compare.periods import Comparison, Row, Side, Step

OLD_NAMES = ("a", "b")
CHUNK = 2_000  # rows of a file that are asked for at once
SIDE_COLUMNS = (
    *("period", "title", "wording", "low", "high", "qualifier", "unit", "basis", "service", "document", "paragraph"),
    "url",
)
COMPARE_COLUMNS = [
    *("kind", "slug", "measure"),
    *(f"{name}_{side}" for side in ("a", "b") for name in SIDE_COLUMNS),
    *("comparable", "reason", "change_low", "change_high", "percent_low", "percent_high"),
]


class OldAddresses:
    """Addresses of when two periods were compared and no more, ?a=2022&b=2023, lead on to those of now."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What is there now, or the way to it."""
        question = request.GET.copy()
        named = [one for name in OLD_NAMES for one in question.pop(name, [])]
        if not named:
            return super().get(request, *args, **kwargs)
        question.setlist("period", [*question.getlist("period"), *named])
        return redirect(f"{request.path}?{question.urlencode()}", permanent=True)


class CompareView(OldAddresses, TemplateView):
    """Periods side by side, 25 figures a page."""

    template_name = "report/compare.html"

    @cached_property
    def chosen(self) -> Chosen:
        """The current period, to which the links of the page lead: none of those compared is more the one shown than another."""
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
        page = FixedPages(asked.keys(), 0).get_page(self.request.GET.get("page"))
        rows = list(asked.rows(page))
        return super().get_context_data(form=form, asked=asked, page=page, rows=rows, **kwargs)


class CompareFile(View):
    """The same as a file, all of it."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """A row for each figure that any period has and each two neighbours; none where there are no two periods."""
        periods = periods_to_choose()
        if len(periods) < 2:
            return compare_file("compare.csv", iter(()))
        form = CompareForm(request.GET, periods)
        if not form.is_valid():
            return refused_question(request, form)
        asked = form.comparison()
        first, *_, last = asked.periods
        rows = (step_cells(row, step, request) for row in all_rows(asked) for step in row.steps)
        return compare_file(f"compare-{first.slug}-{last.slug}.csv", rows)


class CompareFileView(OldAddresses, CompareFile):
    """The file, at its addresses of now and of then."""


def compare_file(filename: str, rows: Iterator[list]) -> HttpResponse:
    """The rows as CSV."""
    return file_response(filename, COMPARE_COLUMNS, COMPARE_COLUMNS, rows)


def all_rows(asked: Comparison) -> Iterator[Row]:
    """Every row of a comparison, so many asked for at once that no file is held in memory."""
    keys = list(asked.keys())
    for start in range(0, len(keys), CHUNK):
        yield from asked.rows(keys[start : start + CHUNK])


def step_cells(row: Row, step: Step, request: HttpRequest) -> list:
    """The cells of a step of a row, in the order of COMPARE_COLUMNS; what is missing is empty."""
    change = step.change
    spans = (change.amount, change.percent) if change else ()
    bounds = [bound for span in spans for bound in (span.low, span.high)] or [None] * 4
    return [
        *(row.figure.kind, row.figure.slug, row.figure.measure),
        *(cell for side in (step.before, step.after) for cell in side_cells(side, request)),
        *("yes" if change else "no", "；".join(step.reasons), *bounds),
    ]


def side_cells(side: Side, request: HttpRequest) -> list:
    """The cells of one side, in the order of SIDE_COLUMNS."""
    stated, figure = side.statement, side.figure
    if stated is None:
        return [side.period.slug, *[None] * (len(SIDE_COLUMNS) - 1)]
    return [
        *(side.period.slug, stated.title, *(counted_cells(figure) if figure else [None] * 6), stated.service),
        *(stated.document_slug, stated.paragraph, request.build_absolute_uri(stated.url)),
    ]


def counted_cells(figure: Figure) -> list:
    """What is counted, from wording to basis."""
    quantity = figure.quantity
    return [
        *(quantity.wording, quantity.low, quantity.high, quantity.qualifier.value, quantity.unit),
        figure.basis,
    ]
