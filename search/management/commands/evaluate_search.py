"""`manage.py evaluate_search FILE`: how well judged queries are answered."""

import json

from django.core.management.base import BaseCommand, CommandError

from search.corpus import corpus_records
from search.engines.embedded import store
from search.engines.embedded.engine import EmbeddedEngine
from search.engines.embedded.writing import write_records
from search.evaluation import evaluate, indexed_count, read_queries
from search.index_models import IndexState, SearchIndex


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
            "--misses", type=float, metavar="N", help="Cetak juga kueri dengan nDCG di bawah N."
        )

    def handle(self, *args, **options):
        try:
            queries = read_queries(options["file"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        scratch = None
        try:
            if options["corpus"]:
                scratch = SearchIndex.objects.create(state=IndexState.SCRATCH, version=store.INDEX_VERSION)
                try:
                    count = write_records(scratch, corpus_records(options["corpus"]))
                except (OSError, ValueError, KeyError) as error:
                    raise CommandError(f"{options['corpus']}: tidak dapat dibaca ({error}).") from error
                self.stdout.write(f"{count} catatan diindeks untuk percobaan ini.")
            engine = EmbeddedEngine(scratch)
            if not indexed_count(engine):
                raise CommandError("Indeks kosong. Muat peraturan dulu, atau pakai --corpus.")
            report = evaluate(engine, queries)
        finally:
            if scratch:
                scratch.delete()
        self._print(report, options["misses"])

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
