"""`manage.py reindex`: a fresh index beside the live one, then the swap; or a comparison that mends."""

import time

from django.core.management.base import BaseCommand

from search.index_models import IndexedRecord
from search.reconciling import rebuild, reconcile


class Command(BaseCommand):
    help = "Menyusun indeks pencarian baru di samping yang dipakai, lalu menukarnya tanpa jeda."

    def add_arguments(self, parser):
        parser.add_argument(
            "--reconcile",
            action="store_true",
            help="Hanya bandingkan indeks dengan basis data dan perbaiki bedanya.",
        )

    def handle(self, *args, **options):
        started = time.monotonic()
        if options["reconcile"]:
            found = reconcile()
            self.stdout.write(
                f"Dicocokkan: {found}." if found.count else "Indeks sudah sama dengan basis data."
            )
            return
        index = rebuild(self._progress if options["verbosity"] else None)
        seconds = max(time.monotonic() - started, 0.001)
        count = IndexedRecord.objects.filter(index=index).count()
        self.stdout.write(
            f"\n{count} halaman diindeks dalam {seconds:.1f} detik ({count / seconds:.0f} per detik)."
        )

    def _progress(self, done: int, total: int) -> None:
        if done % 100 == 0 or done == total:
            self.stdout.write(f"\r{done}/{total}", ending="")
            self.stdout.flush()
