"""What happened (for a while), and what it adds up to by day (for good).

Offices, pages and documents are plain numbers here, no foreign keys: what was counted stays counted when they go.
0 stands for none.
"""

from django.db import models

from analytics.enums import Device, Dimension, EventKind, Referrer
from analytics.service_totals.models import ServiceTotals as ServiceTotals


class Event(models.Model):
    """One view, download, search or embedded part shown, of nobody in particular.

    `visitor` is a key that only says "the same one, at this office, on this day" (`analytics.visitors`); "" where the
    browser asks not to be tracked, and for bots.
    """

    kind = models.CharField(max_length=9, choices=EventKind.choices)
    at = models.DateTimeField()
    office_id = models.BigIntegerField()
    page_id = models.BigIntegerField(default=0)
    document_id = models.BigIntegerField(default=0)
    referrer = models.CharField(max_length=15, choices=Referrer.choices, default=Referrer.UNKNOWN)
    device = models.CharField(max_length=15, choices=Device.choices, default=Device.UNKNOWN)
    visitor = models.CharField(max_length=16, default="", blank=True)
    is_bot = models.BooleanField(default=False)
    is_empty = models.BooleanField(default=False, help_text="A search that found nothing.")

    class Meta:
        indexes = [models.Index(fields=["office_id", "at"], name="event_office_at")]
        verbose_name = "kejadian"
        verbose_name_plural = "kejadian"

    def __str__(self):
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class DaySalt(models.Model):
    """The secret that the visitor keys of one day are made with. Forgotten when the day is over everywhere."""

    day = models.DateField(primary_key=True)
    salt = models.BinaryField(max_length=32)

    def __str__(self):
        return str(self.day)


class CollectedFile(models.Model):
    """A spool file whose events are in the database, so that it is never taken twice."""

    name = models.CharField(max_length=160, primary_key=True)
    collected_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.name


class StaleDay(models.Model):
    """A day of an office whose figures must be added up (again)."""

    office_id = models.BigIntegerField()
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office_id", "day"], name="one_stale_day")]

    def __str__(self):
        return f"{self.office_id} {self.day}"


class OfficeDay(models.Model):
    """What happened at one office's site on one local day. Bots are counted by themselves and nowhere else.

    `visitors` and `downloaders` are different people of that day: sums over days count somebody once a day.
    """

    office_id = models.BigIntegerField()
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)
    visitors = models.PositiveIntegerField(default=0)
    downloads = models.PositiveIntegerField(default=0)
    downloaders = models.PositiveIntegerField(default=0)
    searches = models.PositiveIntegerField(default=0)
    empty_searches = models.PositiveIntegerField(default=0)
    embeds = models.PositiveIntegerField(default=0)
    bots = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office_id", "day"], name="one_office_day")]
        indexes = [models.Index(fields=["day"], name="office_day_day")]

    def __str__(self):
        return f"{self.office_id} {self.day}"


class PageDay(models.Model):
    """How often one page was read on one day, by how many people. `page_id` 0: pages that no editor wrote."""

    office_id = models.BigIntegerField()
    day = models.DateField()
    page_id = models.BigIntegerField()
    views = models.PositiveIntegerField(default=0)
    visitors = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office_id", "day", "page_id"], name="one_page_day")]
        indexes = [models.Index(fields=["page_id", "day"], name="page_day_page")]

    def __str__(self):
        return f"{self.page_id} {self.day}"


class DocumentDay(models.Model):
    """How often one file was downloaded on one day, by how many people, from where, and shown embedded.

    Downloads of which nobody knows from where are the rest.
    """

    office_id = models.BigIntegerField()
    day = models.DateField()
    document_id = models.BigIntegerField()
    downloads = models.PositiveIntegerField(default=0)
    downloaders = models.PositiveIntegerField(default=0)
    embeds = models.PositiveIntegerField(default=0)
    from_direct = models.PositiveIntegerField(default=0)
    from_this_site = models.PositiveIntegerField(default=0)
    from_search_engine = models.PositiveIntegerField(default=0)
    from_social = models.PositiveIntegerField(default=0)
    from_other_site = models.PositiveIntegerField(default=0)

    #: Which field counts the downloads of which source.
    SOURCES = {
        Referrer.DIRECT: "from_direct",
        Referrer.THIS_SITE: "from_this_site",
        Referrer.SEARCH_ENGINE: "from_search_engine",
        Referrer.SOCIAL: "from_social",
        Referrer.OTHER_SITE: "from_other_site",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office_id", "day", "document_id"], name="one_document_day")
        ]
        indexes = [models.Index(fields=["document_id", "day"], name="document_day_document")]

    def __str__(self):
        return f"{self.document_id} {self.day}"


class SourceDay(models.Model):
    """Where the views or downloads of one day came from, with what device, at what hour (00 to 23)."""

    office_id = models.BigIntegerField()
    day = models.DateField()
    kind = models.CharField(max_length=9, choices=EventKind.choices)
    dimension = models.CharField(max_length=9, choices=Dimension.choices)
    value = models.CharField(max_length=15)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office_id", "day", "kind", "dimension", "value"], name="one_source_day"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.dimension} {self.value} {self.day}"
