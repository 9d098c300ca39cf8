"""What the database says is in the file store, beside what is there: for checking and for moving house."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import FileField
from django.utils import timezone

from documents.fingerprints import sha256_of
from documents.storage import describe
from documents.uploads.parts import FOLDER as UNFINISHED

YOUNG = timedelta(days=1)
"""A file that nothing names and that is no older may belong to an upload that is still going on."""
_FINGERPRINTS = {"file": "sha256", "original_file": "original_sha256"}
_SIZES = ("file_size", "size")


@dataclass(frozen=True)
class Named:
    """A file that a row names."""

    key: str
    where: str
    """Model and primary key, for the operator: `documents.OfficeDocument 7 (file)`."""
    sha256: str
    """"" where the row keeps none."""
    size: int | None
    mime_type: str
    file_name: str

    def describe(self, content: Any) -> None:
        """Note on a content what the store keeps with it."""
        if self.mime_type and self.sha256:
            describe(content, self.mime_type, self.file_name)


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be."""

    kind: str
    key: str
    where: str = ""
    detail: str = ""


MISSING, ALTERED, ORPHANED = "HILANG", "BERUBAH", "TAK BERTUAN"


def named_files() -> Iterator[Named]:
    """Yield every file in the default store that a row of any table names."""
    for model in apps.get_models():
        if model._meta.proxy:
            continue
        for field in model._meta.local_fields:
            if isinstance(field, FileField) and field.storage is default_storage:
                yield from _named_by(model, field)


def _named_by(model: Any, field: FileField) -> Iterator[Named]:
    columns = {column.name for column in model._meta.concrete_fields}
    fingerprint = _FINGERPRINTS.get(field.name, "")
    wanted = [name for name in (fingerprint, *_SIZES, "mime_type", "file_name") if name in columns]
    rows = (
        model._default_manager.order_by()
        .exclude(**{field.name: ""})
        .exclude(**{f"{field.name}__isnull": True})
    )
    for row in rows.values("pk", field.name, *wanted).iterator(chunk_size=2000):
        sizes = [row[name] for name in _SIZES if field.name == "file" and row.get(name)]
        yield Named(
            key=row[field.name],
            where=f"{model._meta.label} {row['pk']} ({field.name})",
            sha256=row.get(fingerprint) or "",
            size=sizes[0] if sizes else None,
            mime_type=row.get("mime_type") or "",
            file_name=row.get("file_name") or "",
        )


def compare(storage: Any, *, read: bool = True) -> Iterator[Finding]:
    """Yield what is missing, altered and orphaned. With `read` every file is fetched and its fingerprint taken.

    The store is listed before the rows are read, so that an upload that ends meanwhile is no orphan. Raises StoreAway.
    """
    there: dict[str, tuple[int, datetime]] = {key: (size, when) for key, size, when in storage.walk()}
    named = set()
    for file in named_files():
        named.add(file.key)
        if file.key not in there:
            if not storage.exists(file.key):  # it may have come since
                yield Finding(MISSING, file.key, file.where)
            continue
        size = there[file.key][0]
        if file.size is not None and file.size != size:
            yield Finding(ALTERED, file.key, file.where, f"{size} bita, seharusnya {file.size}")
        elif read and file.sha256:
            with storage.open(file.key) as handle:
                found = sha256_of(handle)
            if found != file.sha256:
                yield Finding(ALTERED, file.key, file.where, f"SHA-256 {found}, seharusnya {file.sha256}")
    oldest_young = timezone.now() - YOUNG
    for key, (_size, when) in there.items():
        if key.startswith(f"{UNFINISHED}/"):
            continue  # of uploads in parts, which clear up after themselves
        if key not in named and when < oldest_young:
            yield Finding(ORPHANED, key, detail=f"ditulis {timezone.localtime(when):%d-%m-%Y %H.%M}")
