"""`manage.py clean_documents`: let today's checks look at files that were stored before they existed."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet

from documents.models import DocumentVersion, OfficeDocument
from documents.scanning import clamd, older_files
from documents.scanning.older_files import PROBLEMS, Examined, Outcome
from documents.storage import StoreAway

PROGRESS_EVERY = 50
ADVICE = {
    Outcome.QUARANTINED: (
        "Dikarantina: hanya administrator yang dapat membukanya. Ganti berkasnya atau hapus dokumennya."
    ),
    Outcome.CARRIES: (
        "Masih memuat metadata: bersihkan di program asalnya lalu ganti berkasnya; versi lama yang terbuka dapat "
        "ditutup di halaman versinya."
    ),
    Outcome.UNCHECKED: (
        "Tidak dapat diperiksa: berkasnya rusak atau terlalu rumit. Dibiarkan seperti adanya dan dicoba lagi pada "
        "putaran berikut; bila tetap begitu, ganti berkasnya."
    ),
    Outcome.MISSING: "Hilang dari penyimpanan: jalankan manage.py check_documents.",
}


class Command(BaseCommand):
    """Leaves with 0 when nothing is left to do for people, 1 when something is, 2 when a server could not be asked."""

    help = (
        "Memeriksa dan membersihkan berkas yang disimpan sebelum pemeriksaan berkas ada, seperti unggahan baru. "
        "Berkas yang dibersihkan menjadi versi baru; berkas aslinya disimpan untuk petugas. Boleh dihentikan dan "
        "diulang kapan saja. Kode keluar 1 bila ada yang perlu dilihat orang, 2 bila penyimpanan atau antivirus tidak "
        "dapat dihubungi."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "ids", nargs="*", type=int, help="nomor dokumen; kosong berarti semua yang tersisa"
        )
        parser.add_argument("--dry-run", action="store_true", help="Katakan saja apa yang akan terjadi.")
        parser.add_argument("--limit", type=int, default=None, help="Berhenti setelah sekian berkas.")

    def handle(self, *args, ids, dry_run, limit, **options):
        if limit is not None and limit < 1:
            raise CommandError("--limit harus paling sedikit 1.", returncode=2)
        documents, versions = older_files.documents_left(), older_files.versions_left()
        if ids:
            documents, versions = documents.filter(pk__in=ids), versions.filter(document__in=ids)
        work = [(OfficeDocument, pk) for pk in _keys(documents)] + [
            (DocumentVersion, pk) for pk in _keys(versions)
        ]
        self.total = len(work[:limit])
        self.found: Counter[Outcome] = Counter()
        try:
            for done, (model, pk) in enumerate(work[:limit], 1):
                self._one(model, pk, write=not dry_run)
                if done % PROGRESS_EVERY == 0 and done < self.total:
                    self.stdout.write(self._so_far(done))
        except (StoreAway, clamd.ScannerAway) as error:
            done = self.found.total()
            raise CommandError(
                f"Terhenti setelah {done} berkas: {error} Jalankan lagi; yang sudah selesai tidak diulang.",
                returncode=2,
            ) from error
        self.stdout.write(self._so_far(self.total))
        left = len(work) - self.total
        if left:
            self.stdout.write(f"{left} berkas lagi menunggu putaran berikut.")
        if dry_run:
            self.stdout.write("Tidak ada yang diubah (--dry-run).")
        problems = [outcome for outcome in Outcome if outcome in PROBLEMS and self.found[outcome]]
        for outcome in problems:
            self.stdout.write(ADVICE[outcome])
        if problems:
            raise CommandError(
                ", ".join(f"{self.found[outcome]} {outcome.value}" for outcome in problems) + ".",
                returncode=1,
            )

    def _one(self, model: type, pk: int, *, write: bool) -> None:
        """Look at one file and print a line when somebody should look at it too."""
        row = model.objects.filter(pk=pk).first()
        if row is None:
            self.found[Outcome.OVERTAKEN] += 1
            return
        if model is OfficeDocument:
            number, version, title = row.pk, row.version, row.title
            examined = older_files.examine_document(row, write=write)
        else:
            number, version, title = row.document_id, row.number, row.document.title
            examined = older_files.examine_version(row, write=write)
        self.found[examined.outcome] += 1
        if examined.outcome in PROBLEMS:
            self.stdout.write(_line(examined, number, version, title))

    def _so_far(self, done: int) -> str:
        parts = [f"{self.found[outcome]} {outcome.value}" for outcome in Outcome if self.found[outcome]]
        return f"{done} dari {self.total} berkas" + (f": {', '.join(parts)}." if parts else ".")


def _keys(rows: QuerySet) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _line(examined: Examined, number: int, version: int, title: str) -> str:
    """One line of plain text, whatever stands in a title or in the file."""
    detail = f"  {examined.detail}" if examined.detail else ""
    line = f"{examined.outcome.value.upper()}  dokumen {number} versi {version} “{title}”{detail}"
    return "".join(char if char.isprintable() else " " for char in line)
