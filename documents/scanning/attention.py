"""What the dashboard tells officers about files that are held back."""

from django.urls import reverse

from documents.enums import ScanState
from documents.models import OfficeDocument
from documents.scanning import clamd
from home.dashboard import Attention
from home.models import Office
from home.templatetags.eppid import angka


def file_attention(user, offices: list[Office]) -> list[Attention]:
    """Files in quarantine, and files that wait for an antivirus server which does not answer."""
    collections = [office.collection_id for office in offices if office.collection_id]
    files = OfficeDocument.objects.order_by("title", "pk")
    files = files if user.is_superuser else files.filter(collection__in=collections)
    kinds = [(ScanState.INFECTED, "{} berkas dikarantina dan tidak dapat dibuka.", "bad")]
    if clamd.is_configured():
        kinds.append((ScanState.FAILED, "{} berkas belum berhasil dipindai antivirus.", "warn"))
    items = []
    for state, message, level in kinds:
        found = files.filter(scan_state=state)
        if count := found.count():
            first = found[0]
            items.append(
                Attention(
                    message.format(angka(count)),
                    f"Contoh: “{first.title}”. {first.scan_reason}",
                    reverse("wagtaildocs:edit", args=[first.pk]),
                    "Buka berkas pertama",
                    level,
                )
            )
    return items
