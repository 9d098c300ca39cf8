"""Which edition of the built-in checks has looked at a file.

An edition is counted up when the checks of a kind of file learn to find or to remove something new. Files that an older
edition looked at are looked at anew by `manage.py clean_documents`; nothing else depends on the number.
"""

from django.db.models import Q

FIRST = 1
"""The edition of every kind that has no later one."""
LATER = {"video/mp4": 2, "video/webm": 2}
"""By kind of content (MIME type): the second edition takes notes out of videos."""


def current_edition(mime_type: str) -> int:
    """Return the edition that looks at files of this kind today."""
    return LATER.get(mime_type, FIRST)


def left_behind() -> Q:
    """Match files that the current edition has not looked at."""
    behind = Q(checks_edition__lt=FIRST)
    for mime_type, edition in LATER.items():
        behind |= Q(mime_type=mime_type, checks_edition__lt=edition)
    return behind
