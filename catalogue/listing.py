"""Listings of the catalogue: filters from the address, sorting, pages.

A listing is described by a Django form bound to the query string, so a wrong value is a sentence beside its field and
the rest of the filters still work.
"""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.db.models import F, QuerySet

from catalogue.enums import REGULATION_TYPE_CHOICES, InformationClass, RegulationStatus
from home.models import WorkUnit

PAGE_SIZE = 20
PAGE_PARAM = "halaman"  # the same name as on the search page
SORTS = (("terbaru", "Terbaru dulu"), ("terlama", "Terlama dulu"), ("judul", "Judul A–Z"))


@dataclass
class Listing:
    """What a listing template shows: the bound form, one page of entries, and the address without its page number."""

    form: forms.Form
    page: ResultPage
    total: int
    querystring: str = ""
    active: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def is_filtered(self) -> bool:
        """Whether any filter is set."""
        return bool(self.active)


class ListingForm(forms.Form):
    """Filters common to the listings; subclasses add their own and say how each narrows the queryset."""

    tahun = forms.TypedChoiceField(label="Tahun", required=False, coerce=int, empty_value=None)
    unit = forms.ModelChoiceField(
        label="Unit kerja", required=False, queryset=WorkUnit.objects.none(), empty_label="Semua unit"
    )
    urut = forms.ChoiceField(label="Urutkan", required=False, choices=SORTS)

    year_field = ""

    def __init__(self, data, *, entries: QuerySet, office=None):
        """Bind to the query string; `entries` are all entries that the public may see in this listing."""
        super().__init__(data)
        self.entries = entries
        if self.year_field:
            years = entries.order_by().values_list(self.year_field, flat=True).distinct()
            self.fields["tahun"].choices = [("", "Semua tahun")] + [
                (year, str(year)) for year in sorted({year for year in years if year}, reverse=True)
            ]
        else:
            del self.fields["tahun"]
        if office is not None:
            self.fields["unit"].queryset = WorkUnit.objects.filter(office=office)

    def narrow(self, entries: QuerySet) -> QuerySet:
        """Apply the valid filters; an invalid one is left out and reported beside its field."""
        value = self.value
        if self.year_field and value("tahun"):
            entries = entries.filter(**{self.year_field: value("tahun")})
        if value("unit"):
            entries = entries.filter(unit_kerja=value("unit"))
        return entries

    def sort(self, entries: QuerySet) -> QuerySet:
        """Order by the chosen sort, with a stable end."""
        match self.value("urut"):
            case "terlama":
                return entries.order_by(
                    F("tanggal_informasi").asc(nulls_last=True), "first_published_at", "pk"
                )
            case "judul":
                return entries.order_by("title", "pk")
        return entries.newest_first()

    def value(self, name: str) -> Any:
        """Return the cleaned value of a filter, or None when it is unset or wrong."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    def active_filters(self, data) -> list[tuple[str, str, str]]:
        """Set filters as (label, value in words, query string without it)."""
        active = []
        for name, form_field in self.fields.items():
            if name == "urut" or not self.value(name):
                continue
            if isinstance(form_field, forms.ModelChoiceField):
                label = str(self.value(name))
            else:
                label = dict((str(key), text) for key, text in form_field.choices).get(
                    str(self.value(name)), ""
                )
            rest = data.copy()
            rest.pop(name, None)
            rest.pop(PAGE_PARAM, None)
            active.append((form_field.label, label, rest.urlencode()))
        return active


class RegulationListingForm(ListingForm):
    """Filters of the regulations: type and effective status besides the common ones."""

    jenis = forms.ChoiceField(label="Jenis", required=False)
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Semua status"), *RegulationStatus.choices]
    )
    year_field = "tahun"
    field_order = ["jenis", "tahun", "status", "unit", "urut"]

    def __init__(self, data, *, entries, office=None):
        """Offer only the types that occur."""
        super().__init__(data, entries=entries, office=office)
        present = set(entries.order_by().values_list("jenis", flat=True).distinct())
        self.fields["jenis"].choices = [("", "Semua jenis")] + [
            (code, name) for code, name in REGULATION_TYPE_CHOICES if code in present
        ]

    def narrow(self, entries):
        """Type and status on top of the common filters (the queryset carries `status_code`)."""
        entries = super().narrow(entries)
        if self.value("jenis"):
            entries = entries.filter(jenis=self.value("jenis"))
        if self.value("status"):
            entries = entries.filter(status_code=self.value("status"))
        return entries


class DIPListingForm(ListingForm):
    """Filters of the DIP: class besides the common ones; the statutory numbering is the default order."""

    klasifikasi = forms.ChoiceField(
        label="Klasifikasi", required=False, choices=[("", "Semua klasifikasi"), *InformationClass.choices]
    )
    urut = forms.ChoiceField(label="Urutkan", required=False, choices=[("nomor", "Nomor DIP"), *SORTS])
    year_field = "tahun_penerbitan"
    field_order = ["klasifikasi", "tahun", "unit", "urut"]

    def narrow(self, entries):
        """Class on top of the common filters."""
        entries = super().narrow(entries)
        if self.value("klasifikasi"):
            entries = entries.filter(klasifikasi=self.value("klasifikasi"))
        return entries

    def sort(self, entries):
        """By the number within the class unless another order is asked for."""
        if self.value("urut") in (None, "nomor"):
            return entries.order_by("klasifikasi", "nomor_urut", "pk")
        return super().sort(entries)


class ReportListingForm(ListingForm):
    """Filters of the service reports."""

    year_field = "tahun"
    field_order = ["tahun", "unit", "urut"]


class DatasetListingForm(ListingForm):
    """Filters of the open data."""

    field_order = ["unit", "urut"]


def build_listing(form: ListingForm, entries: QuerySet, data) -> Listing:
    """Return one page of the filtered, sorted entries; an absurd page number gives the nearest page."""
    entries = form.sort(form.narrow(entries))
    paginator = Paginator(entries, PAGE_SIZE)
    page = paginator.get_page(data.get(PAGE_PARAM))
    rest = data.copy()
    rest.pop(PAGE_PARAM, None)
    return Listing(
        form=form,
        page=page,
        total=paginator.count,
        querystring=rest.urlencode(),
        active=form.active_filters(data),
    )
