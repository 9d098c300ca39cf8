"""The two values that views, the API and the engines share.

A view or the API builds a :class:`SearchQuery`, hands it to :func:`search.service.search` and shows the
:class:`SearchResults`. No engine is known here and no engine is known there.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from search.language.query import ParsedQuery, clean_text, parse_query, strip_field

#: Facets in the order in which they are shown: parameter name -> label.
FACETS: dict[str, str] = {
    "kategori": "Kategori",
    "jenis": "Jenis peraturan",
    "klasifikasi": "Klasifikasi informasi",
    "tahun": "Tahun",
    "unit": "Unit kerja",
    "kantor": "Kantor",
    "status": "Status",
    "berkas": "Jenis berkas",
}

#: Kinds of record: value of the ``kategori`` facet -> label.
CATEGORIES: dict[str, str] = {
    "regulasi": "Regulasi",
    "informasi-publik": "Informasi publik",
    "dikecualikan": "Informasi dikecualikan",
    "laporan": "Laporan",
    "data-terbuka": "Data terbuka",
    "sop": "SOP",
    "tanya-jawab": "Tanya jawab",
    "halaman": "Halaman",
    "pengumuman": "Pengumuman",
}

SORTS: dict[str, str] = {"relevan": "paling sesuai", "terbaru": "terbaru dulu", "terlama": "terlama dulu"}
DEFAULT_SORT = "relevan"

#: How wide a search looks: value of the ``lingkup`` parameter -> label.
SCOPES: dict[str, str] = {"kantor": "Kantor ini", "provinsi": "Provinsi ini", "semua": "Semua kantor KPU"}

# Parameter names of /cari/. A form uses exactly these.
PARAM_TEXT = "q"
PARAM_SORT = "urut"
PARAM_PAGE = "halaman"
PARAM_SIZE = "ukuran"
PARAM_EXACT = "persis"
PARAM_SCOPE = "lingkup"
PARAM_SIMILAR = "serupa"

#: Order of feeds and of what subscribers are told: latest made public first. Not offered to readers.
SORT_PUBLISHED = "diumumkan"

DEFAULT_SIZE = 10
MAX_SIZE = 50
MAX_PAGE = 1_000_000
MAX_VALUES_PER_FILTER = 20
MAX_FILTER_VALUE = 100
MAX_ID = 10**11  # of a page


@dataclass(frozen=True)
class SearchQuery:
    """What somebody asked for. Immutable; :meth:`querystring` writes it back as URL parameters.

    ``text`` is what was typed, cleaned of characters that cannot be shown (never emptied for being odd).
    ``filters`` maps a facet name to the chosen values; values of one facet are alternatives, facets narrow
    each other. ``problem`` is a sentence in Indonesian when the input could not be used as it stands; the
    query is usable all the same (it may then simply list everything, or nothing).

    ``similar_to`` is the primary key of a page: what resembles it is looked for, beside or instead of a text.
    ``since`` keeps only what was first made public after that moment, ``pinned`` are pages that the editors want first
    for these words; neither has a URL parameter.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = DEFAULT_SORT
    page: int = 1
    size: int = DEFAULT_SIZE
    exact: bool = False
    office_id: int | None = None
    scope: str = "kantor"
    problem: str = ""
    similar_to: int | None = None
    since: datetime.datetime | None = None
    pinned: tuple[int, ...] = ()

    @classmethod
    def from_params(cls, params: Mapping, office=None) -> SearchQuery:
        """Build a query from URL parameters (a QueryDict, or a plain dict of strings or lists). Never raises.

        ``office`` is the :class:`home.models.Office` on whose site is searched, or ``None`` for all offices.
        """
        text, problem = clean_text(_first(params, PARAM_TEXT))
        filters = {}
        for name in FACETS:
            values = _values(params, name)
            if values:
                filters[name] = values
        page = _number(_first(params, PARAM_PAGE) or _first(params, "page"), 1, 1, MAX_PAGE)
        size = _number(_first(params, PARAM_SIZE) or _first(params, "size"), DEFAULT_SIZE, 1, MAX_SIZE)
        sort = _first(params, PARAM_SORT) or _first(params, "sort")
        scope = _first(params, PARAM_SCOPE)
        return cls(
            text=text,
            filters=filters,
            sort=sort if sort in SORTS else DEFAULT_SORT,
            page=page,
            size=size,
            exact=_first(params, PARAM_EXACT).lower() in {"1", "ya", "true", "on"},
            office_id=getattr(office, "pk", None),
            scope=scope if scope in SCOPES else "kantor",
            problem=problem,
            similar_to=_number(_first(params, PARAM_SIMILAR), 0, 0, MAX_ID) or None,
        )

    @property
    def parsed(self) -> ParsedQuery:
        """The text taken apart: words, phrases, exclusions, inline filters, citations."""
        return parse_query(self.text)

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to look for: no text, no filter, no page to resemble."""
        return not self.text and not self.filters and self.similar_to is None

    @property
    def effective_filters(self) -> dict[str, tuple[str, ...]]:
        """The chosen filters together with those typed into the text (``tahun:2024``)."""
        merged = {name: tuple(values) for name, values in self.filters.items()}
        for name, values in self.parsed.filters.items():
            merged[name] = tuple(dict.fromkeys(merged.get(name, ()) + values))
        return merged

    def selected(self, name: str) -> tuple[str, ...]:
        """The chosen values of one facet, typed ones included."""
        return self.effective_filters.get(name, ())

    def only(self, name: str, value: str) -> SearchQuery:
        """The same query with ``value`` as the only choice of facet ``name``, back on the first page."""
        return self._with_filter(name, (value,))

    def without(self, name: str, value: str) -> SearchQuery:
        """The same query with one chosen value taken away, back on the first page."""
        return self._with_filter(name, tuple(v for v in self.selected(name) if v != value))

    def _with_filter(self, name: str, values: tuple[str, ...]) -> SearchQuery:
        filters = {key: kept for key, kept in self.filters.items() if key != name}
        if values:
            filters[name] = values
        return replace(self, text=strip_field(self.text, name), filters=filters, page=1)

    def querystring(self, **changes) -> str:
        """URL parameters of this query with ``changes`` to its fields (``page=2``, ``sort="terbaru"``).

        Defaults are left out, so equal queries have equal addresses. Changing anything but the page goes back
        to the first page.
        """
        if changes and "page" not in changes:
            changes["page"] = 1
        query = replace(self, **changes) if changes else self
        pairs: list[tuple[str, str]] = []
        if query.text:
            pairs.append((PARAM_TEXT, query.text))
        for name in FACETS:
            pairs.extend((name, value) for value in query.filters.get(name, ()))
        if query.sort != DEFAULT_SORT:
            pairs.append((PARAM_SORT, query.sort))
        if query.exact:
            pairs.append((PARAM_EXACT, "1"))
        if query.scope != "kantor":
            pairs.append((PARAM_SCOPE, query.scope))
        if query.similar_to is not None:
            pairs.append((PARAM_SIMILAR, str(query.similar_to)))
        if query.size != DEFAULT_SIZE:
            pairs.append((PARAM_SIZE, str(query.size)))
        if query.page != 1:
            pairs.append((PARAM_PAGE, str(query.page)))
        return urlencode(pairs)

    @property
    def chips(self) -> list[tuple[str, str, str]]:
        """Chosen filters as (facet name, value, querystring that takes it away)."""
        return [
            (name, value, self.without(name, value).querystring())
            for name in FACETS
            for value in self.selected(name)
        ]


@dataclass(frozen=True)
class Extract:
    """A piece of text around what was found, and where it stands.

    ``label`` says where: ``Halaman 7``, ``Lembar "DPT"``, or "" for the record's own summary. ``html`` is
    escaped except for ``<mark>``. ``url`` opens the file there (``…#page=7``), or the page when there is no
    file.
    """

    html: str
    label: str = ""
    url: str = ""
    document_id: int | None = None
    page_number: int | None = None
    ocr_doubt: bool = False


@dataclass(frozen=True)
class Hit:
    """One found page. ``title_html`` and ``subject_html`` (what an instrument is about, where its title does not say)
    are escaped except for ``<mark>``; everything else is plain text."""

    page_id: int
    external_id: str
    kategori: str
    title: str
    title_html: str
    url: str
    score: float = 0.0
    citation: str = ""  # "PKPU Nomor 22 Tahun 2023"
    jenis: str = ""
    nomor: str = ""
    tahun: int | None = None
    klasifikasi: str = ""
    klasifikasi_label: str = ""
    unit: str = ""
    office: str = ""
    status: str = ""
    status_label: str = ""
    status_note: str = ""  # "Dicabut dengan PKPU Nomor 22 Tahun 2023"
    date: datetime.date | None = None
    subject_html: str = ""
    published_at: datetime.datetime | None = None  # when the page was first made public
    pinned: bool = False  # put first by the editors
    file_format: str = ""  # "PDF"
    file_size: int | None = None  # bytes
    file_pages: int | None = None
    ocr_doubt: bool = False
    summary: str = ""
    extracts: tuple[Extract, ...] = ()

    @property
    def kategori_label(self) -> str:
        return CATEGORIES.get(self.kategori, self.kategori)


@dataclass(frozen=True)
class FacetValue:
    """One choice of a facet.

    ``count`` is the number of hits that carry the value under everything else that was asked; following
    ``url`` of a value that is not selected gives exactly that many. ``url`` is a querystring without the
    question mark; of a selected value it takes the choice away.
    """

    value: str
    label: str
    count: int
    selected: bool
    url: str


@dataclass(frozen=True)
class Facet:
    name: str  # the URL parameter
    label: str
    values: tuple[FacetValue, ...] = ()

    @property
    def selected(self) -> tuple[FacetValue, ...]:
        return tuple(value for value in self.values if value.selected)


@dataclass(frozen=True)
class Suggestion:
    """ "Maksud Anda …?": the corrected text, and its querystring."""

    text: str
    url: str


@dataclass(frozen=True)
class Completion:
    """What a reader may be typing: ``text`` fills the box, ``url`` opens the page at once (empty: search for it).

    ``kind`` says what it is in a word or two ("Regulasi", "Istilah"); ``detail`` is a short line below the text.
    """

    text: str
    url: str = ""
    kind: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Reason:
    """One reason why a record stands where it stands: a sentence for an editor, and its share of the score."""

    sentence: str
    points: float


@dataclass(frozen=True)
class Explanation:
    """Why a page is found with a query, or why not (``found`` is False), in words.

    ``place`` is its place in the list from 1 (0 when unknown or not found); ``reasons`` come weightiest first and add
    up, roughly, to ``score``.
    """

    page_id: int
    found: bool
    score: float = 0.0
    place: int = 0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class EngineHealth:
    """How an engine is. ``problems`` are sentences for the operator that say what to do; none when all is well.

    ``documents`` is the number of records in its index, None when it does not answer.
    """

    name: str
    answers: bool
    documents: int | None = None
    detail: str = ""  # where it is, which version, how large
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchResults:
    """The answer to a query. ``total`` and every facet count are counts of the very list that is paged."""

    query: SearchQuery
    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: tuple[Facet, ...] = ()
    suggestion: Suggestion | None = None
    corrected_from: str = ""  # what was typed, when the corrected text was searched instead
    expansions: tuple[str, ...] = ()  # "Juga dicari: DPT, data pemilih"
    engine: str = ""
    took_ms: float = 0.0
    notice: str = ""  # a sentence for the reader, e.g. the fallback engine is at work

    @property
    def page(self) -> int:
        return self.query.page

    @property
    def num_pages(self) -> int:
        return max(1, -(-self.total // self.query.size))

    @property
    def first_index(self) -> int:
        """Number of the first hit shown, from 1; 0 when none is shown."""
        return (self.page - 1) * self.query.size + 1 if self.hits else 0

    @property
    def last_index(self) -> int:
        return self.first_index + len(self.hits) - 1 if self.hits else 0

    @property
    def has_previous(self) -> bool:
        return self.page > 1

    @property
    def has_next(self) -> bool:
        return self.page < self.num_pages

    def facet(self, name: str) -> Facet | None:
        """The facet called ``name``, or None when it has no value in these results."""
        return next((facet for facet in self.facets if facet.name == name), None)

    @property
    def chips(self) -> list[FacetValue]:
        """The chosen filter values with their labels; ``url`` takes each away."""
        known = {(f.name, v.value): v for f in self.facets for v in f.values}
        return [
            known.get((name, value), FacetValue(value, value, 0, True, url))
            for name, value, url in self.query.chips
        ]


def _first(params: Mapping, name: str) -> str:
    getlist = getattr(params, "getlist", None)
    value = getlist(name)[:1] if getlist else params.get(name, "")
    if isinstance(value, (list, tuple)):
        value = value[0] if value else ""
    return "" if value is None else str(value).strip()


def _values(params: Mapping, name: str) -> tuple[str, ...]:
    getlist = getattr(params, "getlist", None)
    raw: Iterable = getlist(name) if getlist else params.get(name, ())
    if isinstance(raw, (str, int)):
        raw = (raw,)
    values = (
        clean_text(str(value), limit=MAX_FILTER_VALUE)[0] for value in list(raw or ())[:MAX_VALUES_PER_FILTER]
    )
    return tuple(dict.fromkeys(value for value in values if value))


def _number(raw: str, default: int, low: int, high: int) -> int:
    if not raw:
        return default
    try:
        return min(max(int(raw[:12]), low), high)
    except ValueError:
        return default
