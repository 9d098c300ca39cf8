"""Does the change log hold: its numbers, its chain, its words, and what database and storage say.

Each fault is a sentence that names the entry or the document. Nothing is mended: people must explain a broken chain.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import F

from documents import access
from documents.fingerprints import sha256_of
from documents.models import DocumentVersion
from documents.verification import guard, ledger
from documents.verification.canonical import NO_HASH, details_digest, digest
from documents.verification.enums import EntryKind, FileState
from documents.verification.models import FileRecord, LedgerEntry
from documents.verification.recording import outdated, unrecorded
from documents.verification.transitions import Records

_COMPARED = ("state", "is_open", "published_at", "changed_at", "first_entry", "last_entry")


@dataclass
class Report:
    """What was found: faults, notices (which are no faults), and how much was looked at."""

    faults: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    entries: int = 0
    forgotten: int = 0
    files: int = 0
    newest_hash: str = NO_HASH


def verify(read_files: bool = False) -> Report:
    """Check everything; with `read_files` also the bytes of every file that the public may open now."""
    report = Report()
    records = Records()
    report.faults += _chain(report, records)
    report.faults += _records(records)
    report.faults += _database()
    waiting = outdated().count()
    if waiting:
        report.notices.append(
            f"{waiting} berkas sudah tertutup; penarikannya dicatat pada putaran penjadwal berikut."
        )
    if read_files:
        report.faults += _files(report)
    return report


def _chain(report: Report, records: Records) -> Iterator[str]:
    """Check numbers, order, hashes and words of every entry, and replay them into `records`."""
    previous, expected = NO_HASH, 1
    for entry in LedgerEntry.objects.order_by("number").iterator(chunk_size=1000):
        report.entries += 1
        if entry.number != expected:
            gap = (
                f"entri {expected}"
                if entry.number == expected + 1
                else f"entri {expected} sampai {entry.number - 1}"
            )
            yield f"Catatan terputus: {gap} tidak ada."
        if entry.previous_hash != previous:
            yield f"Entri {entry.number}: tidak bersambung dengan entri sebelumnya."
        if entry.hash != digest(entry.core()):
            yield f"Entri {entry.number}: isinya tidak cocok dengan hash-nya; entri ini diubah."
        if not entry.salt:
            report.forgotten += 1
            if entry.details is not None:
                yield f"Entri {entry.number}: keterangannya ada, padahal seharusnya sudah dikosongkan."
        elif entry.details_digest != details_digest(entry.salt, entry.details or {}):
            yield f"Entri {entry.number}: keterangannya tidak cocok dengan sidik jarinya; judul atau alasannya diubah."
        if entry.kind not in EntryKind.values:
            yield f"Entri {entry.number}: peristiwa “{entry.kind}” tidak dikenal."
        records.apply(entry)
        previous, expected = entry.hash, entry.number + 1
    head = ledger.newest()
    if (head.number, head.hash) != (expected - 1, previous):
        yield f"Ujung catatan tidak cocok: seharusnya entri {head.number}, yang ada sampai entri {expected - 1}."
    report.newest_hash = previous


def _records(replayed: Records) -> Iterator[str]:
    """Compare the records by which questions are answered with those that follow from the entries."""
    there = {(r.document_id, r.version, r.sha256): r for r in FileRecord.objects.all()}
    for record in replayed.all():
        stored = there.pop((record.document_id, record.version, record.sha256), None)
        where = f"Dokumen {record.document_id} versi {record.version}"
        if stored is None:
            yield f"{where}: tercatat, tetapi tidak ada di daftar sidik jari."
        elif any(getattr(stored, name) != getattr(record, name) for name in _COMPARED):
            yield f"{where}: daftar sidik jari tidak sesuai dengan catatan."
    for document, version, _sha256 in there:
        yield f"Dokumen {document} versi {version}: ada di daftar sidik jari, tetapi tidak pernah dicatat."


def _database() -> Iterator[str]:
    """Compare the log with what is public now and with the versions that are kept; is the database's guard on?"""
    if not guard.is_on(connection):
        yield (
            "Penjaga catatan di basis data tidak terpasang: entri dapat diubah atau dihapus langsung. "
            "Cari siapa yang melepasnya; manage.py migrate memasangnya kembali pada SQLite."
        )
    for document in unrecorded().order_by("pk"):
        yield (
            f"Dokumen {document.pk} versi {document.version}: terbuka untuk umum, "
            "tetapi tidak tercatat dengan sidik jari ini."
        )
    kept = {
        (version.document_id, version.number): version.sha256
        for version in DocumentVersion.objects.filter(
            document__in=FileRecord.objects.exclude(state=FileState.CURRENT).values("document_id")
        )
    }
    for record in FileRecord.objects.filter(state=FileState.SUPERSEDED):
        sha256 = kept.get((record.document_id, record.version))
        if sha256 is not None and sha256 != record.sha256:
            yield f"Dokumen {record.document_id} versi {record.version}: sidik jari versi lama diubah di basis data."


def _files(report: Report) -> Iterator[str]:
    """Read every file that the public may open now and compare its bytes with the log."""
    for document in access.public_documents().order_by("pk").iterator(chunk_size=200):
        yield from _file(report, f"Dokumen {document.pk}", document.file, document.sha256)
    opened = DocumentVersion.objects.filter(
        is_open=True, document__in=access.documents_in_public_use(), number__lt=F("document__version")
    ).select_related("document")
    for version in opened.order_by("document_id", "number").iterator(chunk_size=200):
        if access.is_public_version(version):
            where = f"Dokumen {version.document_id} versi {version.number}"
            yield from _file(report, where, version.file, version.sha256)


def _file(report: Report, where: str, field_file, expected: str) -> Iterator[str]:
    report.files += 1
    try:
        with field_file.storage.open(field_file.name, "rb") as handle:
            found = sha256_of(handle)
    except Exception as error:  # each storage has its own
        yield f"{where}: berkasnya tidak dapat dibaca dari penyimpanan ({type(error).__name__})."
        return
    if found != expected:
        yield f"{where}: isi berkas di penyimpanan berbeda dari yang tercatat; berkasnya ditukar atau rusak."
