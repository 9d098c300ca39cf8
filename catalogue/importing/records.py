"""The values between the readers of a source and the writer of pages."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True)
class SourceLink:
    """Where the source holds a file of the regulation."""

    label: str
    url: str


@dataclass(frozen=True)
class SourceFile:
    """A file on disk to upload, with its `catalogue.enums.FileRole` and its name on the page."""

    path: Path
    role: str
    label: str = ""


@dataclass(frozen=True)
class RegulationRecord:
    """One regulation as a source tells it, cleaned and checked, ready to become a page.

    `source_id` names the record in its source for ever (`CataloguePage.sumber_id`); `line` is where it stands.
    `nomor` is the number as people write it ("14 Tahun 2008", "8/HK.03.1/3673/2021"), empty for a draft that has none.
    `text` is the whole text, `files` are uploaded, `links` are named; all may be missing. `live` is False for what must
    stay a draft; `note` says why, for the officer, or what to check. With `only_attach` the record is an attachment and
    no regulation of its own: it goes to the regulation of its number, or stays a draft without number.
    """

    line: int
    source_id: str
    jenis: str
    nomor: str
    tahun: int | None
    title: str
    tentang: str = ""
    text: str = ""
    files: tuple[SourceFile, ...] = ()
    links: tuple[SourceLink, ...] = ()
    fields: dict = field(default_factory=dict)
    live: bool = True
    only_attach: bool = False
    note: str = ""


@dataclass(frozen=True)
class BadRow:
    """A line or row that gives no record: its number, why, and what stood there (kept, so that nothing is lost)."""

    line: int
    reason: str
    content: str
    source_id: str = ""


@dataclass(frozen=True)
class SettledRow:
    """A row that a reader settled by itself: a double or an attachment of the record `leader`."""

    line: int
    source_id: str
    outcome: "Outcome"
    leader: str
    note: str


class Outcome(StrEnum):
    """What became of a line or row."""

    CREATED = "dibuat"
    DRAFTED = "draf"
    KNOWN = "sudah_ada"
    MERGED = "digabung"
    ATTACHED = "lampiran"
    BAD = "ditolak"
    CHECK = "perlu_diperiksa"
    """Imported, with something that an officer should look at; counted besides, not instead."""


class SourceError(Exception):
    """The source as a whole cannot be read (further); the message is a sentence for the person at the terminal."""
