"""The timed jobs of the site as such; rooms register their own in their AppConfig.ready()."""

import logging
from datetime import time
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from . import planner, schedule

logger = logging.getLogger(__name__)


def register() -> None:
    """Put this room's jobs on the timetable."""
    schedule.every(60, "terbitkan_terjadwal", publish_scheduled)
    schedule.daily(time(2, 10), "bersihkan_sesi", clear_sessions)
    schedule.daily(time(2, 20), "bersihkan_antrean", prune_tasks)
    schedule.daily(time(2, 50), "hitung_tabel", planner.refresh)


def publish_scheduled() -> str:
    """Expire what has passed its term and publish what has reached its hour.

    Wagtail's own `publish_scheduled` command does the same in one go and stops at the first object that fails; here
    each object is a transaction of its own, so that one broken page of one office holds nobody else up. Failures are
    raised together at the end, and tried again the next minute.
    """
    expired = published = 0
    failures = []
    for model in _models_with_schedule():
        for item in model.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at"):
            try:
                with transaction.atomic():
                    item.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
                expired += 1
            except Exception as error:
                logger.exception("%s %s could not be unpublished at its term", model.__name__, item.pk)
                failures.append(f"{item}: {error}")
    for revision in _due_revisions():
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
            published += 1
        except Exception as error:
            logger.exception("Revision %s could not be published at its hour", revision.pk)
            failures.append(f"{revision.object_str}: {error}")
    if failures:
        raise RuntimeError(f"{len(failures)} tidak dapat diterbitkan atau diakhiri: {'; '.join(failures)}")
    return f"{published} diterbitkan, {expired} diakhiri" if published or expired else ""


def clear_sessions() -> str:
    """Delete sign-ins that have ended."""
    call_command("clearsessions")
    return ""


def prune_tasks() -> str:
    """Delete the rows of finished tasks that nobody will look at any more (older than 30 days)."""
    call_command("prune_db_task_results", queue_name="*", min_age_days=30, verbosity=0)
    return ""


def _models_with_schedule() -> list[Any]:
    """Return Page and every other model with drafts (not the page types: Page's table lists them all)."""
    from wagtail.models import DraftStateMixin, Page

    others = [m for m in apps.get_models() if issubclass(m, DraftStateMixin) and not issubclass(m, Page)]
    return [Page, *others]


def _due_revisions():
    from wagtail.models import Revision

    return Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at")
