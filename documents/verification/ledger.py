"""Adding to the change log: one chain for the installation, one writer at a time."""

from collections.abc import Sequence

from django.db import transaction

from documents.verification.canonical import new_salt
from documents.verification.models import LedgerEntry, LedgerHead

HEAD_ID = 1
BATCH = 500


def append(entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    """Number, seal and store entries at the end of the chain, inside the transaction of what they tell.

    Writers queue for the head's row until their transaction ends, so numbers have no gap and no two entries follow the
    same one.
    """
    if not entries:
        return []
    with transaction.atomic():
        LedgerHead.objects.get_or_create(pk=HEAD_ID)
        head = LedgerHead.objects.select_for_update().get(pk=HEAD_ID)
        for entry in entries:
            entry.number = head.number + 1
            entry.salt = new_salt()
            entry.seal(head.hash)
            head.number, head.hash = entry.number, entry.hash
        LedgerEntry.objects.bulk_create(entries, batch_size=BATCH)
        head.save()
    return list(entries)


def newest() -> LedgerHead:
    """Return number and hash of the newest entry (number 0 while there is none)."""
    return LedgerHead.objects.filter(pk=HEAD_ID).first() or LedgerHead()
