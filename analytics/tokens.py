"""The signed mark by which a page tells, when somebody reads it, which page was read.

A page may come out of a cache, so the reader's browser reports the view. The mark says office, page, document and
kind, and cannot be made by anybody else; it holds for ever, and is the same for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

from analytics.enums import EventKind

_signer = Signer(salt="analytics.tokens")
_REPORTED = {"v": EventKind.VIEW, "e": EventKind.EMBED}
_LETTERS = {kind: letter for letter, kind in _REPORTED.items()}
MAX_LENGTH = 120


@dataclass(frozen=True)
class Mark:
    """What was shown: ids, 0 for none."""

    kind: EventKind
    office_id: int
    page_id: int = 0
    document_id: int = 0


def token_of(mark: Mark) -> str:
    """The mark as it stands in the page."""
    return _signer.sign(f"{_LETTERS[mark.kind]}.{mark.office_id}.{mark.page_id}.{mark.document_id}")


def mark_of(token: str) -> Mark | None:
    """What a token says, None for one that this site did not make."""
    try:
        letter, *numbers = _signer.unsign(token[:MAX_LENGTH]).split(".")
        office_id, page_id, document_id = map(int, numbers)
        return Mark(_REPORTED[letter], office_id, page_id, document_id)
    except (BadSignature, KeyError, ValueError):
        return None
