"""A file posted to be verified, where the browser has no JavaScript: hashed while it arrives, kept nowhere."""

import hashlib

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

DEFAULT_MAX_BYTES = 500 * 1024**2


class TooLarge(ValueError):
    """The file is larger than what is taken in this way."""


def max_bytes() -> int:
    """Return the largest file that may be posted to be verified, bytes."""
    return getattr(settings, "VERIFICATION_MAX_BYTES", DEFAULT_MAX_BYTES)


class HashedUpload(UploadedFile):
    """What is left of a posted file: its fingerprint and size."""

    def __init__(self, sha256: str, size: int, field_name: str):
        super().__init__(file=None, name=field_name, size=size)
        self.sha256 = sha256


class HashingHandler(FileUploadHandler):
    """Takes the fingerprint of each file as its blocks arrive, and drops the blocks."""

    chunk_size = 1 << 18

    def __init__(self, request: HttpRequest):
        super().__init__(request)
        self.is_too_large = False
        self._received = 0

    def new_file(self, *args, **kwargs):
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._digest = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Add a block to the fingerprint; nobody after us gets it."""
        self._received += len(raw_data)
        if self._received > max_bytes():
            self.is_too_large = True
            raise StopUpload(connection_reset=True)
        self._digest.update(raw_data)

    def file_complete(self, file_size: int) -> HashedUpload:
        """Return the fingerprint."""
        return HashedUpload(self._digest.hexdigest(), file_size, self.field_name)


def fingerprint_of_post(request: HttpRequest, field: str) -> str:
    """Return the SHA-256 of the file posted in `field`, or "" when none was. Raises TooLarge.

    Call before anything reads `request.POST`. The length that the browser names is believed where it is too much, so
    that such a body need not be read; it is counted all the same.
    """
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > max_bytes() + (1 << 16):
        raise TooLarge
    handler = HashingHandler(request)
    request.upload_handlers = [handler]
    posted = request.FILES.get(field)
    if handler.is_too_large:
        raise TooLarge
    return posted.sha256 if posted and posted.size else ""
