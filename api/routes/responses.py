"""Which answers an operation may give, for its description."""

from typing import Any

from api.schemas.common import ProblemDetails

MISSING = {404: ProblemDetails}
LIST_PROBLEMS = {404: ProblemDetails, 422: ProblemDetails}
ENTRY_PROBLEMS = {404: ProblemDetails, 410: ProblemDetails}


def answers(shape: Any, problems: dict[int, Any]) -> dict[int, Any]:
    """Return the response shapes of an operation."""
    return {200: shape, **problems}
