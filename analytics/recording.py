"""Recording what happens: from a request to a line in the spool, without a query."""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone

from analytics.agents import device_of
from analytics.enums import Device, EventKind, Referrer
from analytics.referrers import referrer_kind
from analytics.spool import spool
from analytics.visitors import visitor_key, wants_no_trace
from common.agents import agent_of, is_bot
from home.models import Office

logger = logging.getLogger(__name__)


def record(
    request: HttpRequest,
    kind: EventKind,
    office: Office | None,
    *,
    page_id: int = 0,
    document_id: int = 0,
    referrer: str | None = None,
    is_empty: bool = False,
) -> None:
    """Keep one event for the collector. Never raises, never writes to the database (but for the day's first salt).

    ``referrer`` is the address that the visitor came from, where the caller knows better than the request's header;
    only its kind is kept. Of who wants no trace, and of bots, neither key nor source nor device is kept.
    """
    if office is None:
        return
    now = timezone.now()
    agent = agent_of(request)
    bot = is_bot(agent)
    event = {
        "k": kind.value,
        "t": now.timestamp(),
        "o": office.pk,
        "p": page_id,
        "d": document_id,
        "b": int(bot),
        "e": int(is_empty),
        "r": Referrer.UNKNOWN.value,
        "a": Device.UNKNOWN.value,
        "v": "",
        # A request for the first bytes: a player that starts again, or a download that goes on.
        "g": int("Range" in request.headers),
    }
    if not bot and not wants_no_trace(request):
        came_from = request.headers.get("Referer", "") if referrer is None else referrer
        event["r"] = referrer_kind(came_from[:500], request.get_host()).value
        event["a"] = device_of(agent).value
        try:
            event["v"] = visitor_key(request, office.pk, office.local_day(now))
        except DatabaseError:
            logger.warning(
                "No salt for today's visitor keys; this event is counted without one", exc_info=True
            )
    spool().append(event)
