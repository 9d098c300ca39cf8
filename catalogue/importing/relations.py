"""Relations between regulations as their titles tell them.

A title tells what its own regulation does, and often also what others did before: "PENETAPAN PERPPU NOMOR 1 TAHUN
2002 ... MENJADI UNDANG-UNDANG" establishes the Perppu and does nothing that the Perppu did; in "PERUBAHAN ATAS UU
NOMOR 1 TAHUN 2015 TENTANG PENETAPAN PERPPU NOMOR 1 TAHUN 2014 ..." only the law of 2015 is amended; whatever follows
"SEBAGAIMANA TELAH DIUBAH DENGAN" was done by somebody else. So only the head of the title counts, with the further
members of its list.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from catalogue.enums import RelationType
from catalogue.importing import title_words as words
from catalogue.importing.titles import mend_numbers, squeeze
from common.citations import Citation, find_citations
from common.regulation_types import REGULATION_TYPES

_ESTABLISHED_TYPES = ("perppu", "uu-darurat")


@dataclass(frozen=True)
class TitleRelation:
    """One relation read from a title: what is done (RelationType), and to which regulation.

    `nomor_kunci` is the target's number in comparable form, as `RegulationPage.nomor_kunci` holds it; `text` names the
    target as people write it.
    """

    kind: str
    jenis: str
    nomor_kunci: str
    tahun: int
    text: str


def relations_from_title(title: str, jenis: str, tahun: int | None, nomor_kunci: str) -> list[TitleRelation]:
    """Return the relations that a title tells, first named first; an empty list when it tells of none.

    `jenis`, `tahun` and `nomor_kunci` are those of the title's own regulation: it never relates to itself, and never
    to one of a later year (such a year is misread).
    """
    title = words.in_usual_shape(mend_numbers(squeeze(title)))
    citations = [citation for citation in find_citations(title) if citation.is_complete and citation.jenis]
    found: dict[tuple[str, str, str], TitleRelation] = {}
    for kind, citation in [*_from_head(title, citations), *_from_middle(title, citations)]:
        relation = _relation(kind, citation, title[citation.start : citation.end])
        itself = (relation.jenis, relation.nomor_kunci) == (jenis, nomor_kunci)
        if not itself and (tahun is None or relation.tahun <= tahun):
            found.setdefault((kind, relation.jenis, relation.nomor_kunci), relation)
    return list(found.values())


def citation_text(jenis: str, nomor: str, tahun: int | None) -> str:
    """Return how a regulation is named: "UU Nomor 14 Tahun 2008", "Keputusan KPU Nomor 88/Kpts/KPU/TAHUN 2015"."""
    number = f"{nomor} Tahun {tahun}" if tahun and str(tahun) not in nomor else nomor
    return f"{REGULATION_TYPES[jenis].short} Nomor {number}"


def citation_key(citation: Citation) -> str:
    """Return the citation's number as `RegulationPage.nomor_kunci` holds it."""
    return citation.number.key if citation.number.tahun else f"{citation.number.key}/{citation.tahun}"


def _from_head(title: str, citations: list[Citation]) -> list[tuple[str, Citation]]:
    """What the opening words do, to the first citation and to those that stand in one list with it."""
    if not citations:
        return []
    first = citations[0]
    head = title[: first.start]
    kind = next((kind for kind, pattern in words.HEADS if pattern.match(head)), None)
    if kind is None:
        return []
    if kind == RelationType.ESTABLISHES:
        lawful = first.jenis in _ESTABLISHED_TYPES or words.BECOMES_LAW.search(title)
        return [(kind, first)] if lawful else []
    if kind == RelationType.REVOKES and words.PARTLY.search(head):
        kind = RelationType.REVOKES_PARTLY
    members = [first]
    for previous, citation in pairwise(citations):
        between, after = title[previous.end : citation.start], title[citation.end :]
        if _continues_list(between, after, previous in members):
            members.append(citation)
    return [(kind, citation) for citation in members]


def _continues_list(between: str, after: str, previous_is_member: bool) -> bool:
    """Tell whether the citation after `between` is a further member of the list that the title's head opened."""
    if words.JOINED.match(between):
        # "A DAN B TENTANG ..." goes on as A did; "..., TERAKHIR DENGAN X, B TENTANG ..." takes the list up again.
        return previous_is_member or ("," in between and bool(words.SUBJECT.match(after.lstrip(" ,"))))
    if words.BY_OTHERS.search(between) or not words.SUBJECT.search(between):
        return False
    return previous_is_member and bool(words.NEXT_IN_LIST.search(between))


def _from_middle(title: str, citations: list[Citation]) -> list[tuple[str, Citation]]:
    """What the title says besides: "... DENGAN MENGUBAH UU ...", "(Sebagai Pengganti Peraturan KPU ...)"."""
    found = []
    for citation in citations:
        before = title[: citation.start]
        also = words.ALSO.search(before) if not words.SUBJECT.search(before) else None
        if match := also or words.ASIDE.search(before):
            amends = re.search("ubah", match["verb"], re.IGNORECASE)
            found.append((RelationType.AMENDS if amends else RelationType.REVOKES, citation))
    return found


def _relation(kind: str, citation: Citation, cited: str) -> TitleRelation:
    """The relation to a citation; `cited` is the citation as it stands in the title."""
    number = citation.number
    written = f"{number.nomor_urut}{number.huruf.upper()}"
    if number.kode:
        written = words.BEFORE_NUMBER.sub("", cited) or number.nomor_norm
    name = citation_text(citation.jenis, written, citation.tahun)
    return TitleRelation(kind, citation.jenis, citation_key(citation), citation.tahun, name)
