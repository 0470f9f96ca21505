"""The pages of an upload in the admin: what to upload, what it would do, how far it is, and what became of it."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from xinyi_sat.facts.editing.links import list_in_admin
from xinyi_sat.facts.jobs import process
from xinyi_sat.facts.jobs.kept import Kept
from xinyi_sat.facts.kinds import kind_named
from xinyi_sat.facts.models import Fact, Period
from xinyi_sat.facts.uploads.comparing import Outcome
from xinyi_sat.facts.uploads.forms import WORKBOOK, SaveForm, TemplateForm, UploadForm
from xinyi_sat.facts.uploads.rights import kinds_for
from xinyi_sat.facts.uploads.tasks import check_upload, save_upload
from xinyi_sat.facts.uploads.template import template_file, template_name

A_PAGE = 100
LOOK_AGAIN = "2"  # seconds


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
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    form = UploadForm(request.POST or None, request.FILES or None, kinds=kinds, length=length, initial=asked)
    if request.method == "POST" and form.is_valid():
        kept = Kept.keep(form.cleaned_data["file"], form.about(request.user.pk))
        process.start(kept, check_upload)
        return redirect("uploads:show", kept.key)
    return page(
        request, "start", "用工作簿录入或更正", form=form, template_form=TemplateForm(kinds=kinds, initial=asked)
    )


def template(request: HttpRequest) -> HttpResponse:
    """A workbook to fill in."""
    kinds = kinds_or_403(request)
    form = TemplateForm(request.GET, kinds=kinds)
    if not form.is_valid():
        return page(
            request, "start", "用工作簿录入或更正", 400, form=UploadForm(kinds=kinds, length=0), template_form=form
        )
    period, is_filled = form.cleaned_data["period"], form.cleaned_data["filled"]
    file = template_file(period, form.kinds_asked, is_filled=is_filled)
    return FileResponse(file, as_attachment=True, filename=template_name(period, form.kinds_asked, is_filled=is_filled))


def show(request: HttpRequest, key: UUID) -> HttpResponse:
    """What an upload would do, how far it is, or what became of it; only to whom it belongs."""
    kept = Kept.of(key, request.user.pk, WORKBOOK)
    if kept is None:
        return page(request, "gone", "这次上传已不在", 404)
    allowed = {kind.kind() for kind in kinds_or_403(request)}
    if not allowed.issuperset((kept.read("checked") or {"kinds": []})["kinds"]):
        raise PermissionDenied
    if request.method == "POST":
        return done(request, kept)
    return shown(request, kept)


def shown(request: HttpRequest, kept: Kept) -> HttpResponse:
    """An upload as it stands."""
    name = kept.read("about")["name"]
    if kept.is_worked_on:
        return working(request, kept, f"正在处理“{name}”")
    ended, checked = kept.read("ended") or {}, kept.read("checked")
    if "saved" in ended:
        period = Period.objects.get(pk=kept.read("about")["period"])
        kinds = [kind_named(kind) for kind in ended["saved"]["touched"]]
        lists = [(kind._meta.verbose_name, list_in_admin(kind, period)) for kind in kinds]
        return page(request, "saved", f"已保存“{name}”", saved=ended["saved"], lists=lists, period=period)
    if checked is None or (kept.read("asked") is not None and not ended):
        return page(request, "stopped", f"“{name}”没有处理完", was_saving=checked is not None)
    return preview(request, kept, checked, refused=ended.get("refused"))


def working(request: HttpRequest, kept: Kept, title: str, template: str = "working") -> HttpResponse:
    """How far the process is that works on an upload; the page looks again by itself."""
    answer = page(request, template, title, progress=kept.read("progress"))
    answer["Refresh"] = LOOK_AGAIN
    return answer


def preview(
    request: HttpRequest, kept: Kept, checked: dict, form: SaveForm | None = None, refused: str | None = None
) -> HttpResponse:
    """What an upload would do, row by row, and the question why."""
    about = kept.read("about")
    counts = [(outcome, checked["counts"][outcome]) for outcome in Outcome]
    there = [outcome for outcome, count in counts if count]
    outcome = next((one for one in there if one == request.GET.get("show")), there[0] if there else Outcome.REFUSED)
    pages = Paginator(range(checked["counts"][outcome]), A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "preview",
        f"核对“{about['name']}”",
        about=about,
        period=Period.objects.get(pk=about["period"]),
        checked=checked,
        counts=counts,
        outcome=outcome,
        page_obj=pages,
        rows=kept.rows(outcome, pages.object_list.start, A_PAGE),
        form=form or save_form(kept, checked),
        can_save=can_save(checked),
        refused=refused,
    )


def can_save(checked: dict) -> bool:
    """Whether there is something to save and nothing that can't be."""
    counts = checked["counts"]
    return (
        not checked["problems"] and not counts[Outcome.REFUSED] and bool(counts[Outcome.NEW] + counts[Outcome.CHANGED])
    )


def save_form(kept: Kept, checked: dict, data: Any = None) -> SaveForm:
    """The question why for an upload."""
    about = kept.read("about")
    return SaveForm(data, summary=checked, period=Period.objects.get(pk=about["period"]), name=about["name"])


def done(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Save an upload, look at it again, or drop it."""
    checked, action = kept.read("checked"), request.POST.get("action")
    if kept.is_worked_on:
        return redirect("uploads:show", kept.key)
    if action == "cancel":
        kept.drop()
        return redirect("uploads:upload")
    if action == "save" and checked and can_save(checked) and not kept.read("ended"):
        form = save_form(kept, checked, request.POST)
        if not form.is_valid():
            return preview(request, kept, checked, form)
        kept.write("asked", form.said())
        process.start(kept, save_upload)
    elif action == "check" and "saved" not in (kept.read("ended") or {}):
        kept.forget("checked", "asked", "ended", "progress")
        process.start(kept, check_upload)
    return redirect("uploads:show", kept.key)
