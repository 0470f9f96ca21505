"""The pages of an upload in the admin: what to upload, what it would do, and what became of it."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from xinyi_sat.facts.editing.links import list_in_admin
from xinyi_sat.facts.kinds import kind_named
from xinyi_sat.facts.models import Fact, StoredUpload
from xinyi_sat.facts.uploads.checking import check
from xinyi_sat.facts.uploads.comparing import Outcome
from xinyi_sat.facts.uploads.forms import SaveForm, TemplateForm, UploadForm
from xinyi_sat.facts.uploads.rights import kinds_for
from xinyi_sat.facts.uploads.saving import save_upload
from xinyi_sat.facts.uploads.template import template_file, template_name

A_PAGE = 100
TITLE = "用工作簿录入或更正"
NOT_TAKEN = "数据库没有接受表中的内容，没有保存任何内容。请重新上传；仍然这样，请告诉管理员。"


def kinds_or_403(request: HttpRequest) -> list[type[Fact]]:
    """The kinds that whoever asks may upload; PermissionDenied where there is none."""
    kinds = kinds_for(request)
    if not kinds:
        raise PermissionDenied
    return kinds


def page(request: HttpRequest, template: str, title: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of the admin."""
    common = {**admin.site.each_context(request), "title": title}
    return render(request, f"facts/admin/uploads/{template}.html", common | context, status=status)


def upload(request: HttpRequest) -> HttpResponse:
    """Ask for a file; read it, and lead to what it would do."""
    kinds = kinds_or_403(request)
    asked = {name: request.GET[name] for name in ("kind", "period") if name in request.GET}
    form = UploadForm(request.POST or None, request.FILES or None, kinds=kinds, initial=asked)
    if request.method == "POST" and form.is_valid():
        made = form.upload(request.user)
        made.preview = check(made, kinds).preview()
        with transaction.atomic():
            StoredUpload.objects.make_room(request.user)
            made.save()
        return redirect("uploads:show", made.key)
    template_form = TemplateForm(kinds=kinds, initial=asked, auto_id="template_%s")
    return page(request, "start", TITLE, form=form, template_form=template_form)


def template(request: HttpRequest) -> HttpResponse:
    """A workbook to fill in."""
    kinds = kinds_or_403(request)
    form = TemplateForm(request.GET, kinds=kinds, auto_id="template_%s")
    if not form.is_valid():
        return page(request, "start", TITLE, 400, form=UploadForm(kinds=kinds), template_form=form)
    asked = {"period": form.cleaned_data["period"], "is_filled": form.cleaned_data["filled"]}
    file = template_file(kinds=form.kinds_asked, **asked)
    return FileResponse(file, as_attachment=True, filename=template_name(kinds=form.kinds_asked, **asked))


def show(request: HttpRequest, key: UUID) -> HttpResponse:
    """What an upload would do, or what became of it; only to whom it belongs."""
    kinds = kinds_or_403(request)
    found = StoredUpload.objects.waiting().select_related("period").filter(user=request.user, key=key).first()
    if found is None:
        return page(request, "gone", "这次上传已不在", 404)
    if not {kind.kind() for kind in kinds}.issuperset(found.preview["kinds"]):
        raise PermissionDenied
    if request.method == "POST":
        return answer(request, found, kinds)
    return saved(request, found) if found.is_saved else preview(request, found)


def answer(request: HttpRequest, found: StoredUpload, kinds: list[type[Fact]]) -> HttpResponse:
    """Save an upload or drop it."""
    if request.POST.get("action") == "cancel":
        found.delete()
        return redirect("uploads:upload")
    if found.is_saved or not found.can_be_saved:
        return redirect("uploads:show", found.key)
    form = SaveForm(request.POST, upload=found)
    if not form.is_valid():
        return preview(request, found, form)
    try:
        refused = save_upload(found, kinds, form.why())
    except IntegrityError:
        refused = NOT_TAKEN
    if refused:
        messages.error(request, refused)
    return redirect("uploads:show", found.key)


def preview(request: HttpRequest, found: StoredUpload, form: SaveForm | None = None) -> HttpResponse:
    """What an upload would do, row by row, and the question why."""
    checked = found.preview
    counts = [(outcome, checked["counts"][outcome]) for outcome in Outcome]
    there = [outcome for outcome, count in counts if count]
    outcome = next((one for one in there if one == request.GET.get("show")), there[0] if there else Outcome.REFUSED)
    lines = [line for line in checked["lines"] if line["outcome"] == outcome]
    return page(
        request,
        "preview",
        f"核对“{found.name}”",
        upload=found,
        checked=checked,
        counts=counts,
        outcome=outcome,
        page_obj=Paginator(lines, A_PAGE).get_page(request.GET.get("page")),
        form=form or SaveForm(upload=found),
    )


def saved(request: HttpRequest, found: StoredUpload) -> HttpResponse:
    """What was saved, and where to look at it."""
    kinds = map(kind_named, found.preview["touched"])
    lists = [(kind._meta.verbose_name, list_in_admin(kind, found.period)) for kind in kinds]
    return page(request, "saved", f"已保存“{found.name}”", upload=found, lists=lists)
