"""Chainable queries of catalogue pages."""

import datetime as dt

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from wagtail.models import PageQuerySet

from catalogue.enums import RegulationStatus, RelationType
from common.visibility import Visibility, public


class CatalogueQuerySet(PageQuerySet):
    """Queries that every kind of entry answers."""

    def visible(self):
        """Entries that the public may see at this moment."""
        return public(self)

    def with_files(self):
        """Prefetch files with their documents, for lists that name them."""
        return self.prefetch_related("files__document").select_related("unit_kerja")

    def newest_first(self):
        """Newest information first; entries without a date last."""
        return self.order_by(F("tanggal_informasi").desc(nulls_last=True), "-first_published_at", "pk")


def _visible_relations(on: dt.date, kinds: list[str]):
    """Relations to the outer regulation that take effect by `on` and whose source the public may see."""
    from catalogue.models import RegulationRelation

    return RegulationRelation.objects.filter(
        Visibility().where("source"), target=OuterRef("pk"), jenis__in=kinds
    ).filter(
        Q(tanggal_efektif__lte=on)
        | Q(tanggal_efektif__isnull=True, source__tanggal_berlaku__lte=on)
        | Q(
            tanggal_efektif__isnull=True,
            source__tanggal_berlaku__isnull=True,
            source__tanggal_penetapan__lte=on,
        )
        | Q(
            tanggal_efektif__isnull=True,
            source__tanggal_berlaku__isnull=True,
            source__tanggal_penetapan__isnull=True,
            source__tahun__lte=on.year,
        )
    )


class RegulationQuerySet(CatalogueQuerySet):
    """Queries of regulations."""

    def with_status(self, on: dt.date):
        """Annotate `status_code` (a RegulationStatus value): the effective status on the date `on`.

        The same rule as `RegulationPage.status_on`, as one query. Only relations of regulations that the public may
        see count, so a draft that revokes something changes nothing yet.
        """
        starts = Coalesce(F("tanggal_berlaku"), F("tanggal_pengundangan"), F("tanggal_penetapan"))
        return self.annotate(_starts=starts).annotate(
            status_code=Case(
                When(tanggal_berakhir__lte=on, then=Value(RegulationStatus.REVOKED.value)),
                When(
                    Exists(_visible_relations(on, [RelationType.REVOKES])),
                    then=Value(RegulationStatus.REVOKED.value),
                ),
                When(_starts__gt=on, then=Value(RegulationStatus.NOT_YET.value)),
                When(
                    Exists(_visible_relations(on, [RelationType.REVOKES_PARTLY])),
                    then=Value(RegulationStatus.PARTLY_REVOKED.value),
                ),
                When(
                    Exists(_visible_relations(on, [RelationType.AMENDS])),
                    then=Value(RegulationStatus.AMENDED.value),
                ),
                default=Value(RegulationStatus.IN_FORCE.value),
                output_field=CharField(),
            )
        )
