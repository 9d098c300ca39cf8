"""Queue files to be read anew: after OCR was installed, or after the reader was improved."""

from django.core.management.base import BaseCommand

from documents import queue
from documents.enums import INCOMPLETE_STATES, ExtractionState
from documents.models import OfficeDocument


class Command(BaseCommand):
    """`manage.py reread_documents` takes what is incomplete; `--state selesai` or ids name others."""

    help = "Membaca ulang teks dokumen (bawaan: yang belum lengkap)."

    def add_arguments(self, parser):
        """Add the choice of documents."""
        parser.add_argument("ids", nargs="*", type=int, help="nomor dokumen; kosong berarti menurut keadaan")
        parser.add_argument(
            "--state", action="append", choices=ExtractionState.values, help="keadaan teks; boleh berulang"
        )

    def handle(self, *args, **options):
        """Queue the chosen documents."""
        chosen = OfficeDocument.objects.order_by("pk")
        if options["ids"]:
            chosen = chosen.filter(pk__in=options["ids"])
        else:
            chosen = chosen.filter(extraction_state__in=options["state"] or INCOMPLETE_STATES)
        count = 0
        for document in chosen.iterator():
            queue.restart(document)
            count += 1
        self.stdout.write(f"{count} dokumen diantrekan untuk dibaca ulang.")
