"""Colours that can be read: contrast as WCAG 2 counts it, and the nearest shade that has enough of it."""

from __future__ import annotations

import colorsys
import re

LEAST_CONTRAST = 4.5
"""Of text against its ground (WCAG 2.2, 1.4.3)."""

_HEX = re.compile("[0-9a-f]{6}")
_SHORT = re.compile("[0-9a-f]{3}")
_STEPS = 255


def read_hex(text: str) -> str | None:
    """Six small hexadecimal digits of a typed colour ("#8B1A1A", "f00"), or None for what is none."""
    plain = text.strip().lower().removeprefix("#")
    if _SHORT.fullmatch(plain):
        plain = "".join(digit * 2 for digit in plain)
    return plain if _HEX.fullmatch(plain) else None


def _parts(colour: str) -> tuple[float, float, float]:
    """Red, green and blue from 0 to 1."""
    red, green, blue = (int(colour[index : index + 2], 16) / 255 for index in (0, 2, 4))
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance of six hexadecimal digits, 0 (black) to 1 (white); the formula is that of WCAG 2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast of two colours, from 1 (the same) to 21 (black on white)."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def shade(colour: str, change: float) -> str:
    """The same hue and saturation, lighter (`change` up to 1) or darker (down to -1)."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    parts = colorsys.hls_to_rgb(hue, max(0.0, min(1.0, lightness + change)), saturation)
    return "".join(f"{round(part * 255):02x}" for part in parts)


def readable_on(ground: str, colour: str, least: float = LEAST_CONTRAST) -> str:
    """The shade nearest to `colour` that stands out from `ground`: the colour itself, or one of the same hue, darker
    on a light ground and lighter on a dark one."""
    direction = -1 if luminance(ground) > 0.18 else 1
    for step in range(_STEPS + 1):
        candidate = colour if step == 0 else shade(colour, direction * step / _STEPS)
        if contrast(candidate, ground) >= least:
            return candidate
    return "000000" if direction < 0 else "ffffff"
