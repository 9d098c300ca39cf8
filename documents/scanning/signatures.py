"""The electronic signatures of a PDF: read in the worker, told to the public in one plain sentence.

A signature is said to be whole or not by its mathematics. Whose certificate it is can be said only where its issuer's
root certificate lies in `SIGNATURE_ROOTS_DIR`; otherwise that is said too. Nothing is fetched: no revocation is asked.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from documents.enums import IssuerState, SignatureState
from documents.extraction.types import Limits
from documents.local_copy import local_copy
from documents.scanning.runner import run_child
from home.templatetags.eppid import tanggal_jam

_LIMITS = Limits(wall_seconds=90.0, memory_bytes=2 * 1024**3)
_ROOT_SUFFIXES = (".pem", ".crt", ".cer", ".der")


def root_certificates() -> list[Path]:
    """Return the files of root certificates that this site trusts."""
    folder = Path(settings.SIGNATURE_ROOTS_DIR)
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in _ROOT_SUFFIXES)


def read(field_file) -> list[dict[str, Any]]:
    """Return what the signatures of a stored PDF say, for `OfficeDocument.signatures`.

    A file that breaks the reader has one entry that says so. Raises what the storage raises.
    """
    with local_copy(field_file, ".pdf") as path:
        return read_path(path)


def read_path(path: Path) -> list[dict[str, Any]]:
    """Return what the signatures of the PDF at `path` say."""
    order = {"path": str(path), "roots": [str(root) for root in root_certificates()]}
    report = run_child("documents.scanning.signature_child", order, _LIMITS)
    if report is None:
        return [{"state": SignatureState.UNREADABLE, "issuer_state": IssuerState.UNKNOWN}]
    return report["signatures"]


@dataclass(frozen=True)
class Signature:
    """One signature, as pages show it."""

    state: SignatureState
    issuer_state: IssuerState
    signer: str = ""
    organization: str = ""
    issuer: str = ""
    signed_at: datetime | None = None
    time_is_stamped: bool = False
    is_timestamp: bool = False
    covers_whole_file: bool = False
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    reason: str = ""
    location: str = ""

    @property
    def is_broken(self) -> bool:
        """Whether the signature does not vouch for the file as it is."""
        return self.state in (SignatureState.ALTERED, SignatureState.UNREADABLE)

    @property
    def who(self) -> str:
        """The signer with the organisation that the certificate names."""
        name = self.signer or "penanda tangan yang tidak disebut"
        return f"{name} ({self.organization})" if self.organization else name

    @property
    def sentence(self) -> str:
        """What the public reads about it."""
        if self.state == SignatureState.UNREADABLE:
            return "Berkas ini memuat tanda tangan elektronik yang tidak dapat dibaca."
        act = (
            "Diberi stempel waktu elektronik oleh"
            if self.is_timestamp
            else "Ditandatangani secara elektronik oleh"
        )
        when = f" pada {tanggal_jam(self.signed_at)}" if self.signed_at else ""
        if self.state == SignatureState.ALTERED:
            return f"{act} {self.who}{when}, tetapi isi berkas telah berubah setelah itu."
        whole = {
            SignatureState.WHOLE: "tanda tangan utuh",
            SignatureState.ADDED_TO: "tanda tangan utuh, dan setelahnya hanya ada tambahan yang diizinkan",
        }[self.state]
        return f"{act} {self.who}{when}; {whole}; {self._issuer_words}."

    @property
    def _issuer_words(self) -> str:
        if self.issuer_state == IssuerState.KNOWN:
            return f"sertifikatnya diterbitkan oleh {self.issuer or 'penerbit'} yang kami kenali"
        if self.issuer_state == IssuerState.INVALID:
            return "sertifikatnya tidak berlaku pada waktu itu"
        return "penerbit sertifikat tidak dapat kami periksa"

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Label and value of what is known besides."""
        until = tanggal_jam(self.valid_until) if self.valid_until else ""
        if self.valid_until and self.valid_until < timezone.now():
            until += " (sudah lewat)"
        time = "stempel waktu" if self.time_is_stamped else "jam komputer penanda tangan"
        facts = [
            ("Penerbit sertifikat", self.issuer),
            ("Sertifikat berlaku sampai", until),
            ("Sumber waktu", time if self.signed_at else ""),
            ("Alasan", self.reason),
            ("Tempat", self.location),
            ("Mencakup seluruh berkas", "ya" if self.covers_whole_file else "tidak, ada tambahan sesudahnya"),
        ]
        return [(label, value) for label, value in facts if value]


def signatures_of(document) -> list[Signature]:
    """Return the signatures of a document's current file, in the order of signing; none while they are not read."""
    return [_from_row(row) for row in document.signatures or []]


def _from_row(row: dict[str, Any]) -> Signature:
    moments = {
        name: parse_datetime(row[name]) if row.get(name) else None
        for name in ("signed_at", "valid_from", "valid_until")
    }
    for name, value in moments.items():
        if value is not None and timezone.is_naive(value):
            moments[name] = timezone.make_aware(value)
    texts = {name: row.get(name) or "" for name in ("signer", "organization", "issuer", "reason", "location")}
    return Signature(
        SignatureState(row["state"]),
        IssuerState(row["issuer_state"]),
        time_is_stamped=bool(row.get("time_is_stamped")),
        is_timestamp=bool(row.get("is_timestamp")),
        covers_whole_file=bool(row.get("covers_whole_file")),
        **moments,
        **texts,
    )
