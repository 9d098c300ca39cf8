"""`manage.py ensure_bucket`: make the S3 bucket where it is missing, with versioning, and let officers' browsers
upload to it. Nothing for files on disk.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand

from common.env_checks import UnusableEnvironment
from common.service_checks import first_line


class Command(BaseCommand):
    help = (
        "Membuat bucket S3 tempat berkas disimpan, bila belum ada, menyalakan penyimpanan versinya, dan mengizinkan "
        "peramban petugas mengunggah berkas besar langsung ke sana (CORS)."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--origin",
            action="append",
            default=[],
            help="alamat situs yang boleh mengunggah, bila lain dari yang diatur; contoh: https://ppid.example.go.id",
        )

    def handle(self, *args, origin, **options):
        storage: Any = default_storage
        if not hasattr(storage, "bucket_name"):
            return
        try:
            for sentence in storage.prepare() + storage.let_browsers_upload(origin or _own_origins()):
                self.stdout.write(sentence)
        except OSError as error:  # documents.storage.StoreAway
            raise UnusableEnvironment(
                f"S3_ENDPOINT_URL/S3_BUCKET tidak dapat dipakai ({first_line(error)})."
            ) from error


def _own_origins() -> list[str]:
    """Return the origins that the site's admin is reached under, as far as the settings say."""
    admin = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    return [*settings.CSRF_TRUSTED_ORIGINS, f"{admin.scheme}://{admin.netloc}"]
