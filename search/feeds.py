"""Any search as a feed: what was made public last, as Atom 1.0 or RSS 2.0.

A feed is answered anew at every request from what is public at that moment, so what is withdrawn is gone from it at
once; a reader that asks with the ETag of what it has is told when nothing changed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from io import BytesIO
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import escape
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from wagtail.models import Page

from home.models import Office
from search.following import address, describe, newest_first, normalised
from search.service import search
from search.types import Hit, SearchQuery

SIZE = 30
MAX_AGE = 300  # seconds for which a reader's own program need not ask again
PARAM_FORMAT, DEFAULT_FORMAT = "format", "atom"
NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_NAMES = UUID(
    "5d1f0c7e-6a53-4b0e-9c0d-2f3a8f6f8a11"
)  # of feeds: an office's code and a search make one, for ever
#: What XML 1.0 cannot hold in any form.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Atom(Atom1Feed):
    """Atom whose date does not move while nothing changes."""

    def latest_post_date(self) -> dt.datetime:
        """Return when the newest entry changed; of an empty feed the beginning of time, not the present."""
        return super().latest_post_date() if self.items else NEVER


class _Rss(Rss201rev2Feed):
    """RSS whose date does not move while nothing changes."""

    def latest_post_date(self) -> dt.datetime:
        """Return when the newest entry changed; of an empty feed the beginning of time, not the present."""
        return super().latest_post_date() if self.items else NEVER


_FORMATS = {"atom": _Atom, "rss": _Rss}


@dataclass(frozen=True)
class _Life:
    """What a feed needs to know of a page beside the hit: its name for ever, and its dates."""

    unique_id: str
    published: dt.datetime
    updated: dt.datetime


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The latest of a search (the parameters of `/cari/`), or of the office when nothing is asked. Never fails."""
    office = Office.objects.for_request(request)
    kind = request.GET.get(PARAM_FORMAT, "")
    kind = kind if kind in _FORMATS else DEFAULT_FORMAT
    query = normalised(SearchQuery.from_params(request.GET, office=office))
    hits = search(newest_first(query, SIZE)).hits
    content, updated = _write(kind, query, office, hits, here=f"{request.scheme}://{request.get_host()}")
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type=_FORMATS[kind].content_type)
    # Last-Modified only tells: an entry that is withdrawn takes its date away with it, so whether a copy is still
    # right can be decided by the ETag alone.
    response["ETag"] = etag
    response["Last-Modified"] = http_date(updated.timestamp())
    response["Cache-Control"] = f"private, max-age={MAX_AGE}"
    return get_conditional_response(request, etag=etag, response=response)


def feed_url(query: SearchQuery, kind: str = DEFAULT_FORMAT) -> str:
    """Path of a search's feed."""
    asked = "" if kind == DEFAULT_FORMAT else f"{PARAM_FORMAT}={kind}"
    parameters = "&".join(filter(None, (normalised(query).querystring(), asked)))
    return reverse("search:feed") + (f"?{parameters}" if parameters else "")


def _write(
    kind: str, query: SearchQuery, office: Office | None, hits: tuple[Hit, ...], here: str
) -> tuple[bytes, dt.datetime]:
    """The feed as bytes, and when its newest entry changed."""
    name = f"e-PPID {office.name}" if office else "e-PPID"
    what = describe(query)
    written = _FORMATS[kind](
        title=_text(f"{what[0].upper()}{what[1:]} – {name}"),
        link=address(
            office, f"{reverse('search:results')}?{query.querystring()}" if not query.is_empty else "/", here
        ),
        description=_text(f"Yang terakhir diumumkan: {what}."),
        language="id",
        author_name=_text(name),
        feed_url=address(office, feed_url(query, kind), here),
        feed_guid=f"urn:uuid:{uuid5(_NAMES, f'{office.kode_wilayah if office else here}?{query.querystring()}')}",
        ttl=str(MAX_AGE // 60),
    )
    lives = _lives(hits)
    for hit in hits:
        life = lives.get(hit.page_id)
        if life is None:  # gone since the search was answered
            continue
        written.add_item(
            title=_text(hit.title),
            link=address(office, hit.url, here),
            description=escape(_text(hit.summary)),  # readers take it for HTML
            author_name=_text(hit.office or name),
            pubdate=life.published,
            updateddate=life.updated,
            unique_id=life.unique_id,
            unique_id_is_permalink=False,
            categories=[
                _text(label) for label in (hit.kategori_label, hit.klasifikasi_label, hit.jenis) if label
            ],
        )
    out = BytesIO()
    written.write(out, "utf-8")
    return out.getvalue(), written.latest_post_date()


def _lives(hits: tuple[Hit, ...]) -> dict[int, _Life]:
    rows = Page.objects.filter(pk__in=[hit.page_id for hit in hits]).values_list(
        "pk", "translation_key", "first_published_at", "last_published_at"
    )
    return {
        pk: _Life(f"urn:uuid:{key}", first or NEVER, max(first or NEVER, last or NEVER))
        for pk, key, first, last in rows
    }


def _text(text: str) -> str:
    """The text without what no XML can hold; markup is escaped by the writer."""
    return _NOT_XML.sub("", text)
