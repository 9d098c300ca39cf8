"""Where an upload meets the document: looked at once, before anything of it is stored.

What is published is a copy without personal metadata; the upload itself is kept beside it and stays with the officers.
A signed PDF, and a file that cannot be cleaned without changing what it shows, is published as it came.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files import File

from documents.enums import ScanState
from documents.extraction import kinds
from documents.scanning.editions import current_edition
from documents.scanning.runner import inspect_path
from documents.scanning.types import Inspection

AT_ONCE_BYTES = 64 * 1024**2
"""A larger file is stored unseen and looked at by the worker; it is not public before that."""


@dataclass
class Received:
    """One upload, looked at."""

    inspection: Inspection
    cleaned: File | None = None
    """The copy to be published; None where the upload itself is."""


@contextmanager
def _on_disk(upload: File, suffix: str) -> Iterator[Path]:
    """Give the upload's content a path, bit by bit, whatever it is kept in."""
    if hasattr(upload, "temporary_file_path"):
        yield Path(upload.temporary_file_path())
        return
    with tempfile.NamedTemporaryFile(prefix="eppid-unggah-", suffix=suffix) as copy:
        upload.seek(0)
        shutil.copyfileobj(upload, copy, 1 << 20)
        copy.flush()
        upload.seek(0)
        yield Path(copy.name)


def look_at(upload: File, kind: kinds.Kind, title: str) -> Received:
    """Look at an upload in the bounded child and make the copy to be published. Never raises for what the file does."""
    with _on_disk(upload, f".{kind.extensions[0]}") as path:
        return look_at_path(path, kind, title, upload.name or "")


def look_at_path(path: Path, kind: kinds.Kind, title: str, name: str) -> Received:
    """Look at the file at `path` (see :func:`look_at`)."""
    with tempfile.TemporaryDirectory(prefix="eppid-bersih-") as folder:
        target = Path(folder) / path.name
        inspection = inspect_path(path, kind, target, title)
        if not (inspection.cleaned and target.exists()):
            return Received(inspection)
        # The open handle outlives the folder; nothing is left behind whatever becomes of the upload.
        return Received(inspection, File(target.open("rb"), name=name))


def receive(document: Any) -> Received | None:
    """Look at a document's new file, unless the form has done so, and let the cleaned copy take its place.

    Returns None for a file that is looked at later (a large one), or that is of no known kind.
    """
    upload = document.file.file
    received = getattr(upload, "received", None)
    if received is None:
        if document.file.size > AT_ONCE_BYTES:
            return None
        try:
            kind = kinds.detect(upload, document.file.name.rpartition(".")[2])
        except kinds.Refused:
            return None
        finally:
            upload.seek(0)
        received = look_at(upload, kind, document.title)
    document.original_file, document.original_sha256 = "", ""
    if received.cleaned is not None:
        document.original_file = upload
        document.file = received.cleaned
    return received


def note(document: Any, received: Received | None) -> None:
    """Write what was found on the document (not saved here)."""
    document.findings, document.removed_metadata, document.kept_metadata = [], [], []
    document.signatures, document.check_attempts, document.check_due_at = None, 0, None
    document.scan_state, document.scan_reason, document.scanned_at = ScanState.NOT_SCANNED, "", None
    document.is_checked = received is not None
    document.checks_edition = current_edition(document.mime_type) if received is not None else 0
    if received is None:
        return
    found = received.inspection
    if found.refusal:
        document.scan_state, document.scan_reason = ScanState.INFECTED, found.refusal
    document.is_signed = found.signed
    document.findings = found.notices
    if received.cleaned is not None:
        document.removed_metadata = found.carried
    else:
        document.kept_metadata = found.carried
