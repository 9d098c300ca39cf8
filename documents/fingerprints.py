"""Fingerprints of files."""

import hashlib
from typing import BinaryIO

_BLOCK = 1 << 20


def sha256_of(handle: BinaryIO) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits; it is read from where it stands to its end, in blocks."""
    digest = hashlib.sha256()
    for block in iter(lambda: handle.read(_BLOCK), b""):
        digest.update(block)
    return digest.hexdigest()
