"""What is pasted into another site: the frame, and the script that lets it grow."""

from __future__ import annotations

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pojok.embeds import options
from pojok.embeds.options import Embed

DEFAULT_WIDTH = 640  # px, for programs that ask for a number
_SCALE = {"kecil": 0.9, "biasa": 1.0, "besar": 1.2}


def height_of(embed: Embed) -> int:
    """About how tall (px) the part is where nothing tells its frame; what does not fit is scrolled."""
    heights = {
        options.LATEST: 150 + 76 * embed.jumlah,
        options.SEARCH: 220,
        options.FIGURES: 110 + 135 * ((len(embed.angka) + 1) // 2),
        options.DOCUMENT: 680,
        options.CHART: 700,
    }
    return round(heights.get(embed.part, 320) * _SCALE[embed.huruf])


def frame(address: str, title: str, height: int, width: int | str = "100%") -> SafeString:
    """The iframe as HTML. Attributes only: a strict policy forbids inline styles. `address` is absolute."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" frameborder="0"></iframe>',
        address,
        title,
        width,
        height,
    )


def growing(origin: str) -> SafeString:
    """The script element that gives frames from `origin` (scheme and host) their height. Its address never changes."""
    return format_html('<script src="{}{}js/embed-host.js" async></script>', origin, settings.STATIC_URL)
