"""Sends a stored file over HTTP: by parts where asked, named, and unable to act as a page of this site."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.utils.http import http_date, parse_etags

from documents.extraction import kinds

_BLOCK = 1 << 16
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_INLINE = {kind.mime_type for kind in (kinds.PDF, kinds.PNG, kinds.JPEG, kinds.TXT, kinds.VTT, *kinds.VIDEOS)}
# A browser's own PDF viewer styles itself inside the document; nothing else may load or run.
_PDF_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'self'; frame-ancestors 'self'"
)
_MEDIA_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; frame-ancestors 'self'"
)
_POLICY = "default-src 'none'; sandbox; frame-ancestors 'self'"


def content_disposition(name: str, inline: bool) -> str:
    """Return the header that names a download, with an ASCII fallback and the real name (RFC 6266, RFC 8187)."""
    kind = "inline" if inline else "attachment"
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_").replace("\\", "_")
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _parse_range(header: str, size: int) -> tuple[int, int] | None:
    """Return (first, last) byte of a single range, None to send everything. Raises ValueError when it lies outside."""
    match = _RANGE.fullmatch(header.strip())
    if not match or match.group(1) == match.group(2) == "":
        return None  # several ranges or another unit: RFC 9110 lets a server ignore them
    first, last = match.groups()
    if first == "":
        length = int(last)
        if not length:
            raise ValueError
        return max(size - length, 0), size - 1
    start = int(first)
    end = min(int(last), size - 1) if last else size - 1
    if start >= size:
        raise ValueError
    return (start, end) if start <= end else None


def _blocks(handle: BinaryIO, first: int, length: int) -> Iterator[bytes]:
    with handle:
        handle.seek(first)
        while length > 0:
            block = handle.read(min(_BLOCK, length))
            if not block:
                return
            length -= len(block)
            yield block


def send_file(
    request: HttpRequest,
    field_file,
    *,
    name: str,
    mime_type: str,
    sha256: str,
    modified: datetime | None,
    is_public: bool,
) -> HttpResponse:
    """Answer with a stored file (a FieldFile of any storage), honouring Range, If-Range, If-None-Match and HEAD.

    Raises FileNotFoundError when the storage has lost the file. A public file must be asked for anew at each visit
    (it may be withdrawn at any moment); a private one is kept by nobody.
    """
    etag = f'"{sha256}"'
    headers = {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        "Content-Disposition": content_disposition(name, mime_type in _INLINE),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": _policy(mime_type),
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "public, no-cache" if is_public else "private, no-store",
    }
    if modified:
        headers["Last-Modified"] = http_date(modified.astimezone(UTC).timestamp())
    if not is_public:
        headers["X-Robots-Tag"] = "noindex"
    wanted = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" in wanted or etag in [tag.removeprefix("W/") for tag in wanted]:
        response: HttpResponse = HttpResponseNotModified()
        del headers["Content-Disposition"]
        for header, value in headers.items():
            response[header] = value
        return response

    size = field_file.size
    part = None
    header = request.headers.get("Range", "")
    if header and request.headers.get("If-Range", etag) == etag:
        try:
            part = _parse_range(header, size)
        except ValueError:
            return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    first, last = part or (0, size - 1)
    length = last - first + 1
    content_type = f"{mime_type}; charset=utf-8" if mime_type.startswith("text/") else mime_type
    if request.method == "HEAD":
        response = HttpResponse(content_type=content_type)
    else:
        handle = field_file.storage.open(field_file.name, "rb")
        response = StreamingHttpResponse(_blocks(handle, first, length), content_type=content_type)
    if part:
        response.status_code = 206
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(length)
    for header, value in headers.items():
        response[header] = value
    return response


def _policy(mime_type: str) -> str:
    if mime_type == kinds.PDF.mime_type:
        return _PDF_POLICY
    return _MEDIA_POLICY if mime_type in _INLINE else _POLICY
