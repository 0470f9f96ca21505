"""The site is read-only: this rule stands in front of every view but the admin's, and the database keeps it too."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

READING = ("GET", "HEAD")
# How a database is told to refuse every write of this connection, and to take them again.
READ_ONLY = {
    "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
    "postgresql": ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off"),
}


class ReadOnlyMiddleware:
    """Answer nothing but GET and HEAD outside the admin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.admin_path = reverse("admin:index")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(self.admin_path):
            answer = self.get_response(request)
        elif request.method in READING:
            with refused_writes():
                answer = self.get_response(request)
        else:
            answer = render(request, "405.html", status=405)
            answer["Allow"] = ", ".join(READING)
        return without_body(answer) if request.method == "HEAD" else answer


@contextmanager
def refused_writes() -> Iterator[None]:
    """Inside, the database itself refuses to write, whatever a view asks of it."""
    on, off = READ_ONLY[connection.vendor]
    connection.ensure_connection()
    connection.connection.execute(on)
    try:
        yield
    finally:
        if connection.connection is not None:
            connection.connection.execute(off)


def without_body(response: HttpResponseBase) -> HttpResponseBase:
    """The answer to HEAD: what GET would say of itself, and nothing of it, which a server would have to throw away."""
    if response.streaming:
        response.streaming_content = ()
    else:
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
    return response
