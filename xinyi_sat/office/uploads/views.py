"""The pages of an upload in the admin: what to upload, what it would do, and what became of it."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from xinyi_sat.facts.models import Change, Fact, kind_named
from xinyi_sat.office.forms import SEEN
from xinyi_sat.office.links import list_in_admin
from xinyi_sat.office.models import StoredUpload
from xinyi_sat.office.rights import kinds_for
from xinyi_sat.office.uploads.checking import Check, check
from xinyi_sat.office.uploads.comparing import Outcome
from xinyi_sat.office.uploads.forms import SaveForm, TemplateForm, UploadForm
from xinyi_sat.office.uploads.saving import changed_meanwhile, locked, save_upload
from xinyi_sat.office.uploads.template import template_file, template_name

CHANGED_MEANWHILE = "您核对之后，别人改动过{}，没有保存任何内容。下面已重新核对，请看别人改了什么，再保存。"
REFUSED_BY_DATABASE = "数据库没有接受表中的内容，没有保存任何内容。请重新上传；仍然这样，请告诉管理员。"


def kinds_or_403(request: HttpRequest) -> list[type[Fact]]:
    """The kinds that whoever asks may upload; PermissionDenied where there is none."""
    kinds = kinds_for(request)
    if not kinds:
        raise PermissionDenied
    return kinds


def page(request: HttpRequest, template: str, title: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of the admin."""
    common = {**admin.site.each_context(request), "title": title}
    return render(request, f"office/uploads/{template}.html", common | context, status=status)


def start(request: HttpRequest, form: UploadForm, template_form: TemplateForm, status: int = 200) -> HttpResponse:
    """What to download and what to upload."""
    return page(request, "start", "用工作簿录入或更正", status, form=form, template_form=template_form)


def upload(request: HttpRequest) -> HttpResponse:
    """Ask for a file; read it, and lead to what it would do."""
    kinds = kinds_or_403(request)
    initial = {name: request.GET[name] for name in ("kind", "period") if name in request.GET}
    form = UploadForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return start(request, form, TemplateForm(kinds=kinds, initial=initial))
    with transaction.atomic():
        StoredUpload.objects.make_room(request.user)
        stored = form.upload(request.user)
        stored.save()
    return redirect("uploads:show", stored.key)


def template(request: HttpRequest) -> HttpResponse:
    """A workbook to fill in."""
    kinds = kinds_or_403(request)
    form = TemplateForm(request.GET, kinds=kinds)
    if not form.is_valid():
        return start(request, UploadForm(), form, 400)
    wanted = form.wanted()
    return FileResponse(template_file(**wanted), as_attachment=True, filename=template_name(**wanted))


def show(request: HttpRequest, key: UUID) -> HttpResponse:
    """What an upload would do, or what became of it, only to whom it belongs; to save it or to drop it."""
    kinds = kinds_or_403(request)
    uploads = StoredUpload.objects.waiting().select_related("period").filter(user=request.user, key=key)
    if request.method != "POST":
        return answer(request, uploads.first(), kinds)
    try:
        with transaction.atomic():
            return answer(request, locked(uploads), kinds)
    except IntegrityError:
        messages.error(request, REFUSED_BY_DATABASE)
        return redirect("uploads:show", key)


def answer(request: HttpRequest, found: StoredUpload | None, kinds: list[type[Fact]]) -> HttpResponse:
    """The same for an upload that was found, or was not."""
    if found is None:
        return page(request, "gone", "这次上传已不在", 404)
    if found.saved:
        return saved(request, found)
    if request.POST.get("action") == "cancel":
        found.delete()
        return redirect("uploads:upload")
    newest = Change.objects.newest_number()  # before the check: what comes in between is noticed
    checked = check(found, kinds)
    form = SaveForm(request.POST or None, upload=found, found=checked, initial={SEEN: newest})
    is_valid = form.is_valid()
    if form.is_bound and (others := changed_meanwhile(found, form.cleaned_data.get(SEEN) or 0)):
        messages.error(request, CHANGED_MEANWHILE.format("、".join(others)))
    elif not (is_valid and checked.can_be_saved):
        return preview(request, found, checked, form)
    else:
        save_upload(found, checked, form.answers)
    return redirect("uploads:show", found.key)


def preview(request: HttpRequest, found: StoredUpload, checked: Check, form: SaveForm) -> HttpResponse:
    """What an upload would do, row by row, and the question why; of unchanged rows only those with something to say."""
    checked.note_doubts()
    rows = {outcome: [row for row in checked.rows if row.outcome == outcome] for outcome in Outcome}
    shown = {
        "upload": found,
        "checked": checked,
        "form": form,
        "rows": rows | {Outcome.UNCHANGED: [row for row in rows[Outcome.UNCHANGED] if row.kept]},
        "doubtful": sum(bool(row.doubts) for row in checked.rows),
        "counts": {outcome: len(of_outcome) for outcome, of_outcome in rows.items()},
    }
    return page(request, "preview", f"核对“{found.name}”", **shown)


def saved(request: HttpRequest, found: StoredUpload) -> HttpResponse:
    """What was saved, and where to look at it."""
    kinds = map(kind_named, found.saved["kinds"])
    lists = [(kind._meta.verbose_name, list_in_admin(kind, found.period)) for kind in kinds]
    return page(request, "saved", f"已保存“{found.name}”", upload=found, lists=lists)
