"""Lists of facts and figures, as pages and as files; all of them only read."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View
from django_filters.filterset import filterset_factory
from django_filters.views import FilterView
from django_tables2 import RequestConfig, SingleTableMixin

from xinyi_sat.facts.models import Measure
from xinyi_sat.pages.error_pages import refused_question
from xinyi_sat.pages.exports import (
    FACT_COLUMNS,
    FIGURE_COLUMNS,
    absolute_address,
    fact_cells,
    figure_cells,
    file_response,
)
from xinyi_sat.pages.filters import FactFilter
from xinyi_sat.pages.forms import FactForm, FigureForm, PeriodForm
from xinyi_sat.pages.period_choice import PeriodPage, period_choice
from xinyi_sat.pages.tables import FactTable, FigureTable, table_of


class FixedPages(Paginator):
    """Pages of 25 rows, whatever number the address asks for."""

    def __init__(self, object_list: Any, per_page: int, **kwargs: Any):
        super().__init__(object_list, 25, **kwargs)


class PeriodTablePage(PeriodPage, SingleTableMixin):
    """A page with a table of what is recorded of a period."""

    table_pagination = {"paginator_class": FixedPages}

    def get_table_kwargs(self) -> dict:
        return {"period_choice": self.period_choice}

    def get_context_data(self, **kwargs: Any) -> dict:
        context = super().get_context_data(**kwargs)
        if hasattr(context["table"], "page"):
            context["table"].fetch_page()
        return context


class FactListView(PeriodTablePage, FilterView):
    """One kind of fact, as a page or as a file, narrowed by its own `filterset_fields` too."""

    template_name = "pages/fact_list.html"
    as_file: str | None = None

    @cached_property
    def measures(self) -> list[Measure]:
        return self.model.measures()

    def get_queryset(self) -> QuerySet:
        facts = self.period_choice.narrow(self.model.objects.public())
        return facts.with_source().with_named().with_figures().in_reading_order()

    def get_table_class(self) -> type[FactTable]:
        return table_of(self.model)

    def get_filterset_class(self) -> type[FactFilter]:
        return filterset_factory(self.model, filterset=FactFilter, fields=self.filterset_fields)

    def get_filterset_kwargs(self, filterset_class: type) -> dict:
        return super().get_filterset_kwargs(filterset_class) | {"measures": self.measures}

    def get_table_kwargs(self) -> dict:
        return super().get_table_kwargs() | {"measures": self.measures}

    def get_context_data(self, **kwargs: Any) -> dict:
        model = self.model
        files = {f"{one}_url": reverse(f"{model._meta.app_label}:{model.plural()}_{one}") for one in ("csv", "json")}
        shown = {"label": model._meta.verbose_name, "form": self.filterset.form}
        return super().get_context_data(**shown, **files, **kwargs)

    def get_table_pagination(self, table: FactTable) -> dict | bool:
        return False if self.as_file else super().get_table_pagination(table)

    def render_to_response(self, context: dict, **kwargs: Any) -> HttpResponseBase:
        if not self.as_file:
            return super().render_to_response(context, **kwargs)
        if self.filterset.form.errors:  # a list without a question is not bound, and not valid either
            return refused_question(self.request, self.filterset.form)
        filename = self.period_choice.filename(self.model.plural(), self.as_file)
        table = context["table"]
        names, labels = zip(*((one.name, one.header) for one in table.file_columns()), strict=True)
        return file_response(filename, names, labels, table.file_rows(absolute_address(self.request)))


class FigureListView(PeriodTablePage, TemplateView):
    """All figures of all kinds, searched and narrowed."""

    template_name = "pages/figure_list.html"
    table_class = FigureTable

    @cached_property
    def form(self) -> FigureForm:
        return FigureForm(self.request.GET, period_choice=self.period_choice)

    def get_table_data(self) -> QuerySet:
        return self.form.figures().with_fact()

    def get_context_data(self, **kwargs: Any) -> dict:
        return super().get_context_data(form=self.form, facts=self.form.facts_found(), **kwargs)


class FileView(View):
    """What the address asks for, as a file; words that can't be read are answered with what was expected."""

    name: str
    columns: list[str]
    form_class: type[PeriodForm]
    as_file = "csv"
    shows_all = False

    def get(self, request: HttpRequest) -> HttpResponseBase:
        choice = period_choice(request, shows_all=self.shows_all)
        form = self.form_class(request.GET, period_choice=choice)
        if not form.is_valid():
            return refused_question(request, form)
        filename = choice.filename(self.name, self.as_file)
        return file_response(filename, self.columns, self.columns, self.rows(form, absolute_address(request)))

    def rows(self, form: PeriodForm, absolute: Callable[[str], str]) -> Iterable[list]:
        """The rows of the file, in the order of its columns; `absolute` makes addresses whole."""
        raise NotImplementedError


class FigureFileView(FileView):
    """A row for each figure."""

    name, columns, form_class = "figures", FIGURE_COLUMNS, FigureForm

    def rows(self, form: FigureForm, absolute: Callable[[str], str]) -> Iterable[list]:
        table = FigureTable(form.figures().with_fact())
        RequestConfig(self.request, paginate=False).configure(table)
        return (figure_cells(figure, absolute) for figure in table.data.data.iterator(chunk_size=2000))


class FactFileView(FileView):
    """A row for each fact of any kind, those without a figure too."""

    name, columns, form_class = "facts", FACT_COLUMNS, FactForm

    def rows(self, form: FactForm, absolute: Callable[[str], str]) -> Iterable[list]:
        facts = form.facts().with_source().by_place()
        return (fact_cells(fact, absolute) for fact in facts.iterator(chunk_size=2000))
