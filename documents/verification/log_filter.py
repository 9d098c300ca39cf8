"""What of the change log somebody asks for: by kind of event, by time, by words. The page and the API ask here.

As in the listings of the catalogue a wrong value is a sentence beside its field, and the other filters still work.
"""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from documents import access
from documents.verification.enums import EntryKind
from documents.verification.models import LedgerEntry

LARGEST_ID = 2**31 - 1
FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2200, 12, 31)
MAX_WORDS, MAX_LENGTH = 8, 200
_NAMES = ("judul", "judul_halaman", "nama_berkas")
_PART_OF_FINGERPRINT = re.compile(r"[0-9a-f]{8,64}")
_NO_SUCH_DAY = "Tulis tanggal seperti 2026-10-31 (tahun-bulan-tanggal)."
_OUT_OF_BOUNDS = f"Pilih tanggal antara tahun {FIRST_DAY.year} dan {LAST_DAY.year}."


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[
            MinValueValidator(FIRST_DAY, _OUT_OF_BOUNDS),
            MaxValueValidator(LAST_DAY, _OUT_OF_BOUNDS),
        ],
        error_messages={"invalid": _NO_SUCH_DAY},
    )


class LogFilter(forms.Form):
    """The filters of the change log, bound to a query string."""

    q = forms.CharField(
        label="Judul atau nomor",
        required=False,
        max_length=MAX_LENGTH,
        help_text="Kata dari judul berkas atau halamannya, nomor peraturan, nomor entri, atau awal sidik jari.",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": f"Paling panjang {MAX_LENGTH} karakter."},
    )
    peristiwa = forms.MultipleChoiceField(
        label="Peristiwa",
        required=False,
        choices=EntryKind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Peristiwa “%(value)s” tidak ada; pilih dari daftar."},
    )
    dari = _day("Sejak tanggal")
    sampai = _day("Sampai tanggal")
    dokumen = forms.IntegerField(
        label="Dokumen", required=False, min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput
    )

    def __init__(self, data: QueryDict):
        super().__init__(data, auto_id="saring_%s")

    def clean_q(self) -> str:
        """Refuse more words than a title has."""
        words = self.cleaned_data["q"]
        if len(words.split()) > MAX_WORDS:
            raise forms.ValidationError(f"Paling banyak {MAX_WORDS} kata.")
        return words

    def clean(self):
        """Refuse a period that ends before it begins."""
        first, last = self.cleaned_data.get("dari"), self.cleaned_data.get("sampai")
        if first and last and last < first:
            self.add_error("sampai", "Tanggal ini mendahului tanggal awal. Tukar keduanya.")
        return self.cleaned_data

    def value(self, name: str) -> Any:
        """Return the cleaned value of a filter, or None when it is unset or wrong."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    @property
    def is_active(self) -> bool:
        """Whether anything narrows the log, besides one document's address."""
        return any(self.value(name) for name in self.fields if name != "dokumen")

    def narrow(self, entries: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
        """Apply the valid filters. Days are those of the site's clock."""
        if document := self.value("dokumen"):
            entries = entries.filter(document_id=document)
        if kinds := self.value("peristiwa"):
            entries = entries.filter(kind__in=kinds)
        if first := self.value("dari"):
            entries = entries.filter(recorded_at__gte=_midnight(first))
        if last := self.value("sampai"):
            entries = entries.filter(recorded_at__lt=_midnight(last + dt.timedelta(days=1)))
        if words := self.value("q"):
            entries = entries.filter(self._number(words) | self._named(words))
        return entries

    def _number(self, words: str) -> Q:
        """Match an entry by its number, or by the beginning of a fingerprint."""
        plain = re.sub(r"[\s:]", "", words).lower()
        found = Q(pk__in=[])
        if plain.isascii() and plain.isdecimal() and len(plain) < 19:
            found |= Q(number=int(plain))
        if _PART_OF_FINGERPRINT.fullmatch(plain):
            found |= Q(sha256__startswith=plain)
        return found

    def _named(self, words: str) -> Q:
        """Match entries that name every word, as far as their words may be told: else asking would tell them."""
        documents, pages = access.untold()
        found = ~Q(salt="") & ~Q(document_id__in=documents) & ~Q(page_id__in=pages)
        for word in words.split():
            one = Q()
            for name in _NAMES:
                one |= Q(**{f"details__{name}__icontains": word})
            found &= one
        return found


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
