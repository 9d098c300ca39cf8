"""On what device a person's browser runs."""

from __future__ import annotations

import re
from functools import lru_cache

from analytics.enums import Device
from common.agents import is_browser

_TABLET = re.compile(r"iPad|Tablet|Kindle|Silk/|PlayBook|Android(?!.*Mobile)", re.IGNORECASE)
_PHONE = re.compile(r"Mobi|iPhone|iPod|Android|Opera Mini|UCBrowser|J2ME|Windows Phone", re.IGNORECASE)


@lru_cache(maxsize=4096)
def device_of(agent: str) -> Device:
    """The kind of device that a browser claims to run on."""
    if _TABLET.search(agent):
        return Device.TABLET
    if _PHONE.search(agent):
        return Device.PHONE
    return Device.COMPUTER if is_browser(agent) else Device.UNKNOWN
