"""Kinds of places that visitors come from."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from analytics.enums import Referrer

_SEARCH_ENGINES = (
    "google",
    "bing",
    "yahoo",
    "duckduckgo",
    "yandex",
    "ecosia",
    "baidu",
    "startpage",
    "brave",
    "qwant",
)
_SOCIAL = (
    *(
        "facebook",
        "fb",
        "instagram",
        "threads",
        "twitter",
        "t.co",
        "x",
        "tiktok",
        "youtube",
        "youtu",
        "linkedin",
    ),
    *("lnkd", "whatsapp", "wa", "telegram", "t.me", "line", "reddit", "pinterest", "bsky"),
)

_SECOND_LEVEL = ("co", "com", "go", "or", "ac", "net")  # below a country: google.co.id, yahoo.com.sg


@lru_cache(maxsize=4096)
def referrer_kind(address: str, own_host: str) -> Referrer:
    """What kind of place an address (URL or origin) is for a site on ``own_host`` (with or without port)."""
    try:
        host = (urlsplit(address).hostname or "").lower()
    except ValueError:
        return Referrer.UNKNOWN
    if not host:
        return Referrer.UNKNOWN if address else Referrer.DIRECT
    if host == own_host.rsplit(":", 1)[0].lower():
        return Referrer.THIS_SITE
    for names, kind in ((_SEARCH_ENGINES, Referrer.SEARCH_ENGINE), (_SOCIAL, Referrer.SOCIAL)):
        if any(_is_of(host, name) for name in names):
            return kind
    return Referrer.OTHER_SITE


def _is_of(host: str, name: str) -> bool:
    """Whether a host belongs to a name: www.google.co.id to "google", t.co to "t.co" alone."""
    if "." in name:
        return host == name or host.endswith(f".{name}")
    labels = host.split(".")
    if len(labels) > 2 and labels[-2] in _SECOND_LEVEL:
        del labels[-1]
    return len(labels) > 1 and labels[-2] == name
