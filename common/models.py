"""What the scheduler remembers: when it last ran, and how each job went."""

from django.db import models

from .enums import JobState


class ScheduledJob(models.Model):
    """The row of one timed job. It is also the lock: whoever sets `locked_by` alone may run the job.

    `locked_until` is a lease that the running process keeps renewing; a process that dies leaves a lease that runs
    out, and the job runs again.
    """

    name = models.CharField("nama", max_length=100, unique=True)
    next_run = models.DateTimeField("jadwal berikutnya")
    state = models.CharField("keadaan", max_length=10, choices=JobState.choices, default=JobState.NEVER)
    last_started = models.DateTimeField("mulai terakhir", null=True)
    last_finished = models.DateTimeField("selesai terakhir", null=True)
    last_message = models.TextField("keterangan terakhir", blank=True)
    failures_in_row = models.PositiveIntegerField("gagal berturut-turut", default=0)
    locked_by = models.CharField(max_length=100, blank=True)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "tugas terjadwal"
        verbose_name_plural = "tugas terjadwal"
        ordering = ["name"]

    def __str__(self):
        return self.name


class SchedulerHeartbeat(models.Model):
    """The one row a running scheduler keeps fresh, so that a stopped one is seen."""

    beat_at = models.DateTimeField("tanda hidup terakhir")
    started_at = models.DateTimeField("mulai")
    process = models.CharField("proses", max_length=100)

    class Meta:
        verbose_name = "tanda hidup penjadwal"
        verbose_name_plural = "tanda hidup penjadwal"

    def __str__(self):
        return f"{self.process}: {self.beat_at:%Y-%m-%d %H:%M:%S}"
