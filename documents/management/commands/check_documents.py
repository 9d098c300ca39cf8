"""`manage.py check_documents`: compare the database with the file store and say what to do."""

from collections import Counter

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError

from documents.stock import ALTERED, MISSING, ORPHANED, compare, named_files
from documents.storage import StoreAway

ADVICE = {
    MISSING: (
        "Berkas hilang: kembalikan dari cadangan dengan kunci yang sama. Bila memakai S3, bucket biasanya masih "
        "menyimpan versi lamanya: hapus tanda hapusnya (delete marker)."
    ),
    ALTERED: (
        "Isi berkas berubah: jangan dibiarkan tayang. Kembalikan isi semula dari cadangan atau dari versi sebelumnya "
        "di bucket, lalu cari siapa yang dapat menulis ke penyimpanan."
    ),
    ORPHANED: (
        "Berkas tak bertuan: sisa unggahan yang gagal. Tidak dapat dibuka siapa pun; hapus dengan --repair-orphans."
    ),
}


class Command(BaseCommand):
    """Leaves with 0 when all is well, 1 when something is not, 2 when the store cannot be asked."""

    help = (
        "Membandingkan basis data dengan tempat penyimpanan: berkas yang hilang, berubah, atau tak bertuan "
        "(lebih dari satu hari). Kode keluar 1 bila ada yang tidak beres, 2 bila penyimpanan tidak dapat dihubungi."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--quick", action="store_true", help="Bandingkan ukurannya saja, tanpa membaca isi setiap berkas."
        )
        parser.add_argument(
            "--repair-orphans",
            action="store_true",
            help="Hapus berkas tak bertuan yang berumur lebih dari satu hari.",
        )

    def handle(self, *args, quick, repair_orphans, **options):
        found: Counter[str] = Counter()
        orphans = []
        try:
            for finding in compare(default_storage, read=not quick):
                found[finding.kind] += 1
                parts = (finding.kind, finding.key, finding.where, finding.detail)
                self.stdout.write("  ".join(part for part in parts if part))
                if finding.kind == ORPHANED:
                    orphans.append(finding.key)
            if repair_orphans:
                found[ORPHANED] -= self._delete(orphans)
        except StoreAway as error:
            raise CommandError(f"Tempat penyimpanan tidak dapat dihubungi: {error}", returncode=2) from error
        kinds = [kind for kind in (MISSING, ALTERED, ORPHANED) if found[kind]]
        if not kinds:
            self.stdout.write("Semua berkas ada dan utuh; tidak ada yang tak bertuan.")
            return
        for kind in kinds:
            self.stdout.write(ADVICE[kind])
        raise CommandError(", ".join(f"{found[kind]} {kind.lower()}" for kind in kinds) + ".", returncode=1)

    def _delete(self, orphans: list[str]) -> int:
        """Delete what still nothing names; return how many."""
        named = {file.key for file in named_files()}
        gone = [key for key in orphans if key not in named]
        for key in gone:
            default_storage.purge(key)
            self.stdout.write(f"DIHAPUS  {key}")
        return len(gone)
