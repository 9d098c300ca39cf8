"""Why a page is found, or is not, in sentences for an editor. Knows no engine: engines hand over :class:`Facts`.

An engine counts where the words of a query stand and what each part gave to the score; here these facts become
Indonesian sentences. What no engine decides (whether a page is public, whether a filter lets it pass) is asked here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Q
from wagtail.models import Page

from common.visibility import public
from documents.access import public_documents
from documents.models import DocumentPage
from home.models import Office
from home.states import LIVE_STATES, PublicationState, with_state
from home.templatetags.eppid import angka
from search.facets import value_label, value_labels
from search.language.analysis import (
    ABBREVIATION,
    CORRECTED,
    JOINED,
    RELATED,
    SPELLING,
    SYNONYM,
    TYPED,
    Concept,
)
from search.scope import scope_offices
from search.types import FACETS, SCOPES, Explanation, Reason, SearchQuery

SHOWN_WAYS = 4
#: Up to which share of all records a word counts as rare, and the words for it.
_RARITY = (
    (0.02, "Kata ini langka, jadi bernilai tinggi"),
    (0.15, "Kata ini cukup langka"),
    (0.5, "Kata ini umum, jadi bernilai rendah"),
    (1.0, "Kata ini ada hampir di mana-mana, jadi hampir tidak membedakan"),
)


class Where(StrEnum):
    """Part of a record in which a word may stand."""

    TITLE = "judul"
    NAME = "nomor atau nama"
    SUMMARY = "ringkasan"
    TEXT = "isi"


@dataclass(frozen=True)
class Way:
    """One way in which something asked for stands in the record.

    ``words`` as they stand there; ``source`` says how they follow from what was typed (`search.language.analysis`);
    ``times`` counts them a field.
    """

    words: str
    source: str = TYPED
    times: Mapping[Where, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """One thing asked for: what it gave to the score, and the ways it stands in the record (none: it does not).

    ``records`` of ``collection`` records have it. ``best_page`` names the page that has it most often.
    ``is_citation`` marks texts that cite the instrument asked for.
    """

    text: str
    points: float = 0.0
    ways: tuple[Way, ...] = ()
    records: int = 0
    collection: int = 0
    best_page: str = ""
    is_citation: bool = False


class Bonus(StrEnum):
    """What counts beside the words. The value is the sentence; ``{}`` takes a detail."""

    WHOLE_TITLE = "Judulnya memuat semua yang dicari."
    NEAR_WHOLE_TITLE = "Judulnya memuat sebagian dari yang dicari."
    TYPE_NAMED = "Jenisnya ({}) disebut dalam pencarian."
    YEAR_NAMED = "Tahunnya ({}) disebut dalam pencarian."
    NEWEST_ASKED = "Yang terbaru diminta; dokumen ini dari tahun {}."
    FRESH = "Yang lebih baru sedikit didahulukan; dokumen ini dari tahun {}."
    IN_FORCE = "Tidak dicabut: yang masih berlaku didahulukan."
    REVOKED = "Sudah dicabut, jadi diturunkan: yang masih berlaku didahulukan."
    NUMBER = "Ini peraturan yang disebut tepat dengan nomor dan tahunnya."
    NUMBER_PART = "Nomornya cocok dengan nomor yang disebut, tetapi jenis atau tahunnya tidak disebut."
    PINNED = "Hasil pilihan redaksi untuk kata-kata ini."
    LISTED = "Tidak ada kata yang dicari: semua yang cocok dengan saringan tampil, menurut tanggal."


@dataclass(frozen=True)
class Extra:
    """A bonus (or malus) of this record and its share of the score."""

    kind: Bonus
    points: float = 0.0
    detail: str = ""


@dataclass(frozen=True)
class Facts:
    """Everything that an engine knows of one page and one query. ``place`` from 1; 0 when it is not found."""

    page_id: int
    score: float = 0.0
    place: int = 0
    asked: tuple[Asked, ...] = ()
    extras: tuple[Extra, ...] = ()
    hindrances: tuple[str, ...] = ()


def is_citation(concept: Concept) -> bool:
    """Whether a concept stands for the texts that cite an instrument ("14/2008")."""
    return "/" in concept.text


def shown_words(concept: Concept) -> str:
    """What a concept is called: the words as they were typed, or the number of an instrument."""
    typed = next((variant.words for variant in concept.variants if variant.source == TYPED), None)
    return concept.text if typed is None or is_citation(concept) else " ".join(typed)


def explain(facts: Facts) -> Explanation:
    """Make sentences of facts, the weightiest first; what keeps a page away comes first of all."""
    found = facts.place > 0
    reasons = [Reason(_asked_sentence(asked), asked.points) for asked in facts.asked if asked.ways]
    reasons += [Reason(extra.kind.value.format(extra.detail), extra.points) for extra in facts.extras]
    reasons.sort(key=lambda reason: -abs(reason.points))
    missing = [asked for asked in facts.asked if not asked.ways and not asked.is_citation]
    if missing:
        reasons.append(Reason(_missing_sentence(missing, found), 0.0))
    reasons[:0] = [Reason(sentence, 0.0) for sentence in facts.hindrances]
    return Explanation(facts.page_id, found, facts.score, facts.place, tuple(reasons))


# --- what keeps a page away, whatever the engine ----------------------------------------------------------------------


def page_hindrance(page_id: int) -> str:
    """Why no search can find a page at all, in a sentence; "" when it is public and of a kind that is searched."""
    from search.indexing import indexed_models

    page = Page.objects.filter(pk=page_id).select_related("content_type").first()
    if page is None:
        return "Halaman itu tidak ada."
    if page.specific_class not in indexed_models():
        name = page.specific_class._meta.verbose_name if page.specific_class else "ini"
        return f"Halaman jenis “{name}” tidak dimasukkan ke pencarian."
    if public(Page.objects.filter(pk=page_id)).exists():
        return ""
    state = PublicationState(with_state(Page.objects.filter(pk=page_id)).get().state_code)
    if state in LIVE_STATES:
        return (
            "Halaman ini, atau bagian di atasnya, tidak terbuka untuk umum, jadi tidak tampil di pencarian."
        )
    return (
        f"Halaman ini tidak dapat dilihat publik (keadaannya: {state.label}), jadi tidak tampil di pencarian."
    )


NOT_INDEXED = (
    "Halaman ini terbuka untuk umum, tetapi belum ada di indeks. Pengindeksan biasanya selesai dalam hitungan detik; "
    "bila tidak, lihat Kesehatan indeks."
)


def query_hindrances(
    query: SearchQuery, values: Mapping[str, Sequence[str]], office_id: int | None, published_at=None
) -> list[str]:
    """Why scope and filters leave a record out. ``values`` are its facet values: facet name -> codes."""
    sentences = []
    offices = scope_offices(query)
    if offices is not None and office_id not in offices:
        names = dict(Office.objects.values_list("pk", "name"))
        owner = names.get(office_id, "tidak ada kantor")
        sentences.append(
            f"Halaman ini milik {owner}, di luar lingkup pencarian “{SCOPES[query.scope]}” "
            f"({names.get(query.office_id, 'kantor ini')})."
        )
    if query.since and (published_at is None or published_at <= query.since):
        sentences.append("Halaman ini terbit sebelum waktu yang diminta.")
    for name, wanted in query.effective_filters.items():
        own = tuple(values.get(name, ()))
        if wanted and not set(wanted).intersection(own):
            sentences.append(
                f"Saringan {FACETS[name].lower()} meminta {_values(name, wanted)}; "
                f"halaman ini {_values(name, own) if own else 'tidak punya nilai itu'}."
            )
    return sentences


def phrase_missing(words: Sequence[str]) -> str:
    """A quoted phrase that the record lacks."""
    return f"Frasa “{' '.join(words)}” harus ada persis seperti tertulis, dan halaman ini tidak memuatnya."


def excluded_present(words: Sequence[str], times: Mapping[Where, int]) -> str:
    """An excluded word that the record has."""
    return f"Kata “{' '.join(words)}” dibuang dari pencarian, dan halaman ini memuatnya: {_times(times)}."


def too_little(asked: Sequence[Asked], cover: float, needed: float) -> str:
    """Too small a part of the query stands in the record. Shares from 0 to 1."""
    there = sum(1 for item in asked if item.ways)
    return (
        f"Halaman ini memuat terlalu sedikit dari yang dicari: {angka(there)} dari {angka(len(asked))} kata, "
        f"{cover:.0%} menurut bobotnya; sedikitnya {needed:.0%} diperlukan."
    )


def page_labels(places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """(document, number) -> "Halaman 7 berkas “…”", for documents that the public may open now."""
    if not places:
        return {}
    condition = Q()
    for document, number in places:
        condition |= Q(document_id=document, number=number)
    ids = [document for document, _ in places]
    rows = DocumentPage.objects.filter(
        condition, document__in=public_documents().filter(pk__in=ids).values("pk")
    ).values_list("document_id", "number", "label", "document__title")
    return {(document, number): f"{label} berkas “{title}”" for document, number, label, title in rows}


# --- sentences --------------------------------------------------------------------------------------------------------


def _asked_sentence(asked: Asked) -> str:
    if asked.is_citation:
        total: dict[Where, int] = {}
        for way in asked.ways:
            for where, count in way.times.items():
                total[where] = max(total.get(where, 0), count)
        return f"Menyebut nomor {asked.text}: {_times(total, asked.best_page)}."
    in_text = next((way for way in asked.ways if Where.TEXT in way.times), None)
    ways = [
        _way(asked.text, way, asked.best_page if way is in_text else "") for way in asked.ways[:SHOWN_WAYS]
    ]
    rest = len(asked.ways) - SHOWN_WAYS
    more = f"; dan {angka(rest)} bentuk lain" if rest > 0 else ""
    return f"“{asked.text}”: {'; '.join(ways)}{more}. {_rarity(asked)}."


def _way(asked: str, way: Way, best_page: str = "") -> str:
    """ "sebagai singkatan “dpt = daftar pemilih tetap”, 2 kali di judul"."""
    times = _times(way.times, best_page)
    if way.source == TYPED:
        return times if way.words == asked else f"bentuk lain “{way.words}” {times}"
    if way.source == ABBREVIATION:
        if " " in way.words and " " not in asked:
            return f"singkatan “{asked} = {way.words}” {times}"
        return f"sebagai singkatan “{way.words}” {times}"
    names = {
        SYNONYM: "sinonim",
        CORRECTED: "ejaan dibetulkan menjadi",
        SPELLING: "ejaan lain",
        RELATED: "kata terkait",
        JOINED: "ditulis terpisah" if " " in way.words else "ditulis serangkai",
    }
    return f"{names.get(way.source, 'juga')} “{way.words}” {times}"


def _times(times: Mapping[Where, int], best_page: str = "") -> str:
    parts = [f"{angka(times[where])} kali di {where.value}" for where in Where if times.get(where)]
    text = " dan ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
    return f"{text} (terbanyak di {best_page})" if best_page and times.get(Where.TEXT) else text


def _rarity(asked: Asked) -> str:
    share = asked.records / max(asked.collection, 1)
    words = next(words for limit, words in _RARITY if share <= limit or limit == 1.0)
    return f"{words} (ada di {angka(asked.records)} dari {angka(asked.collection)} dokumen)"


def _missing_sentence(missing: Sequence[Asked], found: bool) -> str:
    words = ", ".join(f"“{asked.text}”" for asked in missing)
    unknown = [asked for asked in missing if not asked.records]
    text = f"Tidak memuat {words}, juga tidak dalam bentuk lain atau sinonimnya"
    if unknown and len(unknown) == len(missing):
        text += "; tidak satu dokumen pun memuatnya"
    return f"{text}. Halaman tetap tampil karena memuat cukup banyak kata lainnya." if found else f"{text}."


def _values(name: str, codes: Sequence[str]) -> str:
    labels = value_labels({name: codes})
    return " atau ".join(f"“{value_label(name, code, labels)}”" for code in codes)
