# ruff: noqa: SIM905 (a list of names reads better as text)
"""A short digest of a record, by which a comparison notices that an index holds an older state."""

from __future__ import annotations

import hashlib

from search.records import IndexRecord

_DIGESTED = (
    "page_id external_id kategori title heading citation names summary keywords body jenis nomor nomor_key nomor_urut"
    " tahun klasifikasi unit_id office_id status status_note date published_at expires_at path formats file_size"
    " file_pages ocr_doubt text_key"
).split()


def fingerprint(record: IndexRecord) -> str:
    """A digest of everything indexed; of the texts only their key, so that none is read."""
    parts = (str(getattr(record, name)) for name in _DIGESTED)
    return hashlib.blake2b("\x00".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()
