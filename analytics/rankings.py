"""Files by downloads and pages by views, among those that may be named. Roll-ups only."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet, Sum

from analytics.enums import Referrer
from analytics.figures import Scope
from analytics.models import DocumentDay, PageDay
from analytics.periods import Period


def documents(scope: Scope, period: Period, named: QuerySet) -> QuerySet:
    """Files of `named` that were downloaded, the most downloaded first.

    Rows are dicts: `document_id`, `count` (downloads), `people` (downloaders, each once a day), one count a source.
    """
    rows = _within(DocumentDay, scope, period).filter(document_id__in=named.order_by().values("pk"))
    sources = {f"from_{source.value}": Sum(name) for source, name in DocumentDay.SOURCES.items()}
    return (
        rows.values("document_id")
        .annotate(count=Sum("downloads"), people=Sum("downloaders"), **sources)
        .filter(count__gt=0)
        .order_by("-count", "document_id")
    )


def pages(scope: Scope, period: Period, named: QuerySet) -> QuerySet:
    """Pages of `named` that were read, the most read first: dicts of `page_id`, `count` (views), `people`."""
    rows = _within(PageDay, scope, period).filter(page_id__in=named.order_by().values("pk"))
    return (
        rows.values("page_id")
        .annotate(count=Sum("views"), people=Sum("visitors"))
        .filter(count__gt=0)
        .order_by("-count", "page_id")
    )


def downloads_of(scope: Scope, period: Period, ids: Collection[int]) -> dict[int, int]:
    """Downloads of some files in a period, by id."""
    return _counts(_within(DocumentDay, scope, period), "document_id", "downloads", ids)


def views_of(scope: Scope, period: Period, ids: Collection[int]) -> dict[int, int]:
    """Views of some pages in a period, by id."""
    return _counts(_within(PageDay, scope, period), "page_id", "views", ids)


def downloads_ever(ids: Collection[int]) -> dict[int, int]:
    """All downloads of some files since they are counted, at all offices. One query, none without ids."""
    return _counts(DocumentDay.objects.all(), "document_id", "downloads", ids) if ids else {}


def sources_of(row: dict) -> dict[Referrer, int]:
    """Where the downloads of a row of `documents` came from, the greatest first, without what is 0."""
    counts = {source: row[f"from_{source.value}"] for source in DocumentDay.SOURCES}
    counts[Referrer.UNKNOWN] = row["count"] - sum(counts.values())
    return {source: count for source, count in sorted(counts.items(), key=lambda pair: -pair[1]) if count > 0}


def _within(model, scope: Scope, period: Period) -> QuerySet:
    return scope.limit(model.objects.filter(day__gte=period.first, day__lte=period.last)).order_by()


def _counts(rows: QuerySet, key: str, name: str, ids: Collection[int]) -> dict[int, int]:
    found = rows.filter(**{f"{key}__in": list(ids)}).values(key).annotate(count=Sum(name)).order_by()
    return {row[key]: row["count"] for row in found}
