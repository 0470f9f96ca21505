"""The public log of corrections, revisions and withdrawals: a page, a file and a feed. Who made them is not told."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import django_tables2 as tables
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.views.generic import TemplateView

from xinyi_sat.facts.choices import FactState
from xinyi_sat.facts.invisible import printable
from xinyi_sat.facts.models import Association, Change, Document, Fact, Organisation, Passage, Period, Tracked
from xinyi_sat.facts.models.changes import NOTHING
from xinyi_sat.pages.error_pages import refused_question
from xinyi_sat.pages.forms import CorrectionForm
from xinyi_sat.pages.lists import FileView, PeriodTablePage
from xinyi_sat.pages.period_choice import period_choice
from xinyi_sat.pages.tables import StableTable

FEED_ID = "urn:uuid:6f2c3c0e-8f0b-5d0a-9c49-2b6f6f1d7a35"  # whatever the address the site is reached at
FEED_LENGTH = 50
CORRECTION_COLUMNS = [
    *("date", "change", "kind", "slug", "title", "period", "field", "label", "old", "new", "reason", "url")
]
RECORDS = {  # other records than facts, with what their addresses need
    "period": Period.objects.all(),
    "document": Document.objects.all(),
    "passage": Passage.objects.select_related("document"),
    "organisation": Organisation.objects.all(),
}


@dataclass(frozen=True)
class LoggedChange:
    """A change that readers are told of, with its record as it is now."""

    change: Change
    record: Tracked

    @property
    def url(self) -> str:
        """The page of the record; empty where it has none, as a period, or none any more, as a withdrawn fact."""
        is_withdrawn = isinstance(self.record, Fact) and self.record.state != FactState.CONFIRMED
        return "" if is_withdrawn or isinstance(self.record, Period) else self.record.get_absolute_url()

    @property
    def guid(self) -> str:
        """Its name for feeds: the same in every database that has the record and its history."""
        model = self.record.model if isinstance(self.record, Fact) else self.record
        known = (model._meta.label_lower, *self.record.natural_key(), self.change.made_at.isoformat())
        return uuid5(NAMESPACE_URL, "/".join(map(str, known))).urn

    def cells(self, absolute: Callable[[str], str]) -> Iterator[list]:
        """A row for each field that was changed, in the order of CORRECTION_COLUMNS."""
        change, record = self.change, self.record
        first = [localtime(change.made_at).date(), change.kind, change.noun, getattr(record, "slug", "")]
        about = [*first, str(record), change.period.slug if change.period else ""]
        last = [change.reason, absolute(self.url or reverse("corrections"))]
        for one in change.differences:
            yield [*about, one.name, one.label, one.old or NOTHING, one.new or NOTHING, *last]


def logged(changes: Iterable[Change]) -> list[LoggedChange]:
    """These changes with their records; one question for facts and one for each other sort of record."""
    changes = list(changes)
    found = {}
    for noun, records in {"fact": Fact.objects.select_related("period"), **RECORDS}.items():
        keys = {one.record_id for one in changes if sort_of(one) == noun}
        found |= {(noun, key): record for key, record in records.in_bulk(keys).items()}
    return [LoggedChange(one, found[sort_of(one), one.record_id]) for one in changes]


def sort_of(change: Change) -> str:
    """The table its record is in: one for the facts of every kind."""
    return change.noun if change.noun in RECORDS else "fact"


class CorrectionTable(StableTable):
    """Corrections, revisions and withdrawals, newest first."""

    caption = "更正与修订"

    at = tables.DateColumn(accessor="made_at", verbose_name="日期", order_by="pk", format="Y年n月j日")
    kind = tables.Column(accessor="get_kind_display", verbose_name="性质", orderable=False)
    record = tables.Column(accessor="title", verbose_name="记录", orderable=False)
    differences = tables.TemplateColumn(
        template_code='{% include "pages/_differences.html" with differences=value %}',
        verbose_name="改前 → 改后",
        orderable=False,
    )
    reason = tables.Column(verbose_name="理由", orderable=False)
    period_title = tables.Column(accessor="period", verbose_name="时期", visible=False, orderable=False)

    class Meta:
        attrs = {"class": "log"}
        empty_text = "没有更正或修订。"
        order_by = "-at"

    def fetch_page(self) -> None:
        """Ask for the rows shown, and their records."""
        super().fetch_page()
        self.logged = {one.change.pk: one for one in logged(row.record for row in self.paginated_rows)}

    def render_record(self, record: Change) -> str:
        one = self.logged[record.pk]
        return format_html('<a href="{}">{}</a>', one.url, one.record) if one.url else str(one.record)


class CorrectionListView(PeriodTablePage, TemplateView):
    """All corrections and revisions, of all periods where none is named; narrowed to a kind."""

    template_name = "pages/correction_list.html"
    table_class = CorrectionTable
    shows_all = True

    @cached_property
    def form(self) -> CorrectionForm:
        return CorrectionForm(self.request.GET, period_choice=self.period_choice)

    def get_table_data(self) -> QuerySet:
        return self.form.changes()

    def get_context_data(self, **kwargs: Any) -> dict:
        return super().get_context_data(form=self.form, **kwargs)


class CorrectionFileView(FileView):
    """A row for each field that was changed."""

    name, columns, form_class = "corrections", CORRECTION_COLUMNS, CorrectionForm
    shows_all = True

    def rows(self, form: CorrectionForm, absolute: Callable[[str], str]) -> Iterable[list]:
        return chain.from_iterable(one.cells(absolute) for one in logged(form.changes()))


class CorrectionFeed(Feed):
    """The newest corrections and revisions that the address asks for, for feed readers."""

    feed_type = Atom1Feed
    feed_guid = FEED_ID
    subtitle = "公布之后对数字和记录的每一次更正、修订，附改前、改后和理由。"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = CorrectionForm(request.GET, period_choice=period_choice(request, shows_all=True))
        return super().__call__(request, form=form) if form.is_valid() else refused_question(request, form)

    def get_object(self, request: HttpRequest, form: CorrectionForm) -> CorrectionForm:
        return form

    def title(self, form: CorrectionForm) -> str:
        return f"{Association.objects.current().site_name}：更正与修订"

    def author_name(self, form: CorrectionForm) -> str:
        """The association: who made a change is not told."""
        return Association.objects.current().name

    def link(self, form: CorrectionForm) -> str:
        return address_with("corrections", form)

    def feed_url(self, form: CorrectionForm) -> str:
        return address_with("corrections_atom", form)

    def items(self, form: CorrectionForm) -> list[LoggedChange]:
        return logged(form.changes()[:FEED_LENGTH])

    def item_title(self, item: LoggedChange) -> str:
        return printable(f"{item.change.get_kind_display()}：{item.record}")

    def item_description(self, item: LoggedChange) -> SafeString:
        changed = format_html_join("", "<p>{}</p>", ((printable(str(one)),) for one in item.change.differences))
        return format_html("{}<p>理由：{}</p>", changed, printable(item.change.reason))

    def item_link(self, item: LoggedChange) -> str:
        return item.url or reverse("corrections")

    def item_guid(self, item: LoggedChange) -> str:
        return item.guid

    def item_pubdate(self, item: LoggedChange) -> datetime:
        return localtime(item.change.made_at)

    item_updateddate = item_pubdate


def address_with(name: str, form: CorrectionForm) -> str:
    """An address that asks the same question."""
    return reverse(name) + (f"?{form.data.urlencode()}" if form.data else "")
