"""What kind of program asks: a person's browser or a bot."""

from __future__ import annotations

import re
from functools import lru_cache

from crawleruseragents import is_crawler
from django.http import HttpRequest

MAX_AGENT = 400  # characters of a user agent that are looked at
_BROWSER = re.compile(r"Mozilla/|Opera/|Lynx|Links|w3m|Dillo|NetFront", re.IGNORECASE)


def agent_of(request: HttpRequest) -> str:
    """The user agent of a request, cut to a sane length."""
    return request.headers.get("User-Agent", "")[:MAX_AGENT]


def is_browser(agent: str) -> bool:
    """Whether a user agent claims to be a browser."""
    return bool(_BROWSER.search(agent))


@lru_cache(maxsize=4096)
def is_bot(agent: str) -> bool:
    """Whether a user agent is that of a program rather than of somebody's browser.

    By the maintained list crawler-user-agents; besides, whatever does not even claim to be a browser.
    """
    return not is_browser(agent) or is_crawler(agent)
