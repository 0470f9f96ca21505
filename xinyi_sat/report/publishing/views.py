"""The files of a period, at their addresses."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.generic import View

from xinyi_sat.pages.period_choice import period_choice, single_value
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.publishing.offers import offered_files
from xinyi_sat.report.publishing.serving import stored_file
from xinyi_sat.report.scope import EmptyScopeError, Scope, UnknownPartError, narrowed

LOOK_AGAIN = 10  # seconds
NOT_QUEUED = "后台没有正在生成它的任务。请管理员在后台“公开的文件”中点“重新编制”，或者重新启动网站。"


def asked_scope(request: HttpRequest) -> Scope:
    """What the address asks for; Http404 for a period that no reader may see, UnknownPartError for other names that nothing has."""
    period = period_choice(request, offers_all=False).period
    if period is None:
        raise Http404
    return narrowed(period, single_value(request, "service"), single_value(request, "kind"))


class ReportFileView(View):
    """The report of a period as it was stored last: the PDF to read in the browser, the others to save."""

    file_format = "pdf"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The file, or a page that says why there is none; where a part is asked for, on to the page of that part."""
        try:
            scope = asked_scope(request)
        except UnknownPartError as error:
            return render(request, "400.html", {"reason": error}, status=400)
        if scope.parts:
            return redirect(scope)
        file = scope.period.files.filter(file_format=self.file_format).first()
        answer = file and stored_file(request, file, FORMATS[self.file_format].content_type)
        return answer or self.missing(request, scope)

    def missing(self, request: HttpRequest, scope: Scope) -> HttpResponse:
        """A page that says that the file is being made, why it could not be made, or that there is nothing to make it of."""
        try:
            scope.refuse_empty()
        except EmptyScopeError as error:
            return render(request, "report/empty.html", {"reason": error}, status=404)
        label, offered = FORMATS[self.file_format].label, offered_files(scope.period)
        reason = "" if offered.is_under_way else "".join(offered.reasons) or NOT_QUEUED
        shown = {"period": scope.period, "label": label, "reason": reason, "seconds": LOOK_AGAIN}
        headers = {"Retry-After": str(LOOK_AGAIN), "Cache-Control": "no-store"}
        return HttpResponse(render_to_string("report/not_made.html", shown, request), status=503, headers=headers)
