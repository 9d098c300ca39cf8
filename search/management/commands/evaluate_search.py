"""`manage.py evaluate_search FILE`: how well judged queries are answered."""

import json

from django.core.management.base import BaseCommand, CommandError

from search import service
from search.corpus import corpus_records
from search.engines.elastic import connection
from search.engines.elastic.connection import ClusterUnavailable
from search.evaluation import evaluate, read_queries
from search.trial import CLUSTER, EMBEDDED, trial_engine


class Command(BaseCommand):
    help = (
        "Menjalankan kueri berpenilaian dari FILE ([{query, relevant, kind}]) dan mencetak nDCG@10 dan MRR@10, "
        "seluruhnya dan per jenis; baris terakhir satu objek JSON."
    )

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument(
            "--corpus",
            help="Berkas JSON lines (boleh .gz) untuk indeks percobaan; tanpa ini indeks situs dipakai.",
        )
        parser.add_argument(
            "--engine",
            choices=[EMBEDDED, CLUSTER],
            help="Mesin yang dinilai; bawaan: yang menjawab di situs ini.",
        )
        parser.add_argument(
            "--misses", type=float, metavar="N", help="Cetak juga kueri dengan nDCG di bawah N."
        )

    def handle(self, *args, **options):
        try:
            queries = read_queries(options["file"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        first = service.engines()[0]
        name = options["engine"] or first.name
        if name == CLUSTER and not connection.is_configured():
            raise CommandError("ELASTICSEARCH_URL belum diisi.")
        try:
            report = (
                self._trial(name, options["corpus"], queries)
                if options["corpus"]
                else self._site(name, queries)
            )
        except ClusterUnavailable as error:
            raise CommandError(str(error)) from error
        self._print(report, options["misses"])

    def _trial(self, name, corpus, queries):
        try:
            with trial_engine(name, corpus_records(corpus)) as (engine, count):
                self.stdout.write(f"{count} catatan diindeks untuk percobaan ini ({name}).")
                return evaluate(engine, queries)
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"{corpus}: tidak dapat dibaca ({error}).") from error

    def _site(self, name, queries):
        engine = next(engine for engine in service.engines() if engine.name == name)
        if not engine.health().documents:
            raise CommandError("Indeks kosong. Muat peraturan dulu, atau pakai --corpus.")
        return evaluate(engine, queries)

    def _print(self, report, below):
        line = "{:<16}{:>8}{:>10}{:>10}"
        self.stdout.write(line.format("jenis", "kueri", "nDCG@10", "MRR@10"))
        for kind, row in report.kinds.items():
            self.stdout.write(
                line.format(kind or "-", row["queries"], f"{row['ndcg@10']:.3f}", f"{row['mrr@10']:.3f}")
            )
        self.stdout.write(
            line.format("semua", len(report.seconds), f"{report.ndcg:.3f}", f"{report.mrr:.3f}")
        )
        for value, judged, ranked in report.misses if below else ():
            if value < below:
                self.stdout.write(f"{value:.2f} {judged.kind} “{judged.query}” {ranked[:5]}")
        self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
