"""What readers of pages and files see."""

import csv
import io
import json
import re
from collections.abc import Iterator

from django.urls import URLPattern, get_resolver, reverse

from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.models import fact_kinds

SOURCE = "/sources/xinyi-review-2021/"
ARGUMENTS = {
    "service": [Service.LITERACY.value],
    "source": ["xinyi-review-2021"],
    "organisation": ["xinhua-daily"],
    "edition": ["2017-2021", 1],
    "edition_file": ["2017-2021", 1, "pdf"],
}


def page(client, path: str, **question) -> str:
    """A page that is there."""
    answer = client.get(path, question)
    assert answer.status_code == 200, path
    return answer.content.decode()


def text(client, path: str, **question) -> str:
    """A file that is there."""
    answer = client.get(path, question)
    assert answer.status_code == 200, path
    return answer.getvalue().decode()


def rows(client, path: str, **question) -> list[dict]:
    """The rows of a CSV file."""
    content = text(client, path, **question)
    assert content.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"))))


def records(client, path: str, **question) -> list[dict]:
    """The records of a JSON file."""
    return json.loads(text(client, path, **question))


def table(client, path: str, **question) -> list[list[str]]:
    """The words in the cells of the table on a page, row by row."""
    return cells(page(client, path, **question))


def cells(shown: str) -> list[list[str]]:
    """The words in the cells of the table of a page."""
    body = shown.split("<tbody>")[1].split("</tbody>")[0]
    return [[words(cell) for cell in re.findall(r"<td.*?</td>", row, re.S)] for row in body.split("</tr>")[:-1]]


def column(client, path: str, label: str, **question) -> list[str]:
    """The words in one column of the table on a page, from top to bottom."""
    shown = page(client, path, **question)
    heads = re.findall(r"<th scope=\"col\".*?</th>", shown, re.S)
    number = [words(head) for head in heads].index(label)
    return [row[number] for row in cells(shown) if len(row) > 1]


def words(html: str) -> str:
    """What is read of a piece of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def public_names(resolver=None, namespace: str = "") -> Iterator[str]:
    """The names of all public addresses."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        elif not str(pattern.pattern).startswith("admin/"):
            yield from public_names(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)


def address(name: str) -> str:
    """A public address that has something to show where its kind has a fact."""
    kinds = {f"{kind._meta.app_label}:{kind.noun()}": kind for kind in fact_kinds()}
    if name not in kinds:
        return reverse(name, args=ARGUMENTS.get(name, []))
    fact = kinds[name].objects.first()
    return fact.get_absolute_url() if fact else kinds[name].list_url()
