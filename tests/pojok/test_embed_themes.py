"""Whatever colour another site asks for, parts can be read."""

import re
from itertools import product

import pytest

from pojok.embeds.colours import contrast, luminance, read_hex, readable_on, shade
from pojok.embeds.themes import default_colour, shades, stylesheet

GRID = ["".join(parts) for parts in product(("00", "33", "80", "cc", "ff"), repeat=3)]
BLOCK = re.compile(r"^(:root|\.gelap|@media[^{]*\{\.ikut)\{(--[^}]*)\}", re.MULTILINE)


def schemes(css: str) -> dict[str, dict[str, str]]:
    """The tokens of each scheme as the stylesheet sets them."""
    found = {
        name.rpartition("{")[2]: dict(re.findall(r"--([\w-]+):#([0-9a-f]{6})", body))
        for name, body in BLOCK.findall(css)
    }
    light = found[":root"]
    return {"light": light, "dark": light | found[".gelap"], "follows": light | found[".ikut"]}


@pytest.mark.parametrize("colour", GRID)
def test_text_and_buttons_keep_their_contrast(colour):
    for scheme in schemes(stylesheet(colour)).values():
        for ground in ("paper", "wash"):
            assert contrast(scheme["accent-ink"], scheme[ground]) >= 4.5
        for button in ("accent", "accent-hover"):
            assert contrast(scheme["on-accent"], scheme[button]) >= 4.5
        assert contrast(scheme["ink"], scheme["warn-wash"]) >= 4.5
        assert contrast(scheme["ink"], scheme["bad-wash"]) >= 4.5
        assert contrast(scheme["ink-2"], scheme["wash"]) >= 4.5


def test_dark_is_the_same_whether_asked_for_or_followed():
    found = schemes(stylesheet("1f4e8c"))
    assert found["dark"] == found["follows"]
    assert luminance(found["dark"]["paper"]) < 0.05 < luminance(found["light"]["paper"])


def test_a_readable_colour_stays_and_another_moves_no_further_than_it_must():
    assert shades("1f4e8c")[0] == "1f4e8c"
    assert shades("ffcc00")[1] == "ffcc00"
    darker = shades("ffcc00")[0]
    assert contrast(darker, "faf7f3") >= 4.5 > contrast(shade(darker, 2 / 255), "faf7f3")
    assert readable_on("000000", "000000") != "000000"
    assert readable_on("ffffff", "ffffff") != "ffffff"


@pytest.mark.parametrize(
    ("typed", "colour"),
    [
        ("#8B1A1A", "8b1a1a"),
        (" f00 ", "ff0000"),
        ("8b1a1", None),
        ("red", None),
        ("", None),
        ("٣٣٣٣٣٣", None),
    ],
)
def test_typed_colours(typed, colour):
    assert read_hex(typed) == colour


def test_stylesheet_is_kept_for_ever(client):
    response = client.get(f"/pojok/embed/warna/{default_colour()}.css")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Type"].startswith("text/css")
    assert not response.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["FFCC00", "ffcc0", "ffcc00;}", "..%2f..", "zzzzzz"])
def test_stylesheets_of_no_colour_are_not_there(client, name):
    assert client.get(f"/pojok/embed/warna/{name}.css").status_code == 404
