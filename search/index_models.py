"""The embedded engine's index in ordinary tables, the same on SQLite and on PostgreSQL.

An index is a set of immutable segments. A segment holds some records' words as sorted positions, one row a word
(:class:`Posting`); a record that changes is written into a new segment, and its old row in :class:`IndexedRecord`
goes, which is what takes it out of every answer at once. Small segments are merged now and then.
"""

from __future__ import annotations

import secrets

from django.db import models


def new_token() -> int:
    """A number that no other row ever had: primary keys may be used again after a rolled-back transaction."""
    return secrets.randbits(62)


class IndexState(models.TextChoices):
    """Where an index stands. Only the active one answers; a scratch one belongs to an evaluation."""

    BUILDING = "building", "sedang disusun"
    ACTIVE = "active", "dipakai"
    SCRATCH = "scratch", "percobaan"


class SearchIndex(models.Model):
    """One build of the index. A rebuild makes a new one beside the active one and swaps their states."""

    state = models.CharField(
        max_length=10, choices=IndexState.choices, default=IndexState.BUILDING, db_index=True
    )
    version = models.PositiveIntegerField(help_text="Version of the analysis that wrote it.")
    token = models.BigIntegerField(default=new_token, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "indeks pencarian"
        verbose_name_plural = "indeks pencarian"

    def __str__(self):
        return f"{self.pk} ({self.state})"


class IndexedRecord(models.Model):
    """What the index knows of one page: its facets, and what a hit shows. The words are in the postings."""

    index = models.ForeignKey(SearchIndex, on_delete=models.CASCADE, related_name="records")
    page_id = models.BigIntegerField(null=True)
    external_id = models.CharField(max_length=160, blank=True)
    kategori = models.CharField(max_length=24)
    title = models.TextField()
    heading = models.TextField(blank=True, help_text="What it is about, where the title only names it.")
    citation = models.CharField(max_length=255, blank=True)
    called = models.TextField(
        blank=True,
        help_text="Words of citation, title and heading, as `engines.embedded.completing` reads them.",
    )
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True, help_text="The record's own text, where it stands in no document.")
    jenis = models.CharField(max_length=24, blank=True)
    nomor = models.CharField(max_length=120, blank=True)
    nomor_key = models.CharField(max_length=120, blank=True)
    nomor_urut = models.PositiveIntegerField(null=True)
    tahun = models.PositiveSmallIntegerField(null=True)
    klasifikasi = models.CharField(max_length=24, blank=True)
    unit_id = models.BigIntegerField(null=True)
    office_id = models.BigIntegerField(null=True)
    status = models.CharField(max_length=24, blank=True)
    status_note = models.CharField(max_length=255, blank=True)
    date = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    formats = models.CharField(
        max_length=60, blank=True, help_text="File formats, comma on both sides: ,pdf,xlsx,"
    )
    file_size = models.BigIntegerField(null=True)
    file_pages = models.PositiveIntegerField(null=True)
    ocr_doubt = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["index", "page_id"],
                condition=models.Q(page_id__isnull=False),
                name="one_record_a_page",
            )
        ]
        indexes = [
            models.Index(fields=["index", "nomor_urut", "tahun"], name="search_record_number"),
            models.Index(fields=["page_id"], name="search_record_page"),
        ]
        verbose_name = "catatan terindeks"
        verbose_name_plural = "catatan terindeks"

    def __str__(self):
        return self.title


class Segment(models.Model):
    """Some records' words. ``layout`` says to which record, field and page each stretch of positions belongs."""

    index = models.ForeignKey(SearchIndex, on_delete=models.CASCADE, related_name="segments")
    records = models.PositiveIntegerField()
    slots = models.PositiveIntegerField(help_text="Stretches of positions, each of STRIDE.")
    layout = models.BinaryField()
    token = models.BigIntegerField(default=new_token, editable=False)
    retired_at = models.DateTimeField(null=True, help_text="Merged into another; kept for queries under way.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "ruas indeks"
        verbose_name_plural = "ruas indeks"

    def __str__(self):
        return f"{self.pk}: {self.records}"


class Term(models.Model):
    """A word of the index and its stem. Words are shared by all indexes."""

    text = models.CharField(max_length=40, unique=True)
    stem = models.CharField(max_length=40, db_index=True)

    class Meta:
        verbose_name = "kata indeks"
        verbose_name_plural = "kata indeks"

    def __str__(self):
        return self.text


class Posting(models.Model):
    """Where one word stands in one segment: positions, encoded; ``records`` counts the records that have it."""

    pk = models.CompositePrimaryKey("term_id", "segment_id")
    term = models.ForeignKey(
        Term, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="postings")
    records = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        verbose_name = "letak kata"
        verbose_name_plural = "letak kata"

    def __str__(self):
        return f"{self.term_id}/{self.segment_id}"
