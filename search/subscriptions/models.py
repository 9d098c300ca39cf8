"""A search that somebody follows by e-mail."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from common.encryption import EncryptedTextField, Secret, keyed_hash
from home.models import Office
from search.subscriptions.enums import Frequency
from search.types import SearchQuery

TOLD_AT = dt.time(7)  # by the office's clock
MONDAY = 0
FAILING = 5  # failures in a row after which an operator should look
MAX_QUERYSTRING = 2000  # characters


class SavedSearchQuerySet(models.QuerySet):
    """Ways to the rows that count."""

    def known(self) -> SavedSearchQuerySet:
        """Confirmed ones, and those whose time to confirm has not run out."""
        oldest = timezone.now() - dt.timedelta(days=settings.SAVED_SEARCH_LIMITS["days_to_confirm"])
        return self.filter(Q(confirmed_at__isnull=False) | Q(letter_asked_at__gt=oldest))

    def forgotten(self) -> SavedSearchQuerySet:
        """Those that were not confirmed in time."""
        return self.exclude(pk__in=self.known().values("pk"))

    def with_key(self, key: str) -> SavedSearch | None:
        """The one that a link from a mail names, or None."""
        return self.known().filter(key_hash=hash_of(key)).select_related("office__site").first()


class SavedSearch(models.Model):
    """Whom to tell about what, and what was told.

    ``key`` is the random word in the links of the mails, and the only thing that opens this row; it is looked up by
    ``key_hash``, and kept encrypted because every later mail needs it again. ``address_hash`` finds equal addresses.

    Everything first published up to ``seen_until`` is settled. ``told`` names what was told of later publications
    (id of the page -> moment of its publication), see `search.subscriptions.news`. ``letter_wanted`` asks for the
    letter that answers a sign-up; ``letters`` counts those. ``claim`` and ``not_before`` keep two workers apart, see
    `search.subscriptions.delivery`.
    """

    office = models.ForeignKey(
        Office, verbose_name="kantor", on_delete=models.CASCADE, related_name="saved_searches"
    )
    querystring = models.TextField("pencarian", blank=True)
    query_hash = models.CharField(max_length=64, editable=False)
    frequency = models.CharField("seberapa sering", max_length=10, choices=Frequency.choices)
    address = EncryptedTextField("alamat surel")
    address_hash = models.CharField(max_length=64, editable=False, db_index=True)
    key = EncryptedTextField("kunci tautan", editable=False)
    key_hash = models.CharField(max_length=64, editable=False, unique=True)

    created_at = models.DateTimeField("dibuat", default=timezone.now)
    confirmed_at = models.DateTimeField("dikonfirmasi", null=True, blank=True)
    last_sent_at = models.DateTimeField("surel terakhir", null=True, blank=True)
    seen_until = models.DateTimeField("sudah dikabarkan sampai", default=timezone.now)
    told = models.JSONField(default=dict, blank=True)
    next_due_at = models.DateTimeField("jadwal berikutnya", null=True, blank=True, db_index=True)

    letter_wanted = models.BooleanField(default=False)
    letter_asked_at = models.DateTimeField(default=timezone.now, db_index=True)
    letters = models.PositiveSmallIntegerField(default=0)

    claim = models.UUIDField(null=True, blank=True, editable=False)
    not_before = models.DateTimeField(null=True, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField("gagal berturut-turut", default=0)

    objects = SavedSearchQuerySet.as_manager()
    wagtail_reference_index_ignore = True  # no list of Wagtail's is to name subscriptions

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "address_hash", "query_hash"], name="one_subscription_an_address_and_search"
            )
        ]
        verbose_name = "pencarian tersimpan"
        verbose_name_plural = "pencarian tersimpan"

    def __str__(self):
        return f"langganan {self.pk}"  # neither whose nor of what

    @classmethod
    def start(cls, office: Office, querystring: str, address: str, frequency: Frequency) -> SavedSearch:
        """Return a new unsaved row with a key of its own."""
        key = secrets.token_urlsafe(32)
        return cls(
            office=office,
            querystring=querystring,
            query_hash=hash_of(querystring),
            frequency=frequency,
            address=Secret.of(address),
            address_hash=address_hash(address),
            key=Secret.of(key),
            key_hash=hash_of(key),
        )

    @property
    def query(self) -> SearchQuery:
        """The search as it is asked now."""
        return SearchQuery.from_params(QueryDict(self.querystring), office=self.office)

    def next_due(self, after: dt.datetime) -> dt.datetime:
        """When to look next, after a moment: the next seven o'clock of the office, or that of the next Monday."""
        local = after.astimezone(self.office.tz)
        day = local.date()
        if local.timetz().replace(tzinfo=None) >= TOLD_AT:
            day += dt.timedelta(days=1)
        if self.frequency == Frequency.WEEKLY:
            day += dt.timedelta(days=(MONDAY - day.weekday()) % 7)
        return dt.datetime.combine(day, TOLD_AT, tzinfo=self.office.tz)


def hash_of(text: str) -> str:
    """Hash of what is long and random, or no secret."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def address_hash(address: str) -> str:
    """What equal addresses have in common; capitals make no other address."""
    return keyed_hash(address.strip().lower(), "saved search address")


def subscription_counts(office: Office | None = None) -> dict[str, int]:
    """How many follow a search of an office (None: of all): ``confirmed``, of these ``daily`` and ``weekly``, and
    ``waiting`` for a confirmation, ``failing`` when letters could not be sent for hours. Officers see no more.
    """
    rows = SavedSearch.objects.known()
    if office is not None:
        rows = rows.filter(office=office)
    confirmed = Q(confirmed_at__isnull=False)
    return rows.aggregate(
        confirmed=models.Count("pk", filter=confirmed),
        daily=models.Count("pk", filter=confirmed & Q(frequency=Frequency.DAILY)),
        weekly=models.Count("pk", filter=confirmed & Q(frequency=Frequency.WEEKLY)),
        waiting=models.Count("pk", filter=Q(confirmed_at__isnull=True)),
        failing=models.Count("pk", filter=Q(failures__gte=FAILING)),
    )
