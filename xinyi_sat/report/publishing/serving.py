"""Serving stored files: unchanged ones by a word, parts of them where a part is asked for."""

import re

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, quote_etag

from xinyi_sat.report.choices import FileFormat
from xinyi_sat.report.models import PublishedFile
from xinyi_sat.report.models.digests import sha256_of

RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


def stored_file(request: HttpRequest, file: PublishedFile, content_type: str) -> HttpResponse | None:
    """A stored file, or the range of it that is asked for; None where the storage has lost or damaged it."""
    content = stored_content(file)
    if content is None:
        return None
    etag, made_at = quote_etag(file.sha256), int(file.made_at.timestamp())
    answer = get_conditional_response(request, etag=etag, last_modified=made_at)
    answer = answer or whole_or_part(content, asked_range(request, file), content_type)
    answer["Accept-Ranges"], answer["ETag"], answer["Last-Modified"] = "bytes", etag, http_date(made_at)
    answer["Cache-Control"] = "no-cache"  # keep it, and ask each time whether it is still the one
    as_attachment = file.file_format != FileFormat.PDF
    answer["Content-Disposition"] = content_disposition_header(as_attachment=as_attachment, filename=file.name)
    return answer


def stored_content(file: PublishedFile) -> bytes | None:
    """The bytes of a file; None where they are not those that were stored."""
    try:
        with default_storage.open(file.content.name) as stored:
            content = stored.read()
    except FileNotFoundError:
        return None
    return content if sha256_of(content) == file.sha256 else None


def whole_or_part(content: bytes, part: range | None, content_type: str) -> HttpResponse:
    """The answer with all of a file, or with a part; 416 for one beyond its end."""
    if part is None:
        return HttpResponse(content, content_type=content_type, headers={"Content-Length": str(len(content))})
    if not part:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
    headers = {
        "Content-Range": f"bytes {part[0]}-{part[-1]}/{len(content)}",
        "Content-Length": str(len(part)),
    }
    return HttpResponse(content[part.start : part.stop], status=206, content_type=content_type, headers=headers)


def asked_range(request: HttpRequest, file: PublishedFile) -> range | None:
    """The bytes that are asked for, none of them beyond the end; None where the whole file is, also by several ranges at once."""
    known = (quote_etag(file.sha256), http_date(int(file.made_at.timestamp())))
    match = RANGE.fullmatch(request.headers.get("Range", ""))
    if not match or match.group() == "bytes=-" or request.headers.get("If-Range", known[0]) not in known:
        return None
    first, last = match.groups()
    if not first:
        return range(max(file.size - int(last), 0), file.size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, file.size) if last else file.size)
