"""Reads an index of regulations, CSV or XLSX, and settles what its rows have to do with each other.

Rows of one number are one regulation, entered twice or with a second file; attachments that are rows of their own go
to their regulation; what names no regulation with number and year becomes a draft with the reason. Every row has one
outcome: a regulation, a double, an attachment, a draft, or refused.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from django.utils.text import slugify

from catalogue.importing.index_rows import IndexRow, category_kinds, read_rows, sibling_categories
from catalogue.importing.index_titles import NotReadable, TitleReading, about, kind_ahead, read_title
from catalogue.importing.linking import Key
from catalogue.importing.records import BadRow, Outcome, RegulationRecord, SettledRow, SourceLink
from catalogue.importing.titles import squeeze
from common.regulation_types import GENERAL_TYPES

MAIN_LABEL = "Naskah"
_SCHEMES = ("http", "https")


class IndexSheet:
    """The records of an index. It is read whole: its rows have to be compared."""

    def __init__(self, path: Path, categories: Path | None = None):
        self.path = path
        self.rows, self.too_long = read_rows(path)
        self.size, self.position = len(self.rows), 0
        self._kinds = category_kinds(categories or sibling_categories(path))

    def __iter__(self) -> Iterator[RegulationRecord | SettledRow | BadRow]:
        """Yield one record a regulation or draft, then what was settled with it; `position` counts rows."""
        yield from self.too_long
        readings: dict[int, TitleReading] = {}
        for row in self.rows:
            try:
                readings[row.line] = read_row(row, self._kinds.get(row["category"], ""))
            except NotReadable as reason:
                self.position += 1
                yield self.draft(row, str(reason))
        yield from self._settled(readings)

    def _settled(self, readings: dict[int, TitleReading]) -> Iterator[RegulationRecord | SettledRow]:
        groups: dict[Key, list[IndexRow]] = defaultdict(list)
        for row in self.rows:
            if row.line in readings and not readings[row.line].attachment:
                groups[_key(readings[row.line])].append(row)
        parts: dict[Key, list[IndexRow]] = defaultdict(list)
        for row in self.rows:
            if row.line in readings and readings[row.line].attachment:
                parts[_regulation_of(readings[row.line], groups)].append(row)
        suspects = _files_of_others(groups, readings)
        for key, rows in groups.items():
            yield from self._group(rows, parts.pop(key, []), readings, suspects)
            self.position += len(rows)
        for rows in parts.values():
            for row in rows:
                yield self._attachment(row, readings[row.line])
                self.position += 1

    def _group(self, rows, parts, readings, suspects) -> Iterator[RegulationRecord | SettledRow]:
        """One regulation with its doubles and attachments."""
        leader, reading = rows[0], _fullest(rows, readings)
        labelled = [(row, MAIN_LABEL) for row in rows if row.line not in suspects]
        labelled += sorted(
            ((row, _part_label(readings[row.line], reading)) for row in parts), key=lambda pair: pair[1]
        )
        yield self._record(leader, reading, labelled, suspects.get(leader.line, ""))
        name, leader_id = f"{reading.title} (baris {leader.line})", self.source_id(leader)
        for row in rows[1:]:
            note = f"Digabung ke {name}. {suspects.get(row.line, '')}".strip()
            yield SettledRow(row.line, self.source_id(row), Outcome.MERGED, leader_id, note)
        for row in parts:
            note = f"{readings[row.line].attachment} dari {name}."
            yield SettledRow(row.line, self.source_id(row), Outcome.ATTACHED, leader_id, note)

    def _attachment(self, row: IndexRow, reading: TitleReading) -> RegulationRecord:
        """An attachment whose regulation the index lacks: it goes to the site's, or stays a draft."""
        note = f"{reading.title} tidak ada di indeks ini maupun di situs."
        record = self._record(row, reading, [(row, reading.attachment)], note)
        return replace(record, title=squeeze(row["title"])[:255], only_attach=True)

    def _record(self, row, reading, labelled, note) -> RegulationRecord:
        links = _links(labelled)
        if detail := web_address(row["detail"]):
            links.append(SourceLink("Halaman pada situs sumber", detail))
        return RegulationRecord(
            line=row.line,
            source_id=self.source_id(row),
            jenis=reading.jenis,
            nomor=reading.nomor,
            tahun=reading.tahun,
            title=reading.title,
            tentang=reading.tentang,
            links=tuple(links),
            note=note,
        )

    def draft(self, row: IndexRow, reason: str) -> RegulationRecord:
        """A row that names no regulation: kept as a draft under its own title, with the reason."""
        title = (
            squeeze(row["title"] or row["judul"] or row["description"])
            or f"Baris {row.line} dari {self.path.name}"
        )
        subject = about(row["description"])
        link = web_address(row["url"])
        return RegulationRecord(
            line=row.line,
            source_id=self.source_id(row),
            jenis=kind_ahead(title) or self._kinds.get(row["category"], "") or "lainnya",
            nomor="",
            tahun=None,
            title=title[:255],
            tentang="" if subject.casefold() == title.casefold() else subject,
            links=(SourceLink("Berkas", link),) if link else (),
            live=False,
            note=reason,
        )

    def source_id(self, row: IndexRow) -> str:
        """The row's name for ever: the index's name and the row's own id (else a slug of its title and file)."""
        own = (
            row["id"]
            or slugify(f"{row['title']} {row['jenis']} {row['nomor']} {row['tahun']} {row['file']}")[:100]
        )
        return f"{self.path.stem}#{own or row.line}"[:160]


def read_row(row: IndexRow, category: str) -> TitleReading:
    """Read a row: from columns of their own for type, number and year where it has them, else from its title."""
    if row["nomor"]:
        title = " ".join(filter(None, (row["jenis"], "Nomor", row["nomor"])))
        if row["tahun"] and row["tahun"] not in row["nomor"]:
            title += f" Tahun {row['tahun']}"
        return read_title(title, row["judul"] or row["description"], category)
    return read_title(row["title"] or row["judul"], row["description"], category)


def web_address(text: str) -> str:
    """Return a link as browsers need it (blanks and other signs escaped, once), or "" for what is no web address."""
    text = squeeze(text)
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    if parts.scheme.lower() not in _SCHEMES or not parts.netloc:
        return ""
    return quote(text, safe="%/:?&=#+,;@()!$'*~")


def _links(labelled: list[tuple[IndexRow, str]]) -> list[SourceLink]:
    """One link a file: equal addresses count once, further files of one label are numbered."""
    found: dict[str, SourceLink] = {}
    times: dict[str, int] = defaultdict(int)
    for row, label in labelled:
        address = web_address(row["url"])
        if address and unquote(address) not in found:
            times[label] += 1
            numbered = f"{label} (berkas {times[label]})" if times[label] > 1 else label
            found[unquote(address)] = SourceLink(numbered, address)
    return list(found.values())


def _key(reading: TitleReading) -> Key:
    return reading.jenis, reading.nomor_kunci


def _regulation_of(part: TitleReading, groups: dict[Key, list[IndexRow]]) -> Key:
    """The group that an attachment belongs to; "Lampiran SK 115/..." names its type only in general."""
    if _key(part) in groups or part.jenis not in GENERAL_TYPES:
        return _key(part)
    alike = [key for key in groups if key[1] == part.nomor_kunci and key[0] in GENERAL_TYPES[part.jenis]]
    return alike[0] if len(alike) == 1 else _key(part)


def _part_label(part: TitleReading, whole: TitleReading) -> str:
    """The name of an attachment, without a subject that only repeats the regulation's."""
    name, _, subject = part.attachment.partition(": ")
    return name if subject.casefold() == whole.tentang.casefold() else part.attachment


def _fullest(rows: list[IndexRow], readings: dict[int, TitleReading]) -> TitleReading:
    """The reading with the longest title part; doubles sometimes lack it."""
    return max((readings[row.line] for row in rows), key=lambda reading: len(reading.tentang))


def _files_of_others(groups: dict[Key, list[IndexRow]], readings: dict[int, TitleReading]) -> dict[int, str]:
    """Rows whose file is listed under another number too, and belongs there by its name; with what to say of them.

    Where the name does not tell, both keep the file.
    """
    users: dict[str, dict[Key, list[IndexRow]]] = defaultdict(lambda: defaultdict(list))
    for key, rows in groups.items():
        for row in rows:
            if address := web_address(row["url"]):
                users[unquote(address)][key].append(row)
    suspects = {}
    for address, by_key in users.items():
        if len(by_key) < 2:
            continue
        name = address.rsplit("/", 1)[-1]
        owners = [key for key in by_key if _names(name, readings[by_key[key][0].line])]
        for key, rows in by_key.items():
            if len(owners) == 1 and key != owners[0]:
                title = readings[by_key[owners[0]][0].line].title
                for row in rows:
                    suspects[row.line] = (
                        f"Berkasnya menurut namanya milik {title}, jadi tidak ditautkan: {address}"
                    )
    return suspects


def _names(file_name: str, reading: TitleReading) -> bool:
    """Tell whether a file name holds the regulation's number and year ("Per_KPU_06_ 2009.pdf")."""
    numbers = [int(digits) for digits in re.findall(r"\d+", file_name)]
    own = int(re.match(r"\d+", reading.nomor).group()) if reading.nomor[:1].isdigit() else None
    return own in numbers and reading.tahun in numbers
