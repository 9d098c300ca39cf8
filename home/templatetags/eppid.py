"""What templates need beyond Django: Indonesian dates, numbers and sizes, the small parts, safe JSON-LD.

Dates and numbers are always written the Indonesian way, whatever language the browser asks for: the sentences around
them are Indonesian.
"""

import datetime as dt
import json
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from home.glossary import explain
from home.structured_data import breadcrumbs

register = template.Library()

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
PAGED_FORMATS = {"PDF", "DOCX", "TIF", "TIFF"}
SIZE_UNITS = ("bita", "kB", "MB", "GB", "TB")


def _local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


@register.filter
def tanggal(value: dt.date | dt.datetime | None) -> str:
    """Write a date ("21 September 2024"); an aware datetime is read in the current time zone. None gives ""."""
    if not isinstance(value, dt.date):
        return ""
    day = _local(value)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@register.filter
def tanggal_atau_tahun(value: dt.date | None) -> str:
    """Write a sorting date: entries known by their year alone are sorted as 1 January, so that day shows the year."""
    if isinstance(value, dt.date) and (value.day, value.month) == (1, 1):
        return str(value.year)
    return tanggal(value)


@register.filter
def tanggal_jam(value: dt.datetime | None) -> str:
    """Write a moment ("21 September 2024 pukul 10.24")."""
    if not isinstance(value, dt.datetime):
        return tanggal(value)
    return f"{tanggal(value)} pukul {_local(value):%H.%M}"


@register.filter
def tanggal_iso(value: dt.date | dt.datetime | None) -> str:
    """Write the calendar date for machines ("2024-09-21"), of the same day that `tanggal` shows."""
    if not isinstance(value, dt.date):
        return ""
    return f"{_local(value):%Y-%m-%d}"


@register.filter
def angka(value) -> str:
    """Write a number with Indonesian separators ("493.123", "1,2"). What is no number is returned as it is."""
    try:
        number = Decimal(str(value))
    except (InvalidOperation, ValueError):
        return "" if value is None else str(value)
    if not number.is_finite():
        return str(value)
    text = f"{number:,f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    return whole.replace(",", ".") + (f",{fraction}" if fraction else "")


@register.filter
def ukuran(value: int | None) -> str:
    """Write a file size given in bytes ("1,2 MB", "320 kB"; decimal units, unbreakable). None gives ""."""
    if value is None or value == "":
        return ""
    size, unit = Decimal(int(value)), 0
    while size >= Decimal("999.5") and unit < len(SIZE_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    digits = Decimal("0.1") if unit and size < Decimal("9.95") else Decimal(1)
    return f"{angka(size.quantize(digits, ROUND_HALF_UP))}\u00a0{SIZE_UNITS[unit]}"


@register.filter
def rincian_berkas(document) -> str:
    """Say what a file is: format, size, length ("PDF, 1,2 MB, 14 halaman")."""
    extension = document.file_extension.upper()
    parts = [extension, ukuran(document.file_size or None)]
    if document.page_count and extension in PAGED_FORMATS:
        parts.append(f"{angka(document.page_count)}\u00a0halaman")
    return ", ".join(part for part in parts if part)


@register.filter
def json_ld(value) -> SafeString:
    """Write data for a `<script type="application/ld+json">` so that no text in it can close the element."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return mark_safe(text)  # every character that HTML reads is escaped above


@register.simple_tag(takes_context=True)
def jelaskan(context, value) -> SafeString:
    """Show rich text (or plain text) in which each glossary term is followed by its meaning, once a page.

    Use on rendered rich text: `{% jelaskan page.body|richtext %}`.
    """
    return explain(value, context.get("request"))


@register.simple_block_tag
def note(content, kind="", title="", role=""):
    """A note: `{% note "bad" "Tidak berlaku lagi" %}…{% endnote %}`. Kinds: ok, warn, bad, info, or none."""
    return render_to_string(
        "components/note.html",
        {"kind": kind, "title": title, "role": role, "content": mark_safe(content.strip())},
    )


@register.simple_block_tag
def empty_state(content, title):
    """What this is, why it is empty, what to do: `{% empty_state "Belum ada laporan" %}…{% endempty_state %}`."""
    return render_to_string("components/empty_state.html", {"title": title, "content": content})


@register.simple_block_tag
def table_box(content, label):
    """A table in its own scroll box that the keyboard can reach; `label` names the box, the table has its caption."""
    return render_to_string("components/table_box.html", {"label": label, "content": content})


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context, current: int, total: int, param: str = "halaman") -> dict:
    """Links to the pages of a list, keeping every other parameter of the address. Nothing for a single page."""
    params = context["request"].GET.copy()

    def url(number: int) -> str:
        for name in (param, "halaman"):
            params.pop(name, None)
        if number > 1:
            params[param] = str(number)
        return f"?{params.urlencode()}"

    near = {1, total, *range(current - 1, current + 2)}
    links: list[tuple[int | None, str]] = []
    for number in sorted(number for number in near if 1 <= number <= total):
        if links and links[-1][0] is not None and number - links[-1][0] > 1:
            links.append((None, ""))
        links.append((number, url(number)))
    return {
        "links": links,
        "current": current,
        "previous_url": url(current - 1) if current > 1 else "",
        "next_url": url(current + 1) if current < total else "",
    }


@register.simple_tag(takes_context=True)
def trail(context, page) -> list:
    """The pages above `page` on this site, topmost first, in one query; none of another office's site."""
    from wagtail.models import Site

    if hasattr(page, "_trail"):
        return page._trail
    site = Site.find_for_request(context.get("request")) if context.get("request") else None
    ancestors = page.get_ancestors().filter(depth__gt=1)
    if site:
        ancestors = ancestors.filter(path__startswith=site.root_page.path)
    page._trail = list(ancestors.select_related("content_type"))
    return page._trail


@register.simple_tag(takes_context=True)
def structured_data(context, page) -> list[dict]:
    """What search engines may know of `page`: its own description (`page.structured_data`) and its breadcrumbs."""
    described = list(getattr(page, "structured_data", []))
    ancestors = trail(context, page)
    return [*described, breadcrumbs(page, ancestors)] if ancestors else described
