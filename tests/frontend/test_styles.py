"""Tokens are the only raw values, every text stands out from its ground, and the page stays light."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
# What the public gets; the admin has a stylesheet of its own.
SHEETS = [
    STATIC / "css" / name
    for name in re.findall(r'"css/([\w-]+\.css)"', (ROOT / "templates" / "base.html").read_text())
]
TOKENS = (STATIC / "css" / "tokens.css").read_text()
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")

# (text, ground): 4.5:1 for text, and 3:1 for the edges of controls (WCAG 1.4.3, 1.4.11).
TEXT_PAIRS = [
    *[(text, ground) for text in ("ink", "ink-2", "accent-ink") for ground in ("paper", "wash")],
    ("accent-ink", "accent-wash"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("mark-ink", "mark"),
    *[(kind, f"{kind}-wash") for kind in ("ok", "warn", "bad", "info")],
    *[("ink", f"{kind}-wash") for kind in ("ok", "warn", "bad", "info")],
    *[("accent-ink", f"{kind}-wash") for kind in ("ok", "warn", "bad", "info")],
    ("bad", "paper"),
    ("ok", "paper"),
    *[(text, ground) for text in ("deep-ink", "deep-ink-2", "deep-mark") for ground in ("deep", "deep-card")],
    ("ink-2", "line"),
]
EDGE_PAIRS = [
    ("ink", "paper"),
    ("line-strong", "paper"),
    ("accent-ink", "paper"),
    ("bad", "paper"),
    ("info", "paper"),
]


def _scheme(name: str) -> dict[str, str]:
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", TOKENS.split("@media")[0]))
    if name == "light":
        return light
    dark = next(part for part in TOKENS.split("@media") if "prefers-color-scheme: dark" in part)
    return light | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))


def _contrast(first: str, second: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(scheme):
    colours = _scheme(scheme)
    weak = [
        f"{text} on {ground}: {ratio:.2f}"
        for pairs, least in ((TEXT_PAIRS, 4.5), (EDGE_PAIRS, 3.0))
        for text, ground in pairs
        if (ratio := _contrast(colours[text], colours[ground])) < least
    ]
    assert not weak


def test_colours_stand_in_the_tokens_only():
    found = {
        sheet.name: HEX.findall(sheet.read_text()) + re.findall(r"\b(?:rgb|hsl)a?\(", sheet.read_text())
        for sheet in SHEETS
        if sheet.name != "tokens.css"
    }
    assert not {name: values for name, values in found.items() if values}


def test_every_token_that_is_used_exists_and_every_one_that_exists_is_used():
    all_css = "".join(sheet.read_text() for sheet in SHEETS)
    defined = set(re.findall(r"^\s*--([\w-]+):", TOKENS, re.MULTILINE))
    used = set(re.findall(r"var\(--([\w-]+)", all_css))
    assert used - defined == set()
    assert defined - used == {"deep-card", "deep-mark"}  # the kiosk's, part of the palette


def test_weight_of_styles_script_and_typeface():
    font = STATIC / "fonts" / "plus-jakarta-sans-latin.woff2"
    assert sum(sheet.stat().st_size for sheet in SHEETS) < 35_000
    assert (STATIC / "js" / "site.js").stat().st_size < 4_000
    assert font.stat().st_size < 25_000
    assert "SIL OPEN FONT LICENSE" in (font.parent / "OFL.txt").read_text().upper()
