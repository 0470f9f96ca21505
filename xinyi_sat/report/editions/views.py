"""The editions that were issued: their list, each with what has changed since, and their files as they were."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.generic import DetailView, ListView, View

from xinyi_sat.pages.period_choice import PeriodPage, choice_of_period
from xinyi_sat.report.choices import EditionFormat
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.models import Edition, EditionFile
from xinyi_sat.report.scope import Scope

FOR_EVER = "public, max-age=31536000, immutable"


class EditionListView(PeriodPage, ListView):
    """Every edition, of every period where none is named, the latest marked."""

    template_name = "report/edition_list.html"
    shows_all = True

    def get_queryset(self) -> list[Edition]:
        return list(self.period_choice.narrow(Edition.objects.issued().with_files()))


class EditionDetailView(DetailView):
    """One edition: its files and their digests, and what has changed since."""

    template_name = "report/edition_detail.html"

    def get_object(self, queryset: QuerySet | None = None) -> Edition:
        editions = Edition.objects.issued().with_files()
        return get_object_or_404(editions, period__slug=self.kwargs["period"], number=self.kwargs["number"])

    def get_context_data(self, **kwargs: Any) -> dict:
        latest = Edition.objects.latest_of(self.object.period)
        since = list(Scope(self.object.period).corrections().filter(pk__gt=self.object.revision))
        choice = choice_of_period(self.object.period)
        return super().get_context_data(period_choice=choice, latest=latest, corrected_since=since, **kwargs)


class EditionFileView(View):
    """A file of an edition, byte for byte as it was issued."""

    def get(self, request: HttpRequest, period: str, number: int, ending: str) -> HttpResponse:
        """The file; a browser that has it need not ask again."""
        issued = EditionFile.objects.filter(edition__issued_at__isnull=False).select_related("edition__period")
        found = get_object_or_404(issued, edition__period__slug=period, edition__number=number, ending=ending)
        disposition = content_disposition_header(as_attachment=ending != EditionFormat.PDF, filename=found.name)
        headers = {"Content-Disposition": disposition, "ETag": f'"{found.sha256}"', "Cache-Control": FOR_EVER}
        return HttpResponse(bytes(found.content), content_type=FORMATS[ending].content_type, headers=headers)
