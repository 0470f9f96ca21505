"""What a page says that failed, and what the terminal says of it."""

import logging
import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from xinyi_sat.facts.files import disk_trouble


def failed(request: HttpRequest) -> HttpResponse:
    """The answer to what nobody foresaw; where somebody else was saving or the disk refused, why, and the form again."""
    error = sys.exc_info()[1]
    is_busy = isinstance(error, OperationalError) and "database is locked" in str(error)
    trouble = disk_trouble(error)
    said = {"is_busy": is_busy, "trouble": trouble, "was_sent": request.method == "POST"}
    if (is_busy or trouble) and (fields := typed(request)):
        said |= {"fields": fields, "path": request.get_full_path(), "csrf_token": get_token(request)}
    # Without the context of other pages, which ask the database.
    answer = HttpResponse(render_to_string("500.html", said), status=503 if is_busy or trouble else 500)
    add_never_cache_headers(answer)
    return answer


def done_but_unsaid(trouble: str) -> HttpResponse:
    """The answer where all was done and the disk then refused what the session was to keep of it: what was to be said."""
    answer = HttpResponse(render_to_string("500.html", {"trouble": trouble, "was_done": True}), status=503)
    add_never_cache_headers(answer)
    return answer


def typed(request: HttpRequest) -> list[tuple[str, list[str]]]:
    """The fields of a form that is known to come from this site, to be sent again; none of one with a file or a password."""
    if not getattr(request, "csrf_processing_done", False) or request.FILES:
        return []
    fields = [(name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"]
    return [] if any("password" in name for name, _ in fields) else fields


class InShort(logging.Filter):
    """What the disk refuses is said at the terminal in a line: where the program stood tells nobody how to mend it."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if reason := disk_trouble(error):
            record.msg, record.args = f"{record.getMessage()}：{reason}（{error}）", ()
            record.exc_info = record.exc_text = None
        return True
