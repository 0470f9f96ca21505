"""The admin of files: those of each period, made anew by themselves and on request, and those of parts of a report."""

from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.http import content_disposition_header

from xinyi_sat.accounts.known_addresses import KnownAddresses
from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.models import Period, fact_kinds
from xinyi_sat.report.choices import FileFormat
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.models import PublishedFile
from xinyi_sat.report.publishing.making import enqueue_publishing
from xinyi_sat.report.publishing.offers import offered_files
from xinyi_sat.report.publishing.parts import PartFile, arguments, make_part, part_file
from xinyi_sat.report.scope import narrowed


class PartForm(forms.Form):
    """Which part of which report, in which format."""

    period = forms.ChoiceField(label="时期")
    service = forms.ChoiceField(label="服务", choices=[("", "全部服务"), *Service.choices], required=False)
    kind = forms.ChoiceField(label="类别", required=False)
    file_format = forms.ChoiceField(label="格式", choices=FileFormat.choices)

    def __init__(self, data: dict | None = None):
        super().__init__(data)
        periods = Period.objects.with_facts().latest_first()
        self.fields["period"].choices = [(one.slug, one.title_with_state) for one in periods]
        kinds = [(one.noun(), one._meta.verbose_name) for one in fact_kinds()]
        self.fields["kind"].choices = [("", "全部类别"), *kinds]

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors and not (cleaned["service"] or cleaned["kind"]):
            raise ValidationError("请选择一项服务，或一类记录；整个时期的文件已在“公开的文件”中。")
        return cleaned

    def part(self) -> PartFile:
        asked = self.cleaned_data
        period = Period.objects.asked_for(asked["period"])
        return part_file(narrowed(period, asked["service"], asked["kind"]), asked["file_format"])


@admin.register(PublishedFile)
class PublishedFileAdmin(KnownAddresses):
    """Files are made by tasks; nobody types one in."""

    fields = ("period", "file_format", "size", "sha256", "data_as_of", "made_at")

    def has_change_permission(self, request: HttpRequest, obj: PublishedFile | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PublishedFile | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        page = path("part/", self.admin_site.admin_view(self.part_view), name="report_publishedfile_part")
        return [page, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The files of each period; what is sent names a period whose files are to be made anew."""
        is_sent = request.method == "POST"
        if not (self.has_add_permission(request) if is_sent else self.has_view_permission(request)):
            raise PermissionDenied
        periods = Period.objects.with_facts().latest_first()
        if is_sent:
            enqueue_publishing(get_object_or_404(periods, slug=request.POST.get("period")))
            return redirect(request.path)
        shown = [(one, list(one.files.all()), offered_files(one)) for one in periods]
        is_under_way = any(offered.is_under_way for *_, offered in shown)
        return self.page(request, "files", "公开的文件", periods=shown, is_under_way=is_under_way)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None) -> HttpResponse:
        """The form for a part of a report, and how the file stands that the address asks for."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = PartForm(request.POST or request.GET or None)
        part = form.part() if form.is_valid() else None
        if part and request.method == "POST":
            if not part.is_under_way:
                make_part.enqueue(*arguments(part.scope, part.file_format))
            asked = {name: request.POST.get(name, "") for name in form.fields}
            return redirect(f"{request.path}?{urlencode(asked)}")
        return self.page(request, "part", "另编一部分", form=form, part=part, query=request.GET.urlencode())

    def part_view(self, request: HttpRequest) -> HttpResponse:
        """The file of a part; Http404 where it is not made."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = PartForm(request.GET)
        part = form.part() if form.is_valid() else None
        if part is None or part.made_at is None:
            raise Http404
        disposition = content_disposition_header(as_attachment=True, filename=part.filename)
        headers = {"Content-Disposition": disposition}
        return HttpResponse(part.content, content_type=FORMATS[part.file_format].content_type, headers=headers)

    def page(self, request: HttpRequest, template: str, title: str, **context: object) -> HttpResponse:
        may_make = self.has_add_permission(request)
        shared = {"opts": self.opts, "title": title, "may_make": may_make} | self.admin_site.each_context(request)
        return render(request, f"report/admin/{template}.html", shared | context)
