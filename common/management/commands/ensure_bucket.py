"""`manage.py ensure_bucket`: make the S3 bucket where it is missing. Does nothing with files on disk."""

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand

from common.env_checks import UnusableEnvironment
from common.service_checks import first_line


class Command(BaseCommand):
    help = "Membuat bucket S3 tempat berkas disimpan, bila belum ada."
    requires_system_checks = []

    def handle(self, *args, **options):
        storage: Any = default_storage
        name = getattr(storage, "bucket_name", None)
        if name is None:
            return
        client = storage.connection.meta.client
        try:
            try:
                client.head_bucket(Bucket=name)
            except ClientError as error:
                if error.response["Error"]["Code"] not in {"404", "NoSuchBucket"}:
                    raise
                client.create_bucket(Bucket=name)
                self.stdout.write(f"Bucket {name} dibuat.")
        except (BotoCoreError, ClientError) as error:
            raise UnusableEnvironment(
                f"S3_ENDPOINT_URL/S3_BUCKET tidak dapat dipakai ({first_line(error)})."
            ) from error
