"""What the hashes of the change log are computed over. docs/verification.md promises these rules to the outside.

An entry is a JSON object with sorted keys, no spaces, UTF-8, nothing escaped that JSON need not escape. Its hash is the
SHA-256 of these bytes. What may one day have to become unreadable (titles, names, addresses, reasons) is not in it,
only its salted fingerprint: with the salt gone nobody can find the words by trying, and the chain still holds.
"""

import hashlib
import json
import secrets
from datetime import UTC, datetime
from typing import Any

NO_HASH = "0" * 64
"""What stands for "the entry before" in the first one."""


def canonical(value: dict[str, Any]) -> bytes:
    """Return the one way to write a JSON object."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def digest(value: dict[str, Any]) -> str:
    """Return the SHA-256 of a JSON object, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def new_salt() -> str:
    """Return 128 random bits as hexadecimal digits."""
    return secrets.token_hex(16)


def details_digest(salt: str, details: dict[str, Any]) -> str:
    """Return the fingerprint of an entry's words: SHA-256 of the salt, a line end, and the words as canonical JSON."""
    return hashlib.sha256(salt.encode() + b"\n" + canonical(details)).hexdigest()


def moment(value: datetime) -> str:
    """Write a moment in UTC with microseconds ("2026-11-25T01:02:03.000456Z")."""
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
