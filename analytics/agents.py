"""What kind of program asks: a person's browser or a bot, and on what device."""

from __future__ import annotations

import re
from functools import lru_cache

from crawleruseragents import is_crawler
from django.http import HttpRequest

from analytics.enums import Device

MAX_AGENT = 400  # characters of a user agent that are looked at
_TABLET = re.compile(r"iPad|Tablet|Kindle|Silk/|PlayBook|Android(?!.*Mobile)", re.IGNORECASE)
_PHONE = re.compile(r"Mobi|iPhone|iPod|Android|Opera Mini|UCBrowser|J2ME|Windows Phone", re.IGNORECASE)
_BROWSER = re.compile(r"Mozilla/|Opera/|Lynx|Links|w3m|Dillo|NetFront", re.IGNORECASE)


def agent_of(request: HttpRequest) -> str:
    """The user agent of a request, cut to a sane length."""
    return request.headers.get("User-Agent", "")[:MAX_AGENT]


@lru_cache(maxsize=4096)
def is_bot(agent: str) -> bool:
    """Whether a user agent is that of a program rather than of somebody's browser.

    By the maintained list crawler-user-agents; besides, whatever does not even claim to be a browser.
    """
    return not _BROWSER.search(agent) or is_crawler(agent)


@lru_cache(maxsize=4096)
def device_of(agent: str) -> Device:
    """The kind of device that a browser claims to run on."""
    if _TABLET.search(agent):
        return Device.TABLET
    if _PHONE.search(agent):
        return Device.PHONE
    return Device.COMPUTER if _BROWSER.search(agent) else Device.UNKNOWN
