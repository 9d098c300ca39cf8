"""Puts the parts of a file together in the storage: at their places in a file on disk, or as a multipart upload of S3.

Both take parts in any order and hold no more than one part in memory. The unfinished file has a place of its own; only
when it is complete does it appear under the key that the document will name. A bucket also takes parts straight from
the browser, by a link for each; which of those have arrived the bucket alone knows, so it is asked.
"""

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.storage import FileSystemStorage

from documents.models import OfficeDocument
from documents.storage import BucketStorage, StoreAway
from documents.uploads.models import PendingPart, PendingUpload

FOLDER = "unggahan"
"""Where unfinished files lie on disk, inside the storage: putting them in their place is then a renaming."""
_GONE = ("NoSuchUpload", "404")
"""Codes of S3 for an unfinished upload that it does not know (any more)."""
_ON_DISK = "ada"
"""What a part on disk is called: there is nothing to say but that it is there."""


class PartsLost(Exception):
    """The storage knows nothing (any more) of an unfinished file: its own rules removed it, or somebody did."""


class PartStore(Protocol):
    """What a storage can do with a file that arrives in parts. Every method but `link` raises StoreAway."""

    is_direct: bool
    """Whether browsers may send parts to the storage itself."""

    def begin(self, upload: PendingUpload) -> str:
        """Make room for the file; return what the storage calls it."""
        ...

    def put(self, upload: PendingUpload, number: int, data: bytes) -> str:
        """Take part `number`; return what the storage calls it. The same part may come again."""
        ...

    def link(self, upload: PendingUpload, number: int) -> str:
        """Return an address of the storage that takes part `number` of this upload for a minute, and nothing else.

        "" where browsers do not reach it (not `is_direct`).
        """
        ...

    def arrived(self, upload: PendingUpload, announced: Sequence[PendingPart]) -> list[PendingPart]:
        """Return those of the announced parts that are there whole, with their `storage_token`. Raises PartsLost."""
        ...

    def complete(self, upload: PendingUpload, parts: Sequence[PendingPart]) -> None:
        """Put the file under its key."""
        ...

    def abort(self, upload: PendingUpload) -> None:
        """Throw the unfinished file away; one that is not there is no error."""
        ...

    def abort_others(self, known: Collection[str], begun_before: datetime) -> int:
        """Throw away unfinished files, begun before that time, that are none of the known; return how many."""
        ...


def part_store() -> PartStore:
    """Return the part store of the storage that documents live in."""
    storage: Any = OfficeDocument._meta.get_field("file").storage
    return _Bucket(storage) if isinstance(storage, BucketStorage) else _Disk(storage)


@contextmanager
def _faults(*kinds: type[Exception]) -> Iterator[None]:
    try:
        yield
    except kinds as error:
        raise StoreAway(f"{type(error).__name__}: {error}") from error


class _Disk:
    """Parts written at their places in one file."""

    is_direct = False

    def __init__(self, storage: FileSystemStorage):
        self.storage = storage

    def _unfinished(self, upload: PendingUpload) -> Path:
        return Path(self.storage.path(f"{FOLDER}/{upload.pk.hex}"))

    def begin(self, upload: PendingUpload) -> str:
        path = self._unfinished(upload)
        with _faults(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
        return ""

    def put(self, upload: PendingUpload, number: int, data: bytes) -> str:
        with _faults(OSError), self._unfinished(upload).open("r+b") as target:
            target.seek((number - 1) * upload.part_size)
            target.write(data)
        return _ON_DISK

    def link(self, upload: PendingUpload, number: int) -> str:
        return ""

    def arrived(self, upload: PendingUpload, announced: Sequence[PendingPart]) -> list[PendingPart]:
        return [part for part in announced if part.storage_token]

    def complete(self, upload: PendingUpload, parts: Sequence[PendingPart]) -> None:
        source, target = self._unfinished(upload), Path(self.storage.path(upload.key))
        with _faults(OSError):
            if target.exists() and not source.exists():
                return  # completed before; the answer was lost
            target.parent.mkdir(parents=True, exist_ok=True)
            source.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o600)
            os.replace(source, target)

    def abort(self, upload: PendingUpload) -> None:
        with _faults(OSError):
            self._unfinished(upload).unlink(missing_ok=True)

    def abort_others(self, known: Collection[str], begun_before: datetime) -> int:
        return 0  # on disk they are found by `manage.py check_documents`


class _Bucket:
    """A multipart upload of S3, straight to the key of the document; invisible until it is complete."""

    def __init__(self, storage: BucketStorage):
        self.storage = storage
        # Where readers are not sent to the bucket, officers' browsers do not reach it either.
        self.is_direct = storage.redirects

    def begin(self, upload: PendingUpload) -> str:
        with _faults(BotoCoreError, ClientError):
            place, options = self.storage.place_of(upload.key), self.storage.writing_options(upload.key)
            return self.storage.client().create_multipart_upload(**place, **options)["UploadId"]

    def put(self, upload: PendingUpload, number: int, data: bytes) -> str:
        with _faults(BotoCoreError, ClientError):
            answer = self.storage.client().upload_part(
                **self.storage.place_of(upload.key),
                UploadId=upload.storage_token,
                PartNumber=number,
                Body=data,
            )
        return answer["ETag"]

    def link(self, upload: PendingUpload, number: int) -> str:
        return self.storage.part_link(upload.key, upload.storage_token, number, upload.part_length(number))

    def arrived(self, upload: PendingUpload, announced: Sequence[PendingPart]) -> list[PendingPart]:
        try:
            with _faults(BotoCoreError, ClientError):
                pages = self.storage.client().get_paginator("list_parts")
                found = {
                    part["PartNumber"]: part
                    for page in pages.paginate(
                        **self.storage.place_of(upload.key), UploadId=upload.storage_token
                    )
                    for part in page.get("Parts", [])
                }
        except StoreAway as error:
            if not _is_gone(error):
                raise
            if self.storage.exists(upload.key):
                return list(announced)  # completed before; the answer was lost
            raise PartsLost(str(error)) from error
        whole = []
        for part in announced:
            there = found.get(part.number)
            if there and there["Size"] == upload.part_length(part.number):
                part.storage_token = there["ETag"]
                whole.append(part)
        return whole

    def complete(self, upload: PendingUpload, parts: Sequence[PendingPart]) -> None:
        listed = [{"PartNumber": part.number, "ETag": part.storage_token} for part in parts]
        try:
            with _faults(BotoCoreError, ClientError):
                self.storage.client().complete_multipart_upload(
                    **self.storage.place_of(upload.key),
                    UploadId=upload.storage_token,
                    MultipartUpload={"Parts": listed},
                )
        except StoreAway as error:
            if not (_is_gone(error) and self.storage.exists(upload.key)):
                raise  # else completed before; the answer was lost

    def abort(self, upload: PendingUpload) -> None:
        try:
            with _faults(BotoCoreError, ClientError):
                self.storage.client().abort_multipart_upload(
                    **self.storage.place_of(upload.key), UploadId=upload.storage_token
                )
        except StoreAway as error:
            if not _is_gone(error):
                raise

    def abort_others(self, known: Collection[str], begun_before: datetime) -> int:
        thrown = 0
        with _faults(BotoCoreError, ClientError):
            for key, token, begun in self.storage.unfinished():
                if token not in known and begun < begun_before:
                    self.storage.client().abort_multipart_upload(
                        Bucket=self.storage.bucket_name, Key=key, UploadId=token
                    )
                    thrown += 1
        return thrown


def _is_gone(error: StoreAway) -> bool:
    """Tell whether S3 says that it knows no such unfinished upload: completed, or thrown away."""
    cause = error.__cause__
    return isinstance(cause, ClientError) and cause.response.get("Error", {}).get("Code") in _GONE
