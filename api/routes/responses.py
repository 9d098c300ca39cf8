"""What the answers of operations have in common."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.utils.http import http_date
from pydantic import BaseModel

from api.rendering import json_bytes
from api.schemas.common import ProblemDetails

MISSING = {404: ProblemDetails}
LIST_PROBLEMS = {404: ProblemDetails, 422: ProblemDetails}
ENTRY_PROBLEMS = {404: ProblemDetails, 410: ProblemDetails}


def answers(shape: Any, problems: dict[int, Any]) -> dict[int, Any]:
    """Return the response shapes of an operation."""
    return {200: shape, **problems}


def dated(response: HttpResponse, moment: dt.datetime | None) -> None:
    """Say when the thing itself last changed. Told only: `api.http` explains why no condition rests on it."""
    if moment is not None:
        response["Last-Modified"] = http_date(moment.timestamp())


def rendered(answer: BaseModel) -> HttpResponse:
    """Return the body of an answer that is one of our shapes already: it need not be checked against them again.

    A search has hundreds of facet values; checking them a second time takes longer than finding them.
    """
    return HttpResponse(json_bytes(answer.model_dump()), content_type="application/json; charset=utf-8")
