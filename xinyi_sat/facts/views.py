"""Pages and files of facts, figures, organisations and sources; all of them only read."""

from typing import Any

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.paginator import Paginator
from django.db.models import Max, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.defaults import bad_request
from django.views.generic import DetailView, ListView, RedirectView, TemplateView, View
from django_filters.views import FilterView
from django_tables2 import RequestConfig, SingleTableMixin

from xinyi_sat.facts.changes.differences import has_lost_figures, public_changes, withdrawal_of
from xinyi_sat.facts.chosen import AskedForSeveral, Chosen, PeriodNotFound, PeriodView, chosen_by, periods_to_choose
from xinyi_sat.facts.error_pages import error_page, reason_of
from xinyi_sat.facts.exports import FACT_COLUMNS, FIGURE_COLUMNS, fact_cells, figure_cells, file_response
from xinyi_sat.facts.figures import all_figures, all_statements, figures_of
from xinyi_sat.facts.forms import FigureForm, StatementForm
from xinyi_sat.facts.models import Document, Organisation
from xinyi_sat.facts.models.sources import PARAGRAPHS_A_PAGE
from xinyi_sat.facts.sources import ReadPassage, facts_naming, facts_stated, passages_with_facts
from xinyi_sat.facts.tables import FactTable, FigureTable, StableTable


class FixedPages(Paginator):
    """Pages of 25 rows, whatever number the address asks for."""

    def __init__(self, object_list: Any, per_page: int, **kwargs: Any):
        super().__init__(object_list, 25, **kwargs)


def refused_question(request: HttpRequest, form: BaseForm) -> HttpResponse:
    """The answer to a file's address with a question that can't be read: what was expected, in words."""
    return render(request, "400.html", {"form": form}, status=400)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to a request that can't be read: what was asked twice; for what is wrong below that, Django's own.

    Django counts among them what a session could not keep when all was done.
    """
    is_sent = request.method == "POST"
    if is_sent and isinstance(exception, SessionInterrupted) and (reason := reason_of(exception)):
        return error_page({"reason": reason, "was_done": True}, 503)
    if isinstance(exception, AskedForSeveral):
        return render(request, "400.html", {"reason": exception}, status=400)
    return bad_request(request, exception)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to an address that leads nowhere; where it names a period that isn't there, which there are."""
    unknown = exception if isinstance(exception, PeriodNotFound) else None
    return render(request, "404.html", {"unknown": unknown}, status=404)


def table_file(table: FactTable, filename: str) -> StreamingHttpResponse:
    """All rows of a table, unpaginated, with the columns that only files have."""
    columns = table.file_columns()
    names, labels = [column.name for column in columns], [column.header for column in columns]
    return file_response(filename, names, labels, table.file_rows())


class PeriodTableView(PeriodView, SingleTableMixin):
    """A table of what is recorded of a period; of all of them it says of which each row is."""

    table_pagination = {"paginator_class": FixedPages}

    def get_table(self, **kwargs: Any) -> StableTable:
        table = super().get_table(**kwargs)
        table.show(self.chosen)
        return table


class FactListView(PeriodTableView, FilterView):
    """One kind of fact, as a page or as a file."""

    template_name = "facts/fact_list.html"
    as_file: str | None = None

    def get_queryset(self) -> QuerySet:
        return self.chosen.narrow(super().get_queryset().public()).with_source().with_named().in_reading_order()

    def get_context_data(self, **kwargs: Any) -> dict:
        model = self.model
        files = {f"{kind}_url": reverse(f"{model._meta.app_label}:{model.plural()}_{kind}") for kind in ("csv", "json")}
        return super().get_context_data(label=model._meta.verbose_name, **files, **kwargs)

    def render_to_response(self, context: dict, **kwargs: Any) -> HttpResponseBase:
        if not self.as_file:
            return super().render_to_response(context, **kwargs)
        if self.filterset.form.errors:  # a list without a question is not bound, and not valid either
            return refused_question(self.request, self.filterset.form)
        return table_file(context["table"], self.chosen.filename(self.model.plural(), self.as_file))


class FactDetailView(DetailView):
    """One fact: all that is recorded of it, and where it was read; of a withdrawn one, that and why it is gone."""

    template_name = "facts/fact_detail.html"
    context_object_name = "fact"

    def get_queryset(self) -> QuerySet:
        return self.model.objects.published().with_source().with_named().filter(period__slug=self.kwargs["period"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; from an address that the fact had before, the way to the one that it has now."""
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            moved = self.model.objects.published().once_at(kwargs["period"], kwargs["slug"]).first()
            if moved is None:
                raise
            return redirect(moved)

    def render_to_response(self, context: dict, **kwargs: Any) -> HttpResponse:
        if not self.object.is_withdrawn:
            return super().render_to_response(context, **kwargs)
        withdrawal = {"withdrawal": withdrawal_of(self.object)}
        response = render(self.request, "facts/fact_withdrawn.html", context | withdrawal, status=410)
        response["Cache-Control"] = "no-cache"  # Browsers keep a 410 for ever; a fact may be brought back.
        return response

    def get_context_data(self, **kwargs: Any) -> dict:
        fact, figures = self.object, figures_of(self.object)
        passage = ReadPassage(fact.passage, [fact])
        shown = {"label": fact._meta.verbose_name, "figures": figures, "passage": passage}
        chosen = Chosen(periods_to_choose(), fact.period, is_named=True)
        changes = public_changes(fact)
        told = {"changes": changes, "has_lost_figures": has_lost_figures(fact, changes)}
        return super().get_context_data(chosen=chosen, others=fact.in_other_periods(), **told, **shown, **kwargs)


class FigureListView(PeriodTableView, TemplateView):
    """All figures of all kinds, searched and narrowed."""

    template_name = "facts/figure_list.html"
    table_class = FigureTable

    def get_table_data(self) -> QuerySet:
        form = self.extra_context["form"]
        return all_figures(form.asked) if form.is_valid() else all_figures(lambda kind, measure: kind.objects.none())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = FigureForm(request.GET, chosen=self.chosen)
        self.extra_context = {"form": form}
        if form.is_valid():
            self.extra_context |= {"facts": form.facts_named(), "everywhere": form.found_everywhere()}
        return super().get(request, *args, **kwargs)


class FigureFileView(View):
    """The figures that the address asks for, as a file."""

    as_file = "csv"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """A row for each figure."""
        chosen = chosen_by(request)
        form = FigureForm(request.GET, chosen=chosen)
        if not form.is_valid():
            return refused_question(request, form)
        table = FigureTable(all_figures(form.asked))
        RequestConfig(request, paginate=False).configure(table)
        rows = (figure_cells(figure, request.build_absolute_uri) for figure in table.data.data.iterator())
        return file_response(chosen.filename("figures", self.as_file), FIGURE_COLUMNS, FIGURE_COLUMNS, rows)


class FactFileView(View):
    """The facts that the address asks for, those without a figure too, as a file."""

    as_file = "csv"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """A row for each fact."""
        chosen = chosen_by(request)
        form = StatementForm(request.GET, chosen=chosen)
        if not form.is_valid():
            return refused_question(request, form)
        asked = all_statements(form.stated).iterator()
        rows = (fact_cells(statement, request.build_absolute_uri) for statement in asked)
        return file_response(chosen.filename("facts", self.as_file), FACT_COLUMNS, FACT_COLUMNS, rows)


class SourceListView(PeriodView, ListView):
    """The documents that facts were read from, of all periods where none is named."""

    template_name = "facts/source_list.html"
    all_unasked = True

    def get_queryset(self) -> QuerySet:
        return self.chosen.narrow(Document.objects.public().select_related("publisher", "period"))


class SourceDetailView(DetailView):
    """A document by paragraphs, each with what was read from it; so many paragraphs a page."""

    model = Document
    template_name = "facts/source_detail.html"
    queryset = Document.objects.public().select_related("publisher", "period").annotate(last=Max("passages__paragraph"))

    def get_context_data(self, **kwargs: Any) -> dict:
        chosen = Chosen(periods_to_choose(), self.object.period, is_named=True)
        numbers = Paginator(range(1, (self.object.last or 0) + 1), PARAGRAPHS_A_PAGE)
        page = numbers.get_page(self.request.GET.get("page"))
        passages = passages_with_facts(self.object, page.object_list)
        return super().get_context_data(chosen=chosen, page=page, passages=passages, **kwargs)


class OrganisationListView(PeriodView, ListView):
    """The organisations that facts name, of all periods where none is named."""

    template_name = "facts/organisation_list.html"
    all_unasked = True

    def get_queryset(self) -> QuerySet:
        return Organisation.objects.public(self.chosen.period)


class OrganisationDetailView(PeriodView, DetailView):
    """An organisation and the facts that name it, of all periods where none is named."""

    queryset = Organisation.objects.public()
    template_name = "facts/organisation_detail.html"
    all_unasked = True

    def get_context_data(self, **kwargs: Any) -> dict:
        named = FixedPages(facts_naming(self.object, self.chosen), 0).get_page(self.request.GET.get("page"))
        documents = self.chosen.narrow(self.object.document_set.public())
        return super().get_context_data(page=named, facts=facts_stated(named), documents=documents, **kwargs)


class IconView(RedirectView):
    """The icon, for browsers and pages that look for it at its old address."""

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str:
        return static("facts/icon.svg")
