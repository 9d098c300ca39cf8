"""What a reader fills in to follow a search."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from django import forms
from django.conf import settings

from search.following import normalised
from search.subscriptions.enums import Frequency
from search.subscriptions.models import MAX_QUERYSTRING
from search.types import SearchQuery


class FrequencyForm(forms.Form):
    """How often to be told."""

    frekuensi = forms.ChoiceField(
        label="Seberapa sering",
        choices=Frequency.choices,
        initial=Frequency.DAILY,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih setiap hari atau setiap Senin."},
    )


class SubscribeForm(FrequencyForm):
    """Address and frequency. The search itself travels in hidden fields with the names of `/cari/`.

    `situs_web` is a trap: people do not see it, programs that fill in everything do.
    """

    surel = forms.EmailField(
        label="Alamat surel Anda",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Tulis alamat surel Anda, misalnya nama@contoh.id.",
            "invalid": "Alamat ini belum lengkap. Tulis seperti nama@contoh.id.",
            "max_length": "Alamat ini terlalu panjang untuk sebuah alamat surel.",
        },
    )
    situs_web = forms.CharField(required=False)
    field_order = ["surel", "frekuensi"]

    def __init__(self, query: SearchQuery, data: Mapping | None = None):
        super().__init__(data, auto_id="langganan-%s", use_required_attribute=False)
        self.querystring = normalised(query).querystring()

    @property
    def query_fields(self) -> list[tuple[str, str]]:
        """The search as hidden fields."""
        return parse_qsl(self.querystring)

    @property
    def days_to_confirm(self) -> int:
        """For how many days an unconfirmed address is kept."""
        return settings.SAVED_SEARCH_LIMITS["days_to_confirm"]

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled in what people do not see."""
        return bool(self.data.get("situs_web"))

    def clean(self) -> dict:
        """Refuse a search that is longer than any person's."""
        if len(self.querystring) > MAX_QUERYSTRING:
            raise forms.ValidationError(
                "Pencarian ini terlalu panjang untuk diikuti. Kurangi kata atau saringannya."
            )
        return super().clean()
