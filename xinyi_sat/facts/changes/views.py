"""The public log of corrections and revisions: a page, a file and a feed."""

from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.generic import TemplateView, View

from xinyi_sat.facts.changes.log import CORRECTION_COLUMNS, Correction, correction_cells
from xinyi_sat.facts.chosen import chosen_by
from xinyi_sat.facts.exports import file_response
from xinyi_sat.facts.forms import CorrectionForm
from xinyi_sat.facts.invisible import printable
from xinyi_sat.facts.tables import StableTable
from xinyi_sat.facts.views import PeriodTableView, refused_question

FEED_ID = "urn:uuid:6f2c3c0e-8f0b-5d0a-9c49-2b6f6f1d7a35"  # whatever the address the site is reached at
FEED_LENGTH = 50


class CorrectionTable(StableTable):
    """Corrections and revisions; its rows are Corrections, newest first."""

    ties = ("model", "pk")
    caption = "更正与修订"

    at = tables.DateColumn(verbose_name="日期", order_by="history_date", format="Y年n月j日")
    kind = tables.Column(accessor="kind__label", verbose_name="性质", orderable=False)
    record = tables.Column(verbose_name="记录", orderable=False, linkify=lambda record: record.url or None)
    differences = tables.TemplateColumn(
        template_code='{% include "facts/_differences.html" with differences=value %}',
        verbose_name="改前 → 改后",
        orderable=False,
    )
    reason = tables.Column(verbose_name="理由", orderable=False)
    period_title = tables.Column(accessor="period", verbose_name="时期", visible=False, orderable=False)

    class Meta:
        attrs = {"class": "log"}
        empty_text = "没有更正或修订。"
        order_by = "-at"


class CorrectionListView(PeriodTableView, TemplateView):
    """All corrections and revisions, of all periods where none is named; narrowed to a kind."""

    template_name = "facts/correction_list.html"
    table_class = CorrectionTable
    all_unasked = True

    def get_table_data(self) -> QuerySet | list:
        form = self.extra_context["form"]
        return form.corrections() if form.is_valid() else []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.extra_context = {"form": CorrectionForm(request.GET, chosen=self.chosen)}
        return super().get(request, *args, **kwargs)


class CorrectionFileView(View):
    """The corrections and revisions that the address asks for, as a file."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """A row for each field that was changed."""
        form = asked_by(request)
        if not form.is_valid():
            return refused_question(request, form)
        rows = (
            row for one in form.corrections().iterator() for row in correction_cells(one, request.build_absolute_uri)
        )
        return file_response("corrections.csv", CORRECTION_COLUMNS, CORRECTION_COLUMNS, rows)


class CorrectionFeed(Feed):
    """The newest corrections and revisions that the address asks for, for feed readers."""

    feed_type = Atom1Feed
    feed_guid = FEED_ID
    title = "新沂市科协工作回顾：更正与修订"
    subtitle = "公布之后对数字和记录的每一次更正、修订，附改前、改后和理由。"
    author_name = "新沂市科学技术协会"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = asked_by(request)
        return super().__call__(request, form=form) if form.is_valid() else refused_question(request, form)

    def get_object(self, request: HttpRequest, form: CorrectionForm) -> tuple[CorrectionForm, str]:
        """What was asked, and the question as it stands in the address."""
        return form, request.GET.urlencode()

    def link(self, asked: tuple[CorrectionForm, str]) -> str:
        """The page with the same corrections."""
        return addressed("corrections", asked[1])

    def feed_url(self, asked: tuple[CorrectionForm, str]) -> str:
        """The feed itself."""
        return addressed("corrections_atom", asked[1])

    def items(self, asked: tuple[CorrectionForm, str]) -> list[Correction]:
        """The newest ones."""
        return list(asked[0].corrections()[:FEED_LENGTH])

    def item_title(self, item: Correction) -> str:
        return printable(f"{item.kind.label}：{item.record}")

    def item_description(self, item: Correction) -> SafeString:
        changed = format_html_join("", "<p>{}</p>", ((printable(str(one)),) for one in item.differences))
        return format_html("{}<p>理由：{}</p>", changed, printable(item.reason))

    def item_link(self, item: Correction) -> str:
        return item.url or reverse("corrections")

    def item_guid(self, item: Correction) -> str:
        return item.guid

    def item_pubdate(self, item: Correction) -> datetime:
        return item.at

    def item_updateddate(self, item: Correction) -> datetime:
        return item.at


def asked_by(request: HttpRequest) -> CorrectionForm:
    """What the address of a file asks; Http404 for a period that no reader may see."""
    return CorrectionForm(request.GET, chosen=chosen_by(request, all_unasked=True))


def addressed(name: str, question: str) -> str:
    """An address with the question it answers."""
    return reverse(name) + (f"?{question}" if question else "")
