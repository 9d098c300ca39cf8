"""Which files may not leave because of what they are: unseen ones, dangerous ones, and where the office has an
antivirus server also those that it has not found clean.

`documents.access` asks here; the states are moved by `documents.scanning.checking` alone.
"""

from django.db.models import Q, QuerySet

from documents.enums import ScanState
from documents.scanning import clamd


def held_back() -> Q:
    """Match documents whose file the public must not get, by what is known of the file itself."""
    held = Q(is_checked=False) | Q(scan_state=ScanState.INFECTED)
    return held | ~Q(scan_state=ScanState.CLEAN) if clamd.is_configured() else held


def held_documents() -> QuerySet:
    """Return the ids of the documents whose file is held back; registered as a use that is never public."""
    from documents.models import OfficeDocument

    return OfficeDocument.objects.filter(held_back()).order_by().values("id")


def holds_version(version) -> bool:
    """Tell whether an earlier version's file is held back from the public."""
    if version.is_quarantined:
        return True
    return clamd.is_configured() and version.scan_state != ScanState.CLEAN
