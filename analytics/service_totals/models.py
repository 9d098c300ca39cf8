"""A year's service figures of one office, as typed by an officer."""

from django.db import models

from home.models import Office


class ServiceTotals(models.Model):
    """One row an office and year; what is saved is public. The breakdowns hold counts by code (`groupings`).

    A breakdown without any count was not recorded. Days are working days from the complete request to the written
    notice; None where nobody knows.
    """

    office = models.ForeignKey(Office, verbose_name="kantor", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("tahun")
    requests = models.PositiveIntegerField("jumlah permohonan")
    applicants = models.PositiveIntegerField("jumlah pemohon")
    by_sex = models.JSONField("pemohon menurut jenis kelamin", default=dict, blank=True)
    by_occupation = models.JSONField("pemohon menurut pekerjaan", default=dict, blank=True)
    by_channel = models.JSONField("permohonan menurut cara mengajukan", default=dict, blank=True)
    by_decision = models.JSONField("permohonan menurut keputusan", default=dict, blank=True)
    by_refusal_reason = models.JSONField("penolakan menurut alasan", default=dict, blank=True)
    days_average = models.DecimalField(
        "rata-rata hari kerja", max_digits=5, decimal_places=2, null=True, blank=True
    )
    days_shortest = models.PositiveSmallIntegerField("paling cepat (hari kerja)", null=True, blank=True)
    days_longest = models.PositiveSmallIntegerField("paling lama (hari kerja)", null=True, blank=True)
    in_time = models.PositiveIntegerField("dijawab tepat waktu", null=True, blank=True)
    note = models.CharField("keterangan", max_length=300, blank=True)
    updated_at = models.DateTimeField("diubah", auto_now=True)

    class Meta:
        ordering = ["-year", "office__kode_wilayah"]
        constraints = [models.UniqueConstraint(fields=["office", "year"], name="one_service_total_a_year")]
        indexes = [models.Index(fields=["year"], name="service_totals_year")]
        verbose_name = "angka layanan"
        verbose_name_plural = "angka layanan"

    def __str__(self):
        return f"Angka layanan {self.office.name} {self.year}"
