"""The answer for a fingerprint: current, superseded, withdrawn, or unknown.

What was never public is unknown in every respect: it is asked for by the same queries, and answered in the same words,
as a file that never existed. What is public now is decided by `documents.access`, not by the log, which may lag behind
the clock by the two minutes of its job.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse

from documents import access
from documents.models import DocumentVersion, OfficeDocument
from documents.verification.enums import EntryKind, FileState, Verdict
from documents.verification.models import FileRecord, LedgerEntry
from documents.verification.places import Place, Places
from documents.verification.telling import Told
from documents.verification.wording import REASON_CLOSED
from home.models import Office

_ORDER = [Verdict.CURRENT, Verdict.SUPERSEDED, Verdict.WITHDRAWN]
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Finding:
    """One document to which the file belongs or belonged.

    `since` and `until` bound the time in which this file was the public one (None: not known); `reason` says why that
    ended. `places` are the public pages that show the document now. `title` is "" where it must not be told.
    """

    verdict: Verdict
    version: int
    since: datetime | None
    title: str = ""
    file_name: str = ""
    page_title: str = ""
    until: datetime | None = None
    reason: str = ""
    places: list[Place] = field(default_factory=list)
    office: str = ""
    file_url: str = ""
    about_url: str = ""
    current_version: int | None = None
    current_url: str = ""


@dataclass(frozen=True)
class Answer:
    """What is known of a fingerprint."""

    fingerprint: str
    findings: list[Finding]

    @property
    def verdict(self) -> Verdict:
        """The best that can be said."""
        return self.findings[0].verdict if self.findings else Verdict.UNKNOWN


def read_fingerprint(text: str) -> str:
    """Return a typed SHA-256 in small letters without spaces or colons. Raises ValueError for anything else."""
    plain = re.sub(r"[\s:]", "", text).lower().removeprefix("sha256").lstrip("-=")
    if not _FINGERPRINT.fullmatch(plain):
        raise ValueError("Sidik jari SHA-256 terdiri dari 64 karakter: angka 0–9 dan huruf a–f.")
    return plain


def look_up(fingerprint: str, office: Office | None = None) -> Answer:
    """Return the answer for a SHA-256 (64 small hexadecimal digits), findings of `office` first among equals."""
    records = list(FileRecord.objects.filter(sha256=fingerprint))
    shown = list(access.public_documents().filter(sha256=fingerprint).order_by("pk"))
    if not (records or shown):
        return Answer(fingerprint, [])
    findings = _Search(records, shown, office).findings()
    here = office.name if office else ""
    findings.sort(
        key=lambda f: (_ORDER.index(f.verdict), here not in {f.office, *(p.office for p in f.places)})
    )
    return Answer(fingerprint, findings)


class _Search:
    """What a few records of one fingerprint need, looked up together."""

    def __init__(self, records: list[FileRecord], shown: list[OfficeDocument], office: Office | None):
        ids = {record.document_id for record in records} | {document.pk for document in shown}
        self.records, self.shown = records, {document.pk: document for document in shown}
        self.in_use = access.in_public_use_among(ids)
        self.public = access.public_among(self.in_use)
        self.documents = OfficeDocument.objects.in_bulk(self.in_use)
        self.places = Places(self.in_use, office)
        wanted = {record.first_entry for record in records} | {record.last_entry for record in records}
        self.entries = LedgerEntry.objects.in_bulk(wanted)
        replacing = LedgerEntry.objects.filter(
            document_id__in=ids,
            kind=EntryKind.REPLACED,
            replaced_sha256__in={record.sha256 for record in records},
        )
        self.replacing = {(e.document_id, e.replaced_version): e for e in replacing.order_by("number")}
        self.told = Told([*self.entries.values(), *self.replacing.values()])
        codes = {record.office_code for record in records}
        self.offices = dict(Office.objects.filter(kode_wilayah__in=codes).values_list("kode_wilayah", "name"))
        opened = DocumentVersion.objects.filter(document__in=self.in_use, is_open=True)
        self.opened = {(version.document_id, version.number): version.url for version in opened}

    def findings(self) -> list[Finding]:
        found = [self._finding(record) for record in self.records]
        known = {(record.document_id, record.version) for record in self.records}
        for document in self.shown.values():
            if (document.pk, document.version) not in known:  # the log has not caught up yet
                found.append(self._current(document, None))
        return found

    def _finding(self, record: FileRecord) -> Finding:
        document = self.shown.get(record.document_id)
        if document is not None and document.version == record.version:
            return self._current(document, record)
        if record.state == FileState.SUPERSEDED:
            return self._superseded(record)
        return self._withdrawn(record)

    def _current(self, document: OfficeDocument, record: FileRecord | None) -> Finding:
        return Finding(
            Verdict.CURRENT,
            document.version,
            record.published_at if record else None,
            title=document.title,
            file_name=document.filename,
            places=self.places.of(document.pk),
            office=self.offices.get(record.office_code, "") if record else "",
            file_url=document.url,
            **self._now(document.pk),
        )

    def _superseded(self, record: FileRecord) -> Finding:
        entry = self.replacing.get((record.document_id, record.version))
        opened = record.is_open and record.document_id in self.in_use
        return Finding(
            Verdict.SUPERSEDED,
            record.version,
            record.published_at,
            until=entry.recorded_at if entry else None,
            reason=self.told.words(entry)["alasan"],
            file_url=self.opened.get((record.document_id, record.version), "") if opened else "",
            **self._names(record),
            **self._now(record.document_id),
        )

    def _withdrawn(self, record: FileRecord) -> Finding:
        is_recorded = record.state == FileState.WITHDRAWN
        entry = self.entries.get(record.last_entry)
        return Finding(
            Verdict.WITHDRAWN,
            record.version,
            record.published_at,
            until=record.changed_at if is_recorded else None,
            reason=self.told.words(entry)["alasan"] if is_recorded else REASON_CLOSED,
            **self._names(record),
            **self._now(record.document_id),
        )

    def _names(self, record: FileRecord) -> dict:
        """What the file and its page were called then, as far as it may be told."""
        words = self.told.words(self.entries.get(record.first_entry))
        return {
            "title": words["judul"],
            "file_name": words["nama_berkas"],
            "page_title": words["judul_halaman"],
            "places": self.places.of(record.document_id),
            "office": self.offices.get(record.office_code, ""),
        }

    def _now(self, document_id: int) -> dict:
        """Where the document stands now, if public pages show it."""
        if document_id not in self.in_use:
            return {}
        document = self.documents[document_id]
        facts = {"about_url": reverse("documents:about", args=[document_id])}
        if document_id in self.public:
            facts |= {"current_version": document.version, "current_url": document.url}
        return facts
