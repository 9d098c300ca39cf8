"""Reads a folder of files with an index sheet beside them: columns file, jenis, nomor, tahun, judul, and more.

Rows of one number are one regulation with several files. A row whose file is missing or not acceptable becomes a draft
with the reason; a file that no row names is reported.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from catalogue.enums import FileRole
from catalogue.importing.index_rows import IndexRow
from catalogue.importing.index_sheet import MAIN_LABEL, IndexSheet
from catalogue.importing.records import BadRow, RegulationRecord, SettledRow, SourceError, SourceFile
from catalogue.importing.titles import squeeze
from documents.extraction.kinds import Refused, detect

_INDEX_NAMES = ("index.csv", "index.xlsx", "indeks.csv", "indeks.xlsx")
_TEXT_FIELDS = {"ringkasan": None, "tempat_penetapan": 80, "sumber": 160, "subjek": 255}
_DATE_FIELDS = ("tanggal_penetapan", "tanggal_pengundangan")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")


class Folder(IndexSheet):
    """The records of a folder, by its index sheet."""

    def __init__(self, path: Path):
        super().__init__(_find_index(path))
        self.folder = path.resolve()
        self._by_name = {_plain(file.name): file for file in sorted(self.folder.rglob("*")) if file.is_file()}
        self._named: set[Path] = {self.path.resolve()}

    def __iter__(self) -> Iterator[RegulationRecord | SettledRow | BadRow]:
        """Yield the index's records with their files, then the files that the index leaves out."""
        yield from super().__iter__()
        for file in self._by_name.values():
            if file not in self._named and not file.name.startswith((".", "~$")):
                yield BadRow(
                    0, "Berkas ini tidak tercantum dalam lembar indeks.", str(file.relative_to(self.folder))
                )

    def source_id(self, row: IndexRow) -> str:
        """The folder's name and the file's: an index that is put in order later still names the same regulation."""
        return f"{self.folder.name}#{row['file'] or row['id'] or row.line}"[:160]

    def draft(self, row: IndexRow, reason: str) -> RegulationRecord:
        """A row that names no regulation, with its file if that can be had."""
        files, problem = self._files([(row, MAIN_LABEL)])
        return replace(
            super().draft(row, reason), files=files, note=" ".join(filter(None, (reason, problem)))
        )

    def _record(self, row, reading, labelled, note) -> RegulationRecord:
        record = super()._record(row, reading, labelled, note)
        files, problem = self._files(labelled)
        fields, unread = _fields(row)
        notes = " ".join(filter(None, (record.note, problem, unread)))
        return replace(record, files=files, fields=fields, live=not problem, note=notes)

    def _files(self, labelled: list[tuple[IndexRow, str]]) -> tuple[tuple[SourceFile, ...], str]:
        """The files of a regulation, and what is wrong with those that cannot be taken."""
        files, problems = [], []
        for row, label in labelled:
            path = self._find(row["file"])
            problem = _problem(path, row["file"])
            if problem:
                problems.append(problem)
                continue
            is_main = label == MAIN_LABEL and not files
            role = FileRole.MAIN if is_main else FileRole.ATTACHMENT
            files.append(SourceFile(path, role, "" if is_main or label == MAIN_LABEL else label))
        return tuple(files), " ".join(problems)

    def _find(self, name: str) -> Path | None:
        """The file that a row names, inside the folder only; spelling of capitals and accents is forgiven."""
        if not name:
            return None
        exact = (self.folder / name).resolve()
        inside = exact.is_relative_to(self.folder) and exact.is_file()
        path = exact if inside else self._by_name.get(_plain(Path(name.replace("\\", "/")).name))
        if path is not None:
            self._named.add(path)
        return path


def _find_index(folder: Path) -> Path:
    sheets = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in (".csv", ".xlsx")]
    named = [path for path in sheets if path.name.lower() in _INDEX_NAMES]
    if len(named or sheets) == 1:
        return (named or sheets)[0]
    raise SourceError(
        f"Folder {folder} perlu satu lembar indeks bernama index.csv atau index.xlsx dengan kolom file, jenis, nomor, "
        f"tahun, dan judul."
    )


def _problem(path: Path | None, name: str) -> str:
    """Why a file cannot be taken, or ""."""
    if path is None:
        return f"Berkas “{name}” tidak ada di folder." if name else "Kolom file kosong."
    if path.stat().st_size > settings.DOCUMENT_MAX_UPLOAD_BYTES:
        limit = filesizeformat(settings.DOCUMENT_MAX_UPLOAD_BYTES)
        return f"Berkas “{path.name}” lebih besar dari {limit}."
    try:
        with path.open("rb") as handle:
            detect(handle, path.suffix.lstrip(".").lower())
    except Refused as refused:
        return f"“{path.name}”: {refused}"
    except OSError:
        return f"Berkas “{path.name}” tidak dapat dibuka."
    return ""


def _fields(row: IndexRow) -> tuple[dict, str]:
    """Further fields of the page that the sheet has columns for, and what of them could not be read."""
    fields = {name: squeeze(row[name])[:longest] for name, longest in _TEXT_FIELDS.items() if row[name]}
    unread = []
    for name in _DATE_FIELDS:
        if row[name]:
            day = _date(row[name])
            if day:
                fields[name] = day
            else:
                unread.append(f"{name.replace('_', ' ').capitalize()} “{row[name]}” tidak terbaca.")
    return fields, " ".join(unread)


def _date(text: str) -> dt.date | None:
    """A date as sheets hold it: 2021-03-02, 02/03/2021 (day first), with or without a time."""
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        match = _DAY_FIRST.match(text)
    if not match:
        return None
    day, month, year = map(int, match.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
