"""`manage.py import_regulations FILE`: regulations from JSON lines, an index sheet, or a folder of files."""

from argparse import ArgumentParser
from pathlib import Path
from time import monotonic

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from catalogue.importing.records import Outcome, SourceError
from catalogue.importing.report import Report
from catalogue.importing.runner import import_regulations
from common import planner
from home.models import Office

_WORDS = {
    Outcome.CREATED: "regulasi dimuat",
    Outcome.KNOWN: "sudah ada dari sumber ini, tidak diubah",
    Outcome.MERGED: "digabung ke regulasi yang bernomor sama",
    Outcome.ATTACHED: "lampiran, dikaitkan dengan regulasinya",
    Outcome.DRAFTED: "disimpan sebagai draf",
    Outcome.BAD: "tidak dapat dimuat",
}
_SHOWN_LINES = 20
_PLAIN_EVERY = 10.0  # seconds between lines where no bar can be drawn


class Command(BaseCommand):
    help = "Memuat regulasi dari JSON lines (.jsonl, .gz), lembar indeks (.csv, .xlsx), atau folder berkas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments of the contract."""
        parser.add_argument("file", type=Path, help="berkas JSON lines, lembar indeks, atau folder")
        parser.add_argument(
            "--office", metavar="KODE", help="kode wilayah kantor; bawaan: kantor situs utama"
        )
        parser.add_argument("--limit", type=int, metavar="N", help="berhenti setelah N baris")
        parser.add_argument(
            "--draft", action="store_true", help="simpan semuanya sebagai draf, jangan terbitkan"
        )

    def handle(self, *args, **options) -> None:
        """Import with a progress bar, then say what became of each row."""
        office = self._office(options["office"])
        if options["limit"] is not None and options["limit"] < 1:
            raise CommandError("--limit harus angka mulai 1.")
        started = monotonic()
        try:
            with _Bar(self.stderr) as bar:
                report = import_regulations(
                    options["file"],
                    office,
                    limit=options["limit"],
                    as_draft=options["draft"],
                    progress=bar.show,
                )
        except SourceError as error:
            raise CommandError(str(error)) from error
        planner.refresh()
        self._summarise(report, office, monotonic() - started)
        if report.broken:
            raise CommandError(report.broken)

    def _office(self, code: str | None) -> Office:
        offices = Office.objects.select_related("site__root_page", "collection")
        found = offices.filter(kode_wilayah=code) if code else offices.filter(site__is_default_site=True)
        office = found.first()
        if office is not None:
            return office
        codes = ", ".join(Office.objects.values_list("kode_wilayah", flat=True)) or "belum ada"
        if code:
            raise CommandError(f"Tidak ada kantor berkode {code}. Kode yang ada: {codes}.")
        raise CommandError(f"Sebutkan kantornya dengan --office KODE. Kode yang ada: {codes}.")

    def _summarise(self, report: Report, office: Office, seconds: float) -> None:
        rate = report.rows / seconds if seconds else 0
        self.stdout.write(
            f"{report.rows} baris dibaca untuk {office.name} dalam {seconds:.1f} detik ({rate:.1f} baris/detik)."
        )
        for outcome, words in _WORDS.items():
            if report.counts[outcome]:
                self.stdout.write(f"  {report.counts[outcome]:>6}  {words}")
        self.stdout.write(f"  {report.accounted:>6}  jumlah, dari {report.rows} baris")
        if report.linked:
            self.stdout.write(f"  {report.linked} halaman dikaitkan dengan regulasi yang disebut judulnya.")
        if report.bad_lines:
            shown = ", ".join(map(str, report.bad_lines[:_SHOWN_LINES]))
            more = len(report.bad_lines) - _SHOWN_LINES
            self.stdout.write(
                f"Baris yang tidak dapat dimuat: {shown}{f' dan {more} lainnya' if more > 0 else ''}."
            )
        if report.counts[Outcome.CHECK]:
            self.stdout.write(f"{report.counts[Outcome.CHECK]} regulasi yang dimuat perlu diperiksa.")
        if report.path:
            self.stdout.write(f"Rincian setiap baris yang perlu dilihat: {report.path}")


class _Bar:
    """A bar on a terminal, a line every ten seconds elsewhere."""

    def __init__(self, stream):
        self.stream, self.console = stream, Console(stderr=True)
        self.started = self.said = monotonic()
        self.bar = Progress(
            TextColumn("{task.fields[rows]:>7} baris"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[rate]:>7.1f}/detik"),
            TimeRemainingColumn(),
            console=self.console,
            disable=not self.console.is_terminal,
        )

    def __enter__(self) -> "_Bar":
        self.task = self.bar.add_task("", total=None, rows=0, rate=0.0)
        self.bar.start()
        return self

    def __exit__(self, *exception) -> None:
        self.bar.stop()

    def show(self, done: int, size: int, rows: int) -> None:
        """Show how far the import is."""
        now = monotonic()
        rate = rows / max(now - self.started, 0.001)
        self.bar.update(self.task, total=size, completed=done, rows=rows, rate=rate)
        if not self.console.is_terminal and now - self.said >= _PLAIN_EVERY:
            self.said = now
            percent = 100 * done // size if size else 100
            self.stream.write(f"{rows} baris, {percent} %, {rate:.1f}/detik")
