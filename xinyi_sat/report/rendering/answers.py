"""What somebody gets who asks for a file: the file, how far it is, or why there is none."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

from xinyi_sat.report.imprint import Imprint
from xinyi_sat.report.rendering.order import Order
from xinyi_sat.report.rendering.render import Failed, Queued, Ready, State
from xinyi_sat.report.rendering.shelf import mark_used
from xinyi_sat.report.rendering.waiting import waited_for

READER_WAITS = 1.5  # seconds; then a browser shows a page that looks again
PROGRAM_WAITS = 60  # seconds; a program without a browser would not know what to do with a page
LOOK_AGAIN = 2  # seconds
COME_AGAIN = 10  # seconds


def file_answer(request: HttpRequest, ask: Callable[[], Order], filename: str) -> HttpResponseBase:
    """The answer to who asks for a file of this name; `ask` orders it of the records as they are."""
    order = ask()
    if unchanged := get_conditional_response(request, etag=quote_etag(order.key)):
        return unchanged
    is_reader = "text/html" in request.headers.get("Accept", "")
    state = waited_for(order, ask, READER_WAITS if is_reader else PROGRAM_WAITS)
    match state:
        case Ready():
            return finished(state, filename)
        case Failed():
            return render(request, "report/unprintable.html", {"failure": state}, status=503)
    return in_between(request, order, state) if is_reader else busy(state)


def finished(state: Ready, filename: str) -> HttpResponse:
    """The file under its name, to be kept by browsers as long as the records are the same."""
    mark_used(state.order.key)
    disposition = content_disposition_header(as_attachment=state.order.is_saved, filename=filename)
    headers = {
        "Content-Disposition": disposition,
        "ETag": quote_etag(state.order.key),
        "Cache-Control": "no-cache",  # keep it, and ask each time whether it is still the one
    }
    return HttpResponse(state.content, content_type=state.order.format.content_type, headers=headers)


def in_between(request: HttpRequest, order: Order, state: State) -> HttpResponse:
    """A page that says how far the file is, and looks again by itself."""
    title = f"{Imprint(order.scope).title}，{order.format.label}"
    shown = {"state": state, "is_queued": isinstance(state, Queued), "title": title, "is_saved": order.is_saved}
    answer = render(request, "report/progress.html", shown, status=202)
    answer["Refresh"], answer["Cache-Control"] = str(LOOK_AGAIN), "no-store"
    return answer


def busy(state: State) -> HttpResponse:
    """What a program gets whose patience is at an end, or that finds too many others waiting."""
    answer = HttpResponse(f"{state}请稍后再取。\n", status=503, content_type="text/plain; charset=utf-8")
    answer["Retry-After"], answer["Cache-Control"] = str(COME_AGAIN), "no-store"
    return answer
