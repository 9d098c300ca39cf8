"""Counts the pages that programs fetch: they report no views by themselves."""

from __future__ import annotations

from analytics.recording import record
from common.agents import agent_of, is_bot
from home.models import Office


class BotMiddleware:
    """Record a page that was rendered for a bot; a person's browser reports its view itself (`analytics.views`)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Answer the request. The page's mark is there only when one was rendered."""
        response = self.get_response(request)
        mark = getattr(request, "shown", None)
        if mark and response.status_code == 200 and request.method == "GET" and is_bot(agent_of(request)):
            record(request, mark.kind, Office.objects.for_request(request), page_id=mark.page_id)
        return response
