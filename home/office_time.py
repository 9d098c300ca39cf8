"""Dates on an office's site are the office's: Indonesia has three time zones, and an answer of the evening has another
date in Jayapura than in Jakarta."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from zoneinfo import ZoneInfo

from django.utils import timezone

from home.models import Office


class OfficeTimeMiddleware:
    """Read and write dates in the time zone of the office whose site is asked. The admin has its users' own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Answer the request in the office's time."""
        with timezone.override(OfficeZone(request)):
            return self.get_response(request)


class OfficeZone(dt.tzinfo):
    """The time zone of a request's office, looked up when the first date is written; the site's where there is none."""

    def __init__(self, request):
        self._request = request

    @cached_property
    def _zone(self) -> ZoneInfo:
        office = Office.objects.for_request(self._request)
        return office.tz if office else ZoneInfo(timezone.get_default_timezone_name())

    def utcoffset(self, moment: dt.datetime | None) -> dt.timedelta | None:
        """Distance from UTC."""
        return self._zone.utcoffset(moment)

    def dst(self, moment: dt.datetime | None) -> dt.timedelta | None:
        """None: Indonesia knows no summer time."""
        return self._zone.dst(moment)

    def tzname(self, moment: dt.datetime | None) -> str | None:
        """Its abbreviation at a moment."""
        return self._zone.tzname(moment)

    def fromutc(self, moment: dt.datetime) -> dt.datetime:
        """A moment of UTC as the office's."""
        return self._zone.fromutc(moment.replace(tzinfo=self._zone))

    def __str__(self):
        return str(self._zone)  # by which databases know it

    def __reduce__(self):
        return ZoneInfo, (str(self._zone),)
