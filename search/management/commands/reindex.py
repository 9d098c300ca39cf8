"""`manage.py reindex`: a fresh index beside the live one, then the swap; or a comparison that mends."""

import time

from django.core.management.base import BaseCommand, CommandError

from search import reconciling
from search.engines.elastic import connection, rebuilding
from search.engines.elastic.connection import ClusterUnavailable
from search.index_models import IndexedRecord

EMBEDDED, CLUSTER = "embedded", "elasticsearch"


class Command(BaseCommand):
    help = (
        "Menyusun indeks pencarian baru di samping yang dipakai, lalu menukarnya tanpa jeda. Penyusunan di "
        "Elasticsearch yang terputus dilanjutkan."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--reconcile",
            action="store_true",
            help="Hanya bandingkan indeks dengan basis data dan perbaiki bedanya.",
        )
        parser.add_argument(
            "--engine", choices=[EMBEDDED, CLUSTER], help="Hanya mesin ini; tanpa ini semua yang dipakai."
        )

    def handle(self, *args, **options):
        chosen = options["engine"]
        if chosen == CLUSTER and not connection.is_configured():
            raise CommandError("ELASTICSEARCH_URL belum diisi.")
        self.quiet = not options["verbosity"]
        try:
            if chosen != CLUSTER:
                self._embedded(options["reconcile"])
            if chosen != EMBEDDED and connection.is_configured():
                self._cluster(options["reconcile"])
        except ClusterUnavailable as error:
            raise CommandError(
                f"{error} Ulangi perintah ini sesudahnya; yang sudah tersusun tidak diulang."
            ) from error

    def _embedded(self, reconcile: bool) -> None:
        if reconcile:
            self._tell(reconciling.reconcile(), "Indeks")
            return
        started = time.monotonic()
        index = reconciling.rebuild(self._progress)
        self._tell_rate(IndexedRecord.objects.filter(index=index).count(), started, "")

    def _cluster(self, reconcile: bool) -> None:
        if not reconcile:
            started = time.monotonic()
            count = rebuilding.rebuild(self._progress)
            self._tell_rate(count, started, " di Elasticsearch")
        self._tell(reconciling.reconcile_cluster(), "Indeks Elasticsearch")

    def _tell(self, found: reconciling.Difference, what: str) -> None:
        self.stdout.write(
            f"{what} dicocokkan: {found}." if found.count else f"{what} sudah sama dengan basis data."
        )

    def _tell_rate(self, count: int, started: float, where: str) -> None:
        seconds = max(time.monotonic() - started, 0.001)
        self.stdout.write(
            f"\n{count} halaman diindeks{where} dalam {seconds:.1f} detik ({count / seconds:.0f} per detik)."
        )

    def _progress(self, done: int, total: int) -> None:
        if not self.quiet and (done % 100 == 0 or done == total):
            self.stdout.write(f"\r{done}/{total}", ending="")
            self.stdout.flush()
