"""The form in which an officer types a year's service figures."""

from __future__ import annotations

from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from analytics.service_totals import groupings, rules
from analytics.service_totals.fields import CountField, CountsField, DaysField
from analytics.service_totals.models import ServiceTotals

LONGEST = 366  # working days: more than a year is a typing mistake


def already_there(office, year: int) -> str:
    """Why a second row is refused."""
    return f"Angka {office.name} tahun {year} sudah ada. Buka baris itu dari daftar dan ubah di sana."


class ServiceTotalsForm(WagtailAdminModelForm):
    """Refuses figures that do not agree, beside the field, with both sums."""

    year = CountField(label="Tahun", highest=9999)
    requests = CountField(label="Jumlah permohonan")
    applicants = CountField(label="Jumlah pemohon")
    by_sex = CountsField(groupings.SEX, label="Pemohon menurut jenis kelamin")
    by_occupation = CountsField(groupings.OCCUPATION, label="Pemohon menurut pekerjaan")
    by_channel = CountsField(groupings.CHANNEL, label="Permohonan menurut cara mengajukan")
    by_decision = CountsField(groupings.DECISION, label="Permohonan menurut keputusan")
    by_refusal_reason = CountsField(groupings.REFUSAL, label="Penolakan menurut alasan")
    days_average = DaysField(label="Rata-rata (hari kerja)", required=False)
    days_shortest = CountField(label="Paling cepat (hari kerja)", highest=LONGEST, required=False)
    days_longest = CountField(label="Paling lama (hari kerja)", highest=LONGEST, required=False)
    in_time = CountField(label="Dijawab tepat waktu (permohonan)", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "office" in self.fields and self.instance.pk:
            self.fields["office"].disabled = True  # the figures of one office never become those of another

    def clean(self):
        """Compare the sums, and look for a row of the same office and year."""
        cleaned = super().clean()
        office = cleaned.get("office")
        today = office.today() if office else timezone.localdate()
        for name, sentence in rules.problems(cleaned, this_year=today.year).items():
            self.add_error(name, sentence)
        year = cleaned.get("year")
        others = ServiceTotals.objects.exclude(pk=self.instance.pk)
        if office and year and others.filter(office=office, year=year).exists():
            self.add_error("year", already_there(office, year))
        return cleaned
