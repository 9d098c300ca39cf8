"""`manage.py verify_ledger [--files]`: does the public change log hold? Leaves with 1 when it does not."""

import sys

from django.core.management.base import BaseCommand

from documents.verification.checking import verify


class Command(BaseCommand):
    """Checks the chain of entries, what it says against the database, and with --files the bytes in the storage."""

    help = "Periksa catatan publikasi: nomor, rantai hash, basis data, dan (dengan --files) isi berkas di penyimpanan."

    def add_arguments(self, parser):
        """Offer the slow part."""
        parser.add_argument(
            "--files", action="store_true", help="Baca juga isi setiap berkas yang terbuka untuk umum."
        )

    def handle(self, *args, **options):
        """Print every fault as a sentence, then the outcome."""
        report = verify(read_files=options["files"])
        for sentence in report.faults:
            self.stdout.write(self.style.ERROR(sentence))
        for sentence in report.notices:
            self.stdout.write(sentence)
        read = f", {report.files} berkas dibaca" if options["files"] else ""
        forgotten = f", {report.forgotten} tanpa keterangan" if report.forgotten else ""
        self.stdout.write(f"{report.entries} entri diperiksa{forgotten}{read}.")
        self.stdout.write(f"Hash entri terbaru: {report.newest_hash}")
        if report.faults:
            self.stdout.write(self.style.ERROR(f"Catatan TIDAK utuh: {len(report.faults)} kesalahan."))
            sys.exit(1)
        self.stdout.write(self.style.SUCCESS("Catatan utuh."))
