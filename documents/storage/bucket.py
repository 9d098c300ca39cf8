"""Files in one private bucket of an S3 service."""

import logging
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files import File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from common.object_storage import PRESIGNED_SECONDS
from documents.storage.common import Forgiving, StoreAway, blocks
from documents.storage.from_browsers import TakesParts

logger = logging.getLogger(__name__)

CONNECT_SECONDS, READ_SECONDS, ATTEMPTS = 3, 10, 2
QUICK_SECONDS = 3
"""How long a reader's request waits for the store."""
LEFT_ALONE_SECONDS = 5.0
"""After a failure readers are told at once for so long, so that a store that hangs does not hold every thread."""
PART_BYTES = 8 * 1024**2
_ENCRYPTED = "AES256"


class BucketStorage(Forgiving, TakesParts, S3Storage):
    """Files in one private bucket of an S3 service, reached with bounded patience.

    Before the first file is written the bucket is made where it is missing, versioning is switched on, and the service
    is asked whether it encrypts, each as far as our keys may.
    """

    def get_default_settings(self):
        """Take nothing from elsewhere that would open the bucket or keep a whole file in memory."""
        return {
            **super().get_default_settings(),
            "signature_version": "s3v4",
            "default_acl": None,
            "querystring_auth": True,
            "querystring_expire": PRESIGNED_SECONDS,
            "file_overwrite": False,
            "max_memory_size": 1 << 20,
            "transfer_config": TransferConfig(
                multipart_threshold=PART_BYTES, multipart_chunksize=PART_BYTES, use_threads=False
            ),
            "public_endpoint_url": None,
            "encryption": "auto",
            "redirects": True,
        }

    def __init__(self, **options):
        super().__init__(**options)
        self._lock = threading.RLock()
        self._clients: dict[str, Any] = {}
        self._is_prepared = False
        self._encryption: str | None = None
        self._away_until = 0.0

    # --- talking to the service ---------------------------------------------------------------------------------

    def client(self, purpose: str = "work"):
        """Return the process' client: to "work" with, "quick" for readers' requests, or to sign "links"."""
        with self._lock:
            if purpose not in self._clients:
                is_quick = purpose == "quick"
                self._clients[purpose] = boto3.session.Session().client(
                    "s3",
                    endpoint_url=(purpose == "links" and self.public_endpoint_url) or self.endpoint_url,
                    region_name=self.region_name,
                    aws_access_key_id=self.access_key or None,
                    aws_secret_access_key=self.secret_key or None,
                    aws_session_token=self.security_token,
                    config=Config(
                        connect_timeout=QUICK_SECONDS if is_quick else CONNECT_SECONDS,
                        read_timeout=QUICK_SECONDS if is_quick else READ_SECONDS,
                        retries={"total_max_attempts": 1 if is_quick else ATTEMPTS, "mode": "standard"},
                        s3={"addressing_style": self.addressing_style},
                        signature_version=self.signature_version,
                        # Services that are not AWS do not all know the newer checksums.
                        request_checksum_calculation="when_required",
                        response_checksum_validation="when_required",
                        max_pool_connections=32,
                    ),
                )
            return self._clients[purpose]

    def _key(self, name: str) -> str:
        return self._normalize_name(clean_name(name))

    def place_of(self, name: str) -> dict[str, str]:
        """Return bucket and key of a file, as every call of the service wants them."""
        return {**self.bucket_place, "Key": self._key(name)}

    def writing_options(self, name: str, content: Any = None) -> dict[str, str]:
        """Return what is said of a file when it is written: kind, name, encryption. Readies the bucket first."""
        if not self._is_prepared:
            self.prepare()
        options = self._get_write_parameters(name, content)
        return {**options, "ServerSideEncryption": self.encrypts} if self.encrypts else options

    @property
    def bucket_place(self) -> dict[str, str]:
        """The bucket, as every call of the service wants it."""
        return {"Bucket": self.bucket_name}

    def prepare(self) -> list[str]:
        """Make the bucket where it is missing and switch versioning on; return what was done, for the operator.

        What our keys may not do is left as it is: an office's operator may have done it. Raises StoreAway.
        """
        done = []
        client = self.client()
        with _bucket_faults(self.bucket_name):
            try:
                client.head_bucket(**self.bucket_place)
            except ClientError as error:
                if _status(error) != 404:
                    raise
                where = (
                    self.region_name if not self.endpoint_url and self.region_name != "us-east-1" else None
                )
                extra = {"CreateBucketConfiguration": {"LocationConstraint": where}} if where else {}
                client.create_bucket(**self.bucket_place, **extra)
                done.append(f"Bucket {self.bucket_name} dibuat.")
        try:
            if client.get_bucket_versioning(**self.bucket_place).get("Status") != "Enabled":
                client.put_bucket_versioning(
                    **self.bucket_place, VersioningConfiguration={"Status": "Enabled"}
                )
                done.append("Penyimpanan versi (versioning) dinyalakan.")
        except (BotoCoreError, ClientError) as error:
            logger.warning("Versioning of bucket %s could not be switched on: %s", self.bucket_name, error)
            done.append(
                "Versioning tidak dapat dinyalakan dengan kunci ini; nyalakan di penyedia penyimpanan."
            )
        self._is_prepared = True
        return done

    @property
    def encrypts(self) -> str:
        """The way of encryption to ask for with each file, "" where the service offers none. Raises StoreAway."""
        if self._encryption is None:
            self._encryption = self._offered() if self.encryption == "auto" else self.encryption
            self._encryption = "" if self._encryption == "none" else self._encryption
        return self._encryption

    def _offered(self) -> str:
        """Ask by trying: services that cannot encrypt refuse the file, each with an error of its own."""
        for way in (_ENCRYPTED, ""):
            key = self._key(f".periksa/{int(time.time() * 1000)}")
            extra = {"ServerSideEncryption": way} if way else {}
            try:
                answer = self.client().put_object(**self.bucket_place, Key=key, Body=b"e-PPID", **extra)
            except ClientError as error:
                if way:
                    continue
                with _bucket_faults(key):
                    raise error
            except BotoCoreError as error:
                with _bucket_faults(key):
                    raise error
            with suppress(BotoCoreError, ClientError):
                self._purge_version(key, answer.get("VersionId"))
            if not way:
                logger.warning("The file store offers no encryption; files are kept as they are.")
            return way
        return ""

    # --- what Django asks of a storage --------------------------------------------------------------------------

    def _save(self, name, content):
        key = self._key(name)
        if hasattr(content, "seek"):
            content.seek(0)
        try:
            with _bucket_faults(key):
                extra = self.writing_options(name, content)
                self.client().upload_fileobj(
                    _Unclosed(content), self.bucket_name, key, ExtraArgs=extra, Config=self.transfer_config
                )
        except StoreAway:
            self._is_prepared = False
            with suppress(StoreAway):
                self._sweep(key)  # the answer may have been lost, not the file
            raise
        return clean_name(name)

    def _sweep(self, key: str) -> None:
        """Remove what a failed upload may have left; waits for the store no longer than a reader would."""
        with _bucket_faults(key):
            self.client("quick").delete_object(**self.bucket_place, Key=key)

    def _get_write_parameters(self, name, content=None):
        """Kind and name as the document knows them; never what a browser claimed."""
        mime_type, file_name = getattr(content, "kept_as", None) or ("", "")
        if not mime_type:
            suffix = name.rpartition(".")[2].lower()
            mime_type = _KINDS_BY_SUFFIX.get(suffix, self.default_content_type)
        from documents.delivery import content_disposition

        disposition = content_disposition(file_name, inline=False) if file_name else "attachment"
        return {"ContentType": mime_type, "ContentDisposition": disposition}

    def _open(self, name, mode="rb"):
        """Fetch the file into a temporary one (on disk beyond 1 MB)."""
        if mode != "rb":
            raise SuspiciousOperation("Files in the bucket are read, or written as a whole.")
        target = tempfile.SpooledTemporaryFile(max_size=self.max_memory_size)  # noqa: SIM115 (closed by the File)
        try:
            with _bucket_faults(name):
                self.client().download_fileobj(
                    self.bucket_name, self._key(name), target, Config=self.transfer_config
                )
        except BaseException:
            target.close()
            raise
        target.seek(0)
        return File(target, name)

    def exists(self, name):
        """Tell whether there is such a file. Raises StoreAway."""
        try:
            self.size(name)
        except FileNotFoundError:
            return False
        return True

    def size(self, name):
        """Return the file's size in bytes. Raises FileNotFoundError, StoreAway."""
        with _bucket_faults(name):
            return self.client().head_object(**self.place_of(name))["ContentLength"]

    def _delete(self, name: str) -> None:
        """Mark a file as deleted; the bucket keeps it as a former version until its own rules remove it."""
        with _bucket_faults(name):
            self.client().delete_object(**self.place_of(name))

    def purge(self, name: str) -> None:
        """Delete a file with every version that the bucket keeps of it. Raises StoreAway."""
        key = self._key(name)
        with _bucket_faults(key):
            found = self.client().list_object_versions(**self.bucket_place, Prefix=key)
            for version in found.get("Versions", []) + found.get("DeleteMarkers", []):
                if version["Key"] == key:
                    self._purge_version(key, version["VersionId"])

    def _purge_version(self, key: str, version: str | None) -> None:
        # "null" was written before versioning was switched on: without its name it would stay, below a marker.
        extra = {"VersionId": version} if version else {}
        self.client().delete_object(**self.bucket_place, Key=key, **extra)

    # --- readers ------------------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask whether the bucket is there for us, with a reader's patience. Raises FileNotFoundError, StoreAway."""
        with self._readers_patience(self.bucket_name):
            self.client("quick").head_bucket(**self.bucket_place)

    def stat(self, name: str) -> int:
        """Return the file's size, for a reader who waits. Raises FileNotFoundError, StoreAway."""
        with self._readers_patience(name):
            return self.client("quick").head_object(**self.place_of(name))["ContentLength"]

    def read_part(self, name: str, first: int, length: int) -> Iterator[bytes]:
        """Return so many bytes of the file, from `first` on, in blocks; asked for now, so that faults come now."""
        with self._readers_patience(name):
            found = self.client("quick").get_object(
                **self.place_of(name), Range=f"bytes={first}-{first + length - 1}"
            )
        return blocks(found["Body"], length)

    def link(self, name: str, mime_type: str, disposition: str, cache_control: str) -> str:
        """Return an address of the store that gives this file for a minute, with these headers."""
        extra = {
            "ResponseContentType": mime_type,
            "ResponseContentDisposition": disposition,
            "ResponseCacheControl": cache_control,
        }
        return self.client("links").generate_presigned_url(
            "get_object",
            Params={**self.place_of(name), **extra},
            ExpiresIn=PRESIGNED_SECONDS,
        )

    def url(self, name, parameters=None, expire=None, http_method=None):
        """Return the address below MEDIA_URL, as on disk, where nothing answers: see `documents.delivery`."""
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name))

    @contextmanager
    def _readers_patience(self, name: str) -> Iterator[None]:
        if time.monotonic() < self._away_until:
            raise StoreAway("The store failed a moment ago and is left alone.")
        try:
            with _bucket_faults(name):
                yield
        except StoreAway:
            self._away_until = time.monotonic() + LEFT_ALONE_SECONDS
            raise

    def walk(self) -> Iterator[tuple[str, int, datetime]]:
        """Yield key, size and time of writing of every stored file (current versions only). Raises StoreAway."""
        prefix = f"{self.location.strip('/')}/" if self.location.strip("/") else ""
        with _bucket_faults(self.bucket_name):
            pages = (
                self.client().get_paginator("list_objects_v2").paginate(**self.bucket_place, Prefix=prefix)
            )
            for page in pages:
                for entry in page.get("Contents", []):
                    yield entry["Key"].removeprefix(prefix), entry["Size"], entry["LastModified"]


_KINDS_BY_SUFFIX = {
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
}


class _Unclosed:
    """A file for reading that its reader cannot close: boto3 would, and Django still needs it."""

    def __init__(self, content):
        self.content = content

    def read(self, size=-1):
        data = self.content.read(size)
        return data.encode() if isinstance(data, str) else data

    def seek(self, *where):
        return self.content.seek(*where)

    def tell(self):
        return self.content.tell()

    def seekable(self):
        return True

    def close(self):
        """Leave the file open."""


def _status(error: ClientError) -> int:
    return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)


@contextmanager
def _bucket_faults(name: str) -> Iterator[None]:
    """Say in our two words what boto3 says in many."""
    try:
        yield
    except ClientError as error:
        is_missing = _status(error) == 404 and error.response.get("Error", {}).get("Code") != "NoSuchBucket"
        if is_missing:
            raise FileNotFoundError(f"Not in the bucket: {name}") from error
        raise StoreAway(str(error)) from error
    except BotoCoreError as error:
        raise StoreAway(str(error)) from error
