"""The colours of a part on another site, as a stylesheet at an address of its own: the policy allows no other style.

What the other site may choose is one colour. Everything else comes from static/css/tokens.css, and the colour is
darkened or lightened until it can be read on the ground of either scheme.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache

from django.conf import settings
from django.urls import reverse

from pojok.embeds.colours import readable_on, shade

_TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")
_USED = re.compile(r"var\(--([\w-]+)\)")
_HOVER = 0.09
#: Tokens that follow from the chosen colour.
_OWN = ("accent", "accent-hover", "on-accent", "accent-ink")


@cache
def _tokens() -> tuple[dict[str, str], dict[str, str]]:
    """The tokens of the light scheme that parts use, and those that the dark one sets otherwise."""
    css = settings.BASE_DIR / "static" / "css"
    used = set(_USED.findall((css / "embed.css").read_text()))
    root, *queries = (css / "tokens.css").read_text().split("@media")
    dark = next(query for query in queries if "prefers-color-scheme: dark" in query)
    light, dark_only = (
        {name: value.strip() for name, value in _TOKEN.findall(part)} for part in (root, dark)
    )
    return (
        {name: value for name, value in light.items() if name in used or name in ("paper", "wash", "accent")},
        {name: value for name, value in dark_only.items() if name in used or name in ("paper", "wash")},
    )


def default_colour() -> str:
    """The site's own accent (six hexadecimal digits)."""
    return _tokens()[0]["accent"].removeprefix("#")


def shades(colour: str) -> tuple[str, str]:
    """What a chosen colour becomes on the light and on the dark ground: each can be read there, on paper and wash."""
    light, dark = _tokens()
    return tuple(
        readable_on(scheme["wash"].removeprefix("#"), colour) for scheme in (light, dark)
    )  # paper is whiter than the light wash and blacker than the dark one, so it is readable there too


def _own(ink: str, on_accent: str, hover: str) -> dict[str, str]:
    return dict(zip(_OWN, (f"#{ink}", f"#{hover}", on_accent, f"#{ink}"), strict=True))


def _block(tokens: dict[str, str]) -> str:
    return "{" + "".join(f"--{name}:{value};" for name, value in tokens.items()) + "}"


def stylesheet(colour: str) -> str:
    """CSS that sets every token a part uses: light, dark (`.gelap`), or as the reader's device says (`.ikut`)."""
    light, dark = _tokens()
    on_light, on_dark = shades(colour)
    light = {**light, **_own(on_light, light["paper"], shade(on_light, -_HOVER))}
    dark = {**dark, **_own(on_dark, dark["paper"], shade(on_dark, _HOVER))}
    return (
        f":root{_block(light)}\n.terang{{color-scheme:light}}\n.gelap{{color-scheme:dark}}\n.gelap{_block(dark)}\n"
        f".ikut{{color-scheme:light dark}}\n@media (prefers-color-scheme:dark){{.ikut{_block(dark)}}}\n"
    )


@cache
def version() -> str:
    """Changes when the tokens or the rule change: the address of a stylesheet holds for ever."""
    return hashlib.sha256(stylesheet(default_colour()).encode()).hexdigest()[:8]


def stylesheet_path(colour: str) -> str:
    """The address of a colour's stylesheet; "" stands for the site's own."""
    return f"{reverse('pojok:embed-colour', args=[colour or default_colour()])}?v={version()}"
