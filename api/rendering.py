"""JSON that people can read in a terminal: real letters instead of escapes."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder


def json_bytes(data: Any) -> bytes:
    """Return `data` as JSON in UTF-8; half a surrogate pair, which UTF-8 cannot hold, becomes a question mark."""
    return json.dumps(data, cls=NinjaJSONEncoder, ensure_ascii=False).encode("utf-8", "replace")


class ReadableJSON(BaseRenderer):
    """Renderer of every answer of the API."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """Return the body."""
        return json_bytes(data)
