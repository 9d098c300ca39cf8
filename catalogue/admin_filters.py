"""Filters of the catalogue's lists in the admin; each offers only what the person's own offices have."""

from django.contrib.admin import SimpleListFilter

from catalogue.enums import REGULATION_TYPE_CHOICES, InformationClass, RegulationStatus, ReportStatus
from catalogue.models import CatalogueFile
from documents.enums import INCOMPLETE_STATES
from home.models import Office, WorkUnit
from home.scope import offices_of, rows_of


def office_today(request):
    """Today's date at the user's (first) office; the site's own date for people of none."""
    offices = offices_of(request.user)
    return offices[0].today() if offices else Office().today()


class UnitFilter(SimpleListFilter):
    """Unit that holds the information."""

    title = "unit kerja"
    parameter_name = "unit"

    def lookups(self, request, model_admin):
        """Units of the user's offices."""
        return [
            (str(unit.pk), unit.name) for unit in rows_of(request.user, WorkUnit.objects.order_by("name"))
        ]

    def queryset(self, request, queryset):
        """Entries of the chosen unit."""
        return queryset.filter(unit_kerja_id=int(self.value())) if self.value() else queryset


class FileFilter(SimpleListFilter):
    """Whether files are there and readable."""

    title = "berkas"
    parameter_name = "berkas"

    def lookups(self, request, model_admin):
        """Without a file, with a file whose text is incomplete."""
        return [("tanpa", "Tanpa berkas"), ("teks", "Teks tidak lengkap")]

    def queryset(self, request, queryset):
        """Entries with the chosen lack."""
        if self.value() == "tanpa":
            return queryset.filter(files__isnull=True)
        if self.value() == "teks":
            bad = CatalogueFile.objects.filter(document__extraction_state__in=INCOMPLETE_STATES)
            return queryset.filter(pk__in=bad.values("page"))
        return queryset


class YearFilter(SimpleListFilter):
    """Year, of those that occur in the user's own entries."""

    title = "tahun"
    parameter_name = "tahun"
    field = "tahun"

    def lookups(self, request, model_admin):
        """Years that occur, newest first."""
        years = model_admin.get_queryset(request).order_by().values_list(self.field, flat=True).distinct()
        return [(str(year), str(year)) for year in sorted({year for year in years if year}, reverse=True)]

    def queryset(self, request, queryset):
        """Entries of the chosen year."""
        return queryset.filter(**{self.field: int(self.value())}) if self.value() else queryset


class PublicationYearFilter(YearFilter):
    """Year of publication of a DIP entry."""

    field = "tahun_penerbitan"


class ChoiceFilter(SimpleListFilter):
    """A field with choices."""

    choices_of: list = []

    def lookups(self, request, model_admin):
        """All choices."""
        return self.choices_of

    def queryset(self, request, queryset):
        """Entries with the chosen value."""
        known = {str(value) for value, _ in self.choices_of}
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() in known else queryset


class ClassFilter(ChoiceFilter):
    """Class of information."""

    title, parameter_name, choices_of = "klasifikasi", "klasifikasi", InformationClass.choices


class TypeFilter(ChoiceFilter):
    """Type of regulation."""

    title, parameter_name, choices_of = "jenis", "jenis", REGULATION_TYPE_CHOICES


class EffectiveStatusFilter(ChoiceFilter):
    """Effective status today, by the rule of the public pages."""

    title, parameter_name, choices_of = "status hukum", "status_code", RegulationStatus.choices


class ReportStatusFilter(ChoiceFilter):
    """Signed or not."""

    title, parameter_name, choices_of = "status laporan", "status_laporan", ReportStatus.choices


class OverdueFilter(SimpleListFilter):
    """Renewal overdue today."""

    title = "pembaruan"
    parameter_name = "pembaruan"

    def lookups(self, request, model_admin):
        """One question."""
        return [("terlambat", "Terlambat diperbarui")]

    def queryset(self, request, queryset):
        """Entries whose renewal is overdue."""
        return queryset.filter(jatuh_tempo_pembaruan__lt=office_today(request)) if self.value() else queryset


class ExemptionGapFilter(SimpleListFilter):
    """What an exemption lacks."""

    title = "kelengkapan"
    parameter_name = "kelengkapan"

    def lookups(self, request, model_admin):
        """Without a test, without a decision."""
        return [("uji", "Tanpa uji konsekuensi"), ("keputusan", "Tanpa keputusan")]

    def queryset(self, request, queryset):
        """Entries with the chosen lack."""
        if self.value() == "uji":
            return queryset.filter(uji_konsekuensi__isnull=True)
        if self.value() == "keputusan":
            return queryset.filter(keputusan_penetapan__isnull=True, nomor_keputusan="")
        return queryset
