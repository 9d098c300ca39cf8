"""Figures of made-up days, as the roll-ups would leave them."""

import datetime as dt

from analytics.enums import Device, Dimension, EventKind, Referrer
from analytics.models import DocumentDay, OfficeDay, PageDay, SourceDay

TODAY = dt.date(2026, 5, 20)
NOON = dt.datetime(2026, 5, 20, 5, tzinfo=dt.UTC)  # noon in Jakarta


def office_day(office, day: dt.date, **figures) -> OfficeDay:
    """One day of an office."""
    given = {"views": 10, "visitors": 4, "downloads": 3, "downloaders": 2, "searches": 5, "empty_searches": 1}
    return OfficeDay.objects.create(office_id=office.pk, day=day, **given | figures)


def page_day(office, day: dt.date, page, views: int = 5, visitors: int = 2) -> PageDay:
    """One day of a page."""
    return PageDay.objects.create(
        office_id=office.pk, day=day, page_id=page.pk, views=views, visitors=visitors
    )


def document_day(
    office, day: dt.date, document, downloads: int = 3, downloaders: int = 2, **sources
) -> DocumentDay:
    """One day of a file."""
    return DocumentDay.objects.create(
        office_id=office.pk,
        day=day,
        document_id=document.pk,
        downloads=downloads,
        downloaders=downloaders,
        **sources,
    )


def source_days(office, day: dt.date, views: int = 10) -> None:
    """Sources, devices and hours of one day."""
    for dimension, value in (
        (Dimension.REFERRER, Referrer.SEARCH_ENGINE),
        (Dimension.DEVICE, Device.PHONE),
        (Dimension.HOUR, "10"),
    ):
        SourceDay.objects.create(
            office_id=office.pk, day=day, kind=EventKind.VIEW, dimension=dimension, value=value, count=views
        )
