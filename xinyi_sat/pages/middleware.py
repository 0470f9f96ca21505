"""The site is read-only: this rule stands in front of every view but the admin's."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

READING = ("GET", "HEAD")


class ReadOnlyMiddleware:
    """Answer nothing but GET and HEAD outside the admin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.admin_path = reverse("admin:index")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "HEAD":
            return without_body(self.get_response(request))
        if request.method in READING or request.path.startswith(self.admin_path):
            return self.get_response(request)
        response = render(request, "405.html", status=405)
        response["Allow"] = ", ".join(READING)
        return response


def without_body(response: HttpResponseBase) -> HttpResponseBase:
    """The answer to HEAD: what GET would say of itself, and nothing of it, which a server would have to throw away."""
    if response.streaming:
        response.streaming_content = ()
    else:
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
    return response
