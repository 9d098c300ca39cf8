"""`manage.py ensure_bucket`: make the S3 bucket where it is missing, with versioning. Nothing for files on disk."""

from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand

from common.env_checks import UnusableEnvironment
from common.service_checks import first_line


class Command(BaseCommand):
    help = "Membuat bucket S3 tempat berkas disimpan, bila belum ada, dan menyalakan penyimpanan versinya."
    requires_system_checks = []

    def handle(self, *args, **options):
        storage: Any = default_storage
        if not hasattr(storage, "bucket_name"):
            return
        try:
            for sentence in storage.prepare():
                self.stdout.write(sentence)
        except OSError as error:  # documents.storage.StoreAway
            raise UnusableEnvironment(
                f"S3_ENDPOINT_URL/S3_BUCKET tidak dapat dipakai ({first_line(error)})."
            ) from error
