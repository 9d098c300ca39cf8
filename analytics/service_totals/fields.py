"""Form fields for counts: one number, and a whole breakdown. What was typed stays as it was typed."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.template.loader import render_to_string

from analytics.service_totals.groupings import Grouping

HIGHEST = 10_000_000
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+", re.ASCII)
_SHOWN = 20  # characters of what was typed that are repeated in a sentence


def read_count(text: str) -> int:
    """Read a count as an officer writes it ("1.234" is a thousand). Raises ValueError with a sentence."""
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"“{text[:_SHOWN]}” bukan angka bulat. Contoh: 15.")
    digits = text.replace(".", "").lstrip("0") or "0"
    if len(digits) > len(str(HIGHEST)) or int(digits) > HIGHEST:
        raise ValueError(f"“{text[:_SHOWN]}” terlalu besar.")
    return int(digits)


class CountField(forms.CharField):
    """One count, None when it is left empty."""

    def __init__(self, *, highest: int = HIGHEST, **kwargs):
        super().__init__(**kwargs)
        self.highest = highest
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def clean(self, value):
        """Return the number."""
        text = super().clean(value)
        if not text:
            return None
        try:
            number = read_count(text)
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from wrong
        if number > self.highest:
            raise ValidationError(f"“{text[:_SHOWN]}” terlalu besar: paling banyak {self.highest}.")
        return number

    def has_changed(self, initial, data):
        """Compare as written."""
        return ("" if initial is None else str(initial)) != (data or "").strip()


class DaysField(forms.DecimalField):
    """Working days, with the decimal comma."""

    def __init__(self, **kwargs):
        super().__init__(
            min_value=0,
            max_value=366,
            max_digits=5,
            decimal_places=2,
            error_messages={"invalid": "Isi dengan angka. Contoh: 1,5."},
            **kwargs,
        )
        self.widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value):
        """Read "1,5" and "1.5"."""
        return super().to_python(value.strip().replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value):
        """Write what is stored with a comma; what was typed stays."""
        if value is None or isinstance(value, str):
            return value
        return f"{value:f}".rstrip("0").rstrip(".").replace(".", ",")

    def has_changed(self, initial, data):
        """Compare as numbers."""
        return super().has_changed(initial, (data or "").strip().replace(",", "."))


class CountsWidget(forms.Widget):
    """One small input a value of the grouping, with its label."""

    def __init__(self, grouping: Grouping):
        super().__init__()
        self.grouping = grouping

    def value_from_datadict(self, data, files, name):
        """What was typed, by code."""
        return {code: data.get(f"{name}-{code}", "") for code in self.grouping.choices.values}

    def value_omitted_from_data(self, data, files, name):
        """Whether the form did not hold the breakdown at all."""
        return not any(f"{name}-{code}" in data for code in self.grouping.choices.values)

    def id_for_label(self, id_):
        """The label names the group, not one input."""
        return ""

    def render(self, name, value, attrs=None, renderer=None):
        """The group as HTML; `data-total` names the input that the script compares the running sum with."""
        value = value or {}
        boxes = [
            {
                "id": f"id_{name}-{code}",
                "name": f"{name}-{code}",
                "label": label,
                "value": value.get(code, ""),
            }
            for code, label in self.grouping.choices.choices
        ]
        context = {"boxes": boxes, "grouping": self.grouping, "attributes": flatatt(attrs or {})}
        return render_to_string("analytics/admin/counts.html", context)


class CountsField(forms.Field):
    """A breakdown: counts by code, without those that were left empty."""

    def __init__(self, grouping: Grouping, **kwargs):
        super().__init__(required=False, widget=CountsWidget(grouping), **kwargs)
        self.grouping = grouping

    def clean(self, value):
        """Return the counts; every box that is no number is named."""
        counts, wrong = {}, []
        for code, text in (value or {}).items():
            if not text.strip():
                continue
            try:
                counts[code] = read_count(text)
            except ValueError as sentence:
                wrong.append(f"{self.grouping.label(code)}: {sentence}")
        if wrong:
            raise ValidationError(wrong)
        return counts

    def has_changed(self, initial, data):
        """Compare as written."""
        before = {code: str(count) for code, count in (initial or {}).items()}
        return before != {code: text.strip() for code, text in (data or {}).items() if text.strip()}
