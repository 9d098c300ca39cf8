"""What an engine indexes: one page as a flat value, whatever kind of page it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class PageText:
    """A page of a document's text; ``number`` counts from 1, ``label`` is what it is called, ``doubt`` whether its
    text may be wrong."""

    text: str
    document_id: int | None = None
    number: int = 0
    label: str = ""
    doubt: bool = False


@dataclass(frozen=True)
class IndexRecord:
    """One public page, ready for any engine.

    ``heading`` is what is looked through as the title, when that is not ``title`` itself (a regulation's subject
    without its number). ``citation`` is how an instrument is cited; ``names`` are further ways to name it (number
    tokens, type in full); ``keywords`` are subject words; ``body`` is the page's own text; ``texts`` are its files'
    pages and may be a generator, it is read once; ``text_key`` changes when they change. ``date`` is that of the
    information, ``published_at`` the moment when the page was first made public; ``path`` is its place in the tree.
    """

    external_id: str
    kategori: str
    title: str
    page_id: int | None = None
    heading: str = ""
    citation: str = ""
    names: tuple[str, ...] = ()
    summary: str = ""
    keywords: str = ""
    body: str = ""
    texts: Iterable[PageText] = field(default_factory=tuple)
    jenis: str = ""
    nomor: str = ""
    nomor_key: str = ""
    nomor_urut: int | None = None
    tahun: int | None = None
    klasifikasi: str = ""
    unit_id: int | None = None
    office_id: int | None = None
    status: str = ""
    status_note: str = ""
    date: datetime.date | None = None
    published_at: datetime.datetime | None = None
    expires_at: datetime.datetime | None = None
    path: str = ""
    formats: tuple[str, ...] = ()
    file_size: int | None = None
    file_pages: int | None = None
    ocr_doubt: bool = False
    text_key: str = ""
