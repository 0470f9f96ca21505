"""Reading the public site as somebody who follows every link."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlsplit

from django.http import HttpResponseBase
from django.test import Client

from tests.pdf import words_of_pdf

ENDLESS = {"sort", "page"}  # other orders of the same rows


def answers(client: Client, starts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The addresses of the site, from these on, and what each says; every one of them is there."""
    unread, read = {*starts}, set()
    while unread:
        path = unread.pop()
        read.add(path)
        answer = client.get(path)
        assert answer.status_code == 200, path
        words = words_in(answer)
        yield path, words
        if answer["Content-Type"].startswith("text/html"):
            unread |= set(links_in(words, path.split("?")[0])) - read


def words_in(answer: HttpResponseBase) -> str:
    """What an answer says; of files that are archives or printed, what is in them."""
    content = answer.getvalue()
    if content.startswith(b"%PDF"):
        return words_of_pdf(content)
    if content.startswith(b"PK"):
        packed = zipfile.ZipFile(io.BytesIO(content))
        return "".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())
    return content.decode()


def links_in(page: str, base: str) -> list[str]:
    """The addresses of this site that a page leads to; other orders and smaller parts of the same left out."""
    links = [urlsplit(piece.split('"')[0].replace("&amp;", "&")) for piece in page.split('href="')[1:]]
    asked = [(link.path or base, dict(parse_qsl(link.query))) for link in links if not link.netloc]
    found = []
    for path, question in asked:
        is_part = path.startswith("/organisations/") and question.get("period") != "all"
        is_narrow = is_part or question.keys() & {"service", "kind"}
        if not is_narrow and not path.startswith(("/admin/", "/static/")):
            query = "&".join(f"{name}={value}" for name, value in sorted(question.items()) if name not in ENDLESS)
            found.append(f"{path}?{query}")
    return found
