"""The answer for a fingerprint."""

from collections.abc import Iterable

from django.urls import reverse

from api.present.base import View, choice_of
from api.schemas.verification import LogEntry, Place, Verification, VerifiedFile
from documents.verification.enums import EntryKind, Verdict
from documents.verification.lookup import Answer, Finding
from documents.verification.models import LedgerEntry
from documents.verification.telling import Told
from home.models import Office


def answer(view: View, found: Answer) -> Verification:
    """Return what is known of a fingerprint."""
    return Verification(
        sha256=found.fingerprint,
        jawaban=choice_of(Verdict, found.verdict),
        dokumen=[_finding(view, finding) for finding in found.findings],
        url=view.addresses.absolute(reverse("verification:answer", args=[found.fingerprint])),
    )


def _finding(view: View, finding: Finding) -> VerifiedFile:
    return VerifiedFile(
        jawaban=choice_of(Verdict, finding.verdict),
        judul=finding.title,
        nama=finding.file_name,
        versi=finding.version,
        diterbitkan=finding.since,
        berakhir=finding.until,
        alasan=finding.reason,
        halaman=[
            Place(judul=place.title, url=view.addresses.absolute(place.url), kantor=place.office)
            for place in finding.places
        ],
        versi_terkini=finding.current_version,
        url_terkini=view.addresses.absolute(finding.current_url) if finding.current_url else None,
    )


def log_entries(view: View, entries: Iterable[LedgerEntry]) -> list[LogEntry]:
    """Return entries of the change log, with their words as far as these may be told."""
    rows = list(entries)
    told = Told(rows)
    codes = {entry.office_code for entry in rows}
    offices = dict(Office.objects.filter(kode_wilayah__in=codes).values_list("kode_wilayah", "name"))
    return [_log_entry(view, entry, told.words(entry), offices.get(entry.office_code, "")) for entry in rows]


def _log_entry(view: View, entry: LedgerEntry, words: dict[str, str], office: str) -> LogEntry:
    return LogEntry(
        nomor=entry.number,
        saat=entry.recorded_at,
        peristiwa=choice_of(EntryKind, entry.kind),
        alasan=words["alasan"],
        dokumen=entry.document_id,
        judul=words["judul"],
        nama=words["nama_berkas"],
        judul_halaman=words["judul_halaman"],
        kantor=office,
        versi=entry.version,
        sha256=entry.sha256,
        ukuran=entry.size,
        versi_diganti=entry.replaced_version,
        hash=entry.hash,
        url_verifikasi=view.addresses.absolute(reverse("verification:answer", args=[entry.sha256])),
    )
