"""`manage.py migrate_storage`: copy a site's files from disk to its bucket, each one compared after it arrived."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from documents.fingerprints import sha256_of
from documents.stock import Named, named_files
from documents.storage import BucketStorage, DiskStorage, StoreAway

PROGRESS_EVERY = 100


class Command(BaseCommand):
    """May be stopped and started at any time: what has arrived whole is left alone. The files on disk stay."""

    help = (
        "Menyalin semua berkas dari disk ke bucket S3, lalu membandingkan SHA-256 salinannya. Boleh dihentikan dan "
        "diulang kapan saja; berkas di disk tidak dihapus. Jalankan dengan variabel S3_* dan AWS_* sudah diisi."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--from", dest="folder", default=None, help="Folder asal (bawaan: folder media situs)."
        )
        parser.add_argument("--dry-run", action="store_true", help="Hitung saja, tanpa menyalin.")

    def handle(self, *args, folder, dry_run, **options):
        target: Any = default_storage
        if not isinstance(target, BucketStorage):
            raise CommandError("S3_BUCKET belum diisi: tidak ada bucket tujuan. Lihat docs/operations.md.")
        source = DiskStorage(location=Path(folder or settings.MEDIA_ROOT))
        if not Path(source.location).is_dir():
            raise CommandError(f"Folder asal {source.location} tidak ada.")
        self.done: Counter[str] = Counter()
        seen: set[str] = set()
        try:
            for file in named_files():
                if file.key in seen:
                    continue
                seen.add(file.key)
                self._one(source, target, file, dry_run)
                if len(seen) % PROGRESS_EVERY == 0:
                    self.stdout.write(self._so_far(len(seen)))
        except StoreAway as error:
            raise CommandError(
                f"Terhenti setelah {len(seen)} berkas: {error}. Jalankan lagi; yang sudah tersalin tidak diulang.",
                returncode=2,
            ) from error
        self.stdout.write(self._so_far(len(seen)))
        if not dry_run:
            left = sum(1 for key, _size, _when in source.walk() if key not in seen)
            self.stdout.write(f"{left} berkas di disk tidak dipakai baris mana pun dan tidak disalin.")
        if self.done["hilang"] or self.done["gagal"]:
            raise CommandError(
                f"{self.done['hilang']} berkas hilang di disk, {self.done['gagal']} gagal disalin.",
                returncode=1,
            )

    def _one(self, source: DiskStorage, target: BucketStorage, file: Named, dry_run: bool) -> None:
        try:
            size = source.size(file.key)
        except FileNotFoundError:
            if target.exists(file.key):
                self.done["ada"] += 1  # uploaded when the site had moved already
            else:
                self.done["hilang"] += 1
                self.stderr.write(f"HILANG DI DISK  {file.key}  {file.where}")
            return
        with source.open(file.key) as handle:
            wanted = sha256_of(handle)
        if file.sha256 and wanted != file.sha256:
            self.stderr.write(f"BERUBAH DI DISK (tetap disalin)  {file.key}  {file.where}")
        if self._arrived(target, file.key, size, wanted):
            self.done["ada"] += 1
            return
        self.done["bita"] += size
        if dry_run:
            self.done["akan"] += 1
            return
        with source.open(file.key) as handle:
            content = File(handle, file.key)
            file.describe(content)
            target._save(file.key, content)  # under its own key, also over a copy that is not whole
        arrived = self._arrived(target, file.key, size, wanted)
        self.done["disalin" if arrived else "gagal"] += 1
        if not arrived:
            self.stderr.write(f"GAGAL  {file.key}: salinannya tidak sama.")

    @staticmethod
    def _arrived(target: BucketStorage, key: str, size: int, sha256: str) -> bool:
        try:
            if target.size(key) != size:
                return False
            with target.open(key) as handle:
                return sha256_of(handle) == sha256
        except FileNotFoundError:
            return False

    def _so_far(self, files: int) -> str:
        done, size = self.done, filesizeformat(self.done["bita"])
        copied = f"{done['akan']} akan disalin" if done["akan"] else f"{done['disalin']} disalin"
        return f"{files} berkas: {copied} ({size}), {done['ada']} sudah ada."
