"""Do at once what files still need: a look inside, signatures, the antivirus scan."""

from django.core.management.base import BaseCommand

from documents.models import OfficeDocument
from documents.scanning import checking, clamd


class Command(BaseCommand):
    """`manage.py check_uploads` works through what waits; `--signatures` reads all signatures anew."""

    help = "Memeriksa dan memindai berkas yang belum diperiksa."

    def add_arguments(self, parser):
        """Add the choice of work."""
        parser.add_argument(
            "--signatures", action="store_true", help="baca ulang semua tanda tangan elektronik"
        )

    def handle(self, *args, **options):
        """Check what waits, one file after the other, and say what came of it."""
        if options["signatures"]:
            OfficeDocument.objects.filter(is_signed=True).update(signatures=None)
        states: dict[str, int] = {}
        waiting = OfficeDocument.objects.filter(checking.waiting()).exclude(extraction_token=None)
        for pk, token in list(waiting.order_by("pk").values_list("pk", "extraction_token")):
            state = checking.check(pk, str(token))
            states[state] = states.get(state, 0) + 1
        for state, count in sorted(states.items()):
            self.stdout.write(f"{count} berkas: {state}")
        if clamd.is_configured():
            versions = 0
            while done := checking.scan_versions():
                versions += done
            self.stdout.write(f"{versions} versi lama dipindai")
        self.stdout.write("Selesai.")
