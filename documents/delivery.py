"""Sends a stored file over HTTP: by parts where asked, named, and unable to act as a page of this site.

From disk we send it ourselves. From a bucket the reader is sent on to the bucket, with a link that lives a minute and
that no cache, page, feed or API body ever holds; every visit starts here, where permission is asked.
"""

import re
from datetime import UTC, datetime
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.utils.http import http_date, parse_etags

from documents.extraction import kinds

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
# A player asks for parts as long as it plays, longer than a link lives; subtitles must come from the page's own site.
_ALWAYS_FROM_HERE = {kind.mime_type for kind in (kinds.VTT, *kinds.VIDEOS)}


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


def _may_be_sent_on(request: HttpRequest, mime_type: str) -> bool:
    """Tell whether this request may be led to the store.

    What a page embeds or fetches by script comes from here: its policy allows no other host. Programs that are no
    browser say nothing of this and follow a redirect.
    """
    if request.method != "GET" or mime_type in _ALWAYS_FROM_HERE:
        return False
    is_visit = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    return is_visit and request.headers.get("Sec-Fetch-Dest", "") in ("", "document", "empty")


def begins_a_download(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether this answer gives somebody a file from its beginning, or leads them to it."""
    if request.method != "GET":
        return False
    if response.status_code == 302:
        return request.headers.get("Range", "bytes=0-").startswith("bytes=0-")
    return response.status_code == 200 or response.get("Content-Range", "").startswith("bytes 0-")


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

    From a bucket, a visit is answered with a redirect to it; what a page embeds, HEAD and films we answer ourselves.
    Raises FileNotFoundError when the storage has lost the file, StoreAway when it cannot be reached. A public file
    must be asked for anew at each visit (it may be withdrawn at any moment); a private one is kept by nobody.
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

    storage = field_file.storage
    size = storage.stat(field_file.name)
    content_type = f"{mime_type}; charset=utf-8" if mime_type.startswith("text/") else mime_type
    if storage.redirects and _may_be_sent_on(request, mime_type):
        kept = "private, no-cache" if is_public else "private, no-store"
        link = storage.link(field_file.name, content_type, headers["Content-Disposition"], kept)
        sent_on = {"ETag": etag, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
        if not is_public:
            sent_on["X-Robots-Tag"] = "noindex"
        return HttpResponse(status=302, headers={"Location": link, **sent_on})
    part = None
    header = request.headers.get("Range", "")
    if header and request.headers.get("If-Range", etag) == etag:
        try:
            part = _parse_range(header, size)
        except ValueError:
            return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    first, last = part or (0, size - 1)
    length = last - first + 1
    if request.method == "HEAD":
        response = HttpResponse(content_type=content_type)
    else:
        blocks = storage.read_part(field_file.name, first, length) if length else iter(())
        response = StreamingHttpResponse(blocks, content_type=content_type)
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
