"""What the answers of operations have in common."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.utils.http import http_date

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
