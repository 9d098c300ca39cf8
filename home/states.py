"""Where a page stands between draft and withdrawal: one rule for labels, filters and counts of the admin."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState

from home.models import Withdrawal


class PublicationState(models.TextChoices):
    """State of a page as the officer sees it; the word that goes with it."""

    LIVE = "terbit", "Terbit"
    LIVE_REVIEW = "terbit_diperiksa", "Terbit, perubahan diperiksa"
    LIVE_DRAFT = "terbit_draf", "Terbit, ada perubahan"
    REVIEW = "diperiksa", "Menunggu pemeriksaan"
    RETURNED = "dikembalikan", "Perlu diperbaiki"
    SCHEDULED = "dijadwalkan", "Dijadwalkan"
    EXPIRED = "kedaluwarsa", "Kedaluwarsa"
    WITHDRAWN = "dicabut", "Dicabut"
    DRAFT = "draf", "Draf"


LIVE_STATES = (PublicationState.LIVE, PublicationState.LIVE_REVIEW, PublicationState.LIVE_DRAFT)
WAITING_STATES = (PublicationState.REVIEW, PublicationState.LIVE_REVIEW)


def with_state(pages: QuerySet) -> QuerySet:
    """Annotate `state_code` (a PublicationState value) on a queryset of pages, without a query a page."""
    page_type = ContentType.objects.get_for_model(Page)
    workflows = WorkflowState.objects.filter(base_content_type=page_type, object_id=OuterRef("_key"))
    in_review = Exists(workflows.filter(status=WorkflowState.STATUS_IN_PROGRESS))
    returned = Exists(workflows.filter(status=WorkflowState.STATUS_NEEDS_CHANGES))
    scheduled = Exists(
        Revision.objects.filter(
            base_content_type=page_type, object_id=OuterRef("_key"), approved_go_live_at__isnull=False
        )
    )
    withdrawn = Exists(Withdrawal.objects.filter(page_id=OuterRef("pk")))
    is_over = Q(expire_at__lte=timezone.now())
    rules = (
        (Q(live=True) & is_over, PublicationState.EXPIRED),
        (Q(live=True) & Q(in_review), PublicationState.LIVE_REVIEW),
        (Q(live=True, has_unpublished_changes=True), PublicationState.LIVE_DRAFT),
        (Q(live=True), PublicationState.LIVE),
        (in_review, PublicationState.REVIEW),
        (returned, PublicationState.RETURNED),
        (scheduled, PublicationState.SCHEDULED),
        (Q(expired=True), PublicationState.EXPIRED),
        (withdrawn, PublicationState.WITHDRAWN),
    )
    return pages.annotate(_key=Cast(F("pk"), CharField())).annotate(
        state_code=Case(
            *(When(condition, then=Value(state.value)) for condition, state in rules),
            default=Value(PublicationState.DRAFT.value),
            output_field=CharField(),
        )
    )
