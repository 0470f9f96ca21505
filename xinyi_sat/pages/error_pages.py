"""What readers see of an address that can't be answered."""

from django.contrib.sessions.exceptions import SessionInterrupted
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xinyi_sat.facts.error_pages import error_page, reason_of
from xinyi_sat.pages.period_choice import PeriodNotFoundError, SeveralValuesError


def refused_question(request: HttpRequest, form: BaseForm) -> HttpResponse:
    """The answer to a file's address with a question that can't be read: what was expected, in words."""
    return render(request, "400.html", {"form": form}, status=400)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to a request that can't be read; where it gives several values for one, which.

    Django counts among them a session that could not be kept when all was done.
    """
    is_sent = request.method == "POST"
    if is_sent and isinstance(exception, SessionInterrupted) and (reason := reason_of(exception)):
        return error_page({"reason": reason, "was_done": True}, 503)
    repeated = exception if isinstance(exception, SeveralValuesError) else None
    return render(request, "400.html", {"reason": repeated}, status=400)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to an address that leads nowhere; where it names a period that isn't there, which there are."""
    unknown = exception if isinstance(exception, PeriodNotFoundError) else None
    is_staff = getattr(request, "user", None) is not None and request.user.is_staff
    return render(request, "404.html", {"unknown": unknown, "is_staff": is_staff}, status=404)
