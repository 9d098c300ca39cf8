"""Charts as pictures, made on the server: SVG for the page, PNG to take along.

They are read without colour: rows of values differ by pattern or dash and by words, and the values stand beside the
marks or in the table beside the picture. No script, and nothing is fetched from elsewhere.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import pygal
import resvg_py
from django.conf import settings
from lxml import etree
from pygal.style import Style

from home.templatetags.eppid import angka

# pygal's hook for plugins of maps, which we have none of, lacks what importers ask every hook for since Python 3.4.
sys.meta_path[:] = [hook for hook in sys.meta_path if not isinstance(hook, pygal.PluginImportFixer)]

EMPTY = "Belum ada data untuk periode ini."
WIDE, NARROW = 860, 360  # units of the picture, about pixels on the screen
FONT_SIZE = 14
PNG_ZOOM = 2
#: More marks than this carry no written values: they would cover each other.
MOST_WRITTEN = 14
LONGEST_LABEL = 34  # characters
_HEIGHT, _EMPTY_HEIGHT, _LEGEND, _TITLE = 340, 150, 28, 40
_ROW, _BAR = 34, 25  # a lying bar alone and among others
FONT = Path(settings.BASE_DIR) / "static" / "fonts" / "plus-jakarta-sans-500.ttf"
_ID = "bagan"

# Ink, surfaces and marks on light and on dark paper; marks keep 3:1 against the paper (WCAG 1.4.11).
_LIGHT = {
    "ink": "#1d1b1a",
    "ink2": "#5a544e",
    "line": "#e4ded7",
    "marks": ("#8b1a1a", "#1f4e8c", "#7a4700", "#17633a", "#5a544e"),
}
_DARK = {
    "ink": "#f4efea",
    "ink2": "#c8beb5",
    "line": "#453a36",
    "marks": ("#f3a9a1", "#adcbf6", "#f1c987", "#93d8ae", "#c8beb5"),
}
_DASHES = ("", "9, 5", "2, 4", "12, 4, 2, 4", "5, 2")
#: What a mark is filled with: whole, strokes one way, dots, strokes the other way, a grid.
_PATTERNS = (
    "",
    '<path d="M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4" class="motif-stroke"/>',
    '<circle cx="2" cy="2" r="1.6" class="motif-dot"/><circle cx="6" cy="6" r="1.6" class="motif-dot"/>',
    '<path d="M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4" class="motif-stroke"/>',
    '<path d="M0,4 h8 M4,0 v8" class="motif-stroke"/>',
)


class Kind(Enum):
    """How values are drawn."""

    BARS = "bars"
    STACK = "stack"
    LINES = "lines"
    RANKING = "ranking"


@dataclass(frozen=True)
class Series:
    """One row of values, a value a label."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Chart:
    """What to draw. `title` is read out by programs; it stands beside the picture, not in it."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    kind: Kind = Kind.BARS

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see."""
        return not any(value for row in self.series for value in row.values)

    @property
    def summary(self) -> str:
        """What the picture shows, in a sentence or two (the text in its place)."""
        if self.is_empty:
            return f"{self.title}: belum ada data."
        highest = []
        for row in self.series:
            value, label = max(zip(row.values, self.labels, strict=True), key=lambda pair: pair[0])
            highest.append(f"{row.name.lower()} tertinggi {angka(value)} ({label})")
        return f"Bagan {self.title}: {'; '.join(highest)}. Angkanya ada pada tabel."


def svg(chart: Chart, *, is_narrow: bool = False) -> bytes:
    """The chart as an SVG picture; `is_narrow` for the width of a phone."""
    return _plot(chart, NARROW if is_narrow else WIDE).render()


def png(chart: Chart) -> bytes:
    """The chart as a PNG picture on white, twice the size of the SVG, with its title on top."""
    picture = _plot(chart, WIDE, with_title=True).render(is_unicode=True)
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=picture,
            background="#ffffff",
            zoom=PNG_ZOOM,
            skip_system_fonts=True,
            font_files=[str(FONT)],
            font_family="Plus Jakarta Sans",
            sans_serif_family="Plus Jakarta Sans",
        )
    )


def _plot(chart: Chart, width: int, with_title: bool = False) -> pygal.Graph:
    """The graph that pygal draws. On a narrow picture bars lie, so that their names have room."""
    kind, is_narrow, many = chart.kind, width == NARROW, len(chart.series) > 1
    lies = not chart.is_empty and (kind is Kind.RANKING or (is_narrow and kind is not Kind.LINES))
    classes = {
        Kind.BARS: pygal.HorizontalBar if lies else pygal.Bar,
        Kind.STACK: pygal.HorizontalStackedBar if lies else pygal.StackedBar,
        Kind.LINES: pygal.Line,
        Kind.RANKING: pygal.HorizontalBar,
    }
    bars = len(chart.labels) * (1 if kind is Kind.STACK else len(chart.series))
    height = _EMPTY_HEIGHT if chart.is_empty else bars * (_BAR if many else _ROW) + 60 if lies else _HEIGHT
    if many and not chart.is_empty:
        height += _LEGEND * (len(chart.series) if is_narrow else 1)
    many_labels = kind is Kind.LINES and len(chart.labels) > MOST_WRITTEN
    graph = (pygal.Bar if chart.is_empty else classes[kind])(
        width=width,
        height=height + (_TITLE if with_title else 0),
        explicit_size=True,
        style=_style(),
        css=["file://style.css", "file://graph.css", f"inline:{_sheet(len(chart.series), kind)}"],
        js=[],
        show_legend=many and not chart.is_empty,
        legend_at_bottom=True,
        legend_at_bottom_columns=1 if is_narrow else len(chart.series),
        legend_box_size=14,
        truncate_legend=-1,
        truncate_label=-1,
        print_values=kind in (Kind.BARS, Kind.RANKING) and (lies or bars <= MOST_WRITTEN),
        print_values_position="top",
        print_zeroes=False,
        value_formatter=lambda value: "" if value is None else angka(round(value, 1)),
        no_data_text=EMPTY,
        show_y_guides=not chart.is_empty,
        show_y_labels=not chart.is_empty,
        show_dots=kind is Kind.LINES and not many_labels,
        show_minor_x_labels=not many_labels,
        x_labels_major_every=_every(len(chart.labels), is_narrow) if many_labels else None,
        include_x_axis=True,
        min_scale=2,
        max_scale=3 if lies and is_narrow else 5,
        margin=10,
        margin_right=60 if lies and kind is not Kind.STACK else 14,
        title=chart.title if with_title else None,
    )
    turn = slice(None, None, -1) if lies else slice(None)  # pygal draws the first at the bottom
    graph.x_labels = () if chart.is_empty else [_short(label, is_narrow) for label in chart.labels[turn]]
    for number, row in enumerate(chart.series):
        style = {"dasharray": _dash(number)} if kind is Kind.LINES else None
        graph.add(row.name, [] if chart.is_empty else list(row.values[turn]), stroke_style=style)
    graph.uuid = _ID  # the same picture for the same figures
    graph.add_xml_filter(lambda root: _finish(root, chart, lies))
    return graph


def _style() -> Style:
    family = "'Plus Jakarta Sans', system-ui, sans-serif"
    sizes = ("label", "major_label", "value", "value_label", "legend", "no_data")
    return Style(
        background="transparent",
        plot_background="transparent",
        foreground=_LIGHT["ink2"],
        foreground_strong=_LIGHT["ink"],
        foreground_subtle=_LIGHT["line"],
        colors=_LIGHT["marks"],
        opacity="1",
        opacity_hover="1",
        transition="0s",
        font_family=family,
        title_font_size=18,
        guide_stroke_color=_LIGHT["line"],
        major_guide_stroke_color=_LIGHT["line"],
        guide_stroke_dasharray="none",
        major_guide_stroke_dasharray="none",
        **{f"{name}_font_family": family for name in (*sizes, "title", "tooltip")},
        **{f"{name}_font_size": FONT_SIZE for name in sizes},
    )


def _sheet(count: int, kind: Kind) -> str:
    """Patterns by row of values, and the colours of a dark page."""
    rules, top = [], f"#chart-{_ID}"
    for scheme, colours in (("", _LIGHT), ("dark", _DARK)):
        scheme_rules = [
            f"{top} text, {top} .axis text, {top} .axis text.major {{ fill: {colours['ink']}; }}",
            f"{top} .legends .legend text {{ fill: {colours['ink']}; }}",
            f"{top} text.behind {{ text-anchor: start; }}",
            f"{top} .line {{ stroke-width: 2.5; }}",
            f"{top} .axis .line {{ stroke-width: 1; }}",
            f"{top} .axis .line, {top} .axis .guide.line {{ stroke: {colours['line']}; }}",
        ]
        for number in range(count):
            colour = colours["marks"][number % len(colours["marks"])]
            fill = "none" if kind is Kind.LINES else f"url(#motif-{number})" if number else colour
            scheme_rules += [
                f"{top} .color-{number}, {top} .color-{number} .reactive {{ fill: {fill}; stroke: {colour}; }}",
                f"{top} .color-{number} .dot {{ fill: {colour}; }}",
                f"{top} #motif-{number} .motif-stroke {{ stroke: {colour}; stroke-width: 2; fill: none; }}",
                f"{top} #motif-{number} .motif-dot {{ fill: {colour}; stroke: none; }}",
            ]
        text = "\n".join(scheme_rules)
        rules.append(f"@media (prefers-color-scheme: dark) {{\n{text}\n}}" if scheme else text)
    return "\n".join(rules)


def _finish(root, chart: Chart, lies: bool):
    """Take out what only a script uses; give the picture its name, its patterns, its dashes in the legend."""
    for node in list(root.iter("script", "desc", etree.Comment)):
        node.getparent().remove(node)
    root.find("title").text = chart.title
    defs = root.find("defs")
    for number in range(1, len(chart.series)):
        shapes = _PATTERNS[number % len(_PATTERNS)]
        defs.append(
            etree.fromstring(
                f'<pattern id="motif-{number}" width="8" height="8" patternUnits="userSpaceOnUse">{shapes}</pattern>'
            )
        )
    if lies:  # values stand behind the ends of their bars
        for text in root.iterfind(".//g[@class='plot text-overlay']//text"):
            text.set("class", "value behind")
            text.set("dx", "6")
    if chart.kind is Kind.LINES:
        for number, box in enumerate(root.iterfind(".//g[@class='legend reactive activate-serie']/rect")):
            _line_instead(box, number)
    return root


def _line_instead(box, number: int) -> None:
    """In the legend, show a line as a line."""
    x, middle = float(box.get("x")), float(box.get("y")) + float(box.get("height")) / 2
    dash = f' stroke-dasharray="{_dash(number)}"' if _dash(number) else ""
    start, end = x - 6, x + float(box.get("width"))
    line = f'<path d="M{start},{middle} H{end}" class="color-{number} line"{dash}/>'
    box.getparent().replace(box, etree.fromstring(line))


def _dash(number: int) -> str:
    return _DASHES[number % len(_DASHES)]


def _short(label: str, is_narrow: bool) -> str:
    longest = 18 if is_narrow else LONGEST_LABEL
    return label if len(label) <= longest else f"{label[: longest - 1].rstrip()}…"


def _every(count: int, is_narrow: bool) -> int:
    """Every how many-eth label of many is written."""
    return max(1, -(-count // (4 if is_narrow else 10)))
