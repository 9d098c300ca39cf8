"""How the catalogue's states and kinds look: the colour that goes with a status word, labels of codes."""

from django import template

from catalogue.enums import ExemptionStatus, InformationClass, RegulationStatus, RelationType, ReportStatus
from home.templatetags.eppid import tanggal

register = template.Library()

# Kind of tag or note (see components/tag.html) for each status; the word always stands beside the colour.
_KINDS = {
    RegulationStatus.NOT_YET.value: "info",
    RegulationStatus.IN_FORCE.value: "ok",
    RegulationStatus.AMENDED.value: "warn",
    RegulationStatus.PARTLY_REVOKED.value: "warn",
    RegulationStatus.REVOKED.value: "bad",
    ExemptionStatus.ENDED.value: "",
    ExemptionStatus.OPENED.value: "info",
    ReportStatus.SIGNED.value: "ok",
    ReportStatus.DRAFT.value: "warn",
}
_EXACT_DATES = (
    "tanggal_penetapan", "tanggal_pengundangan", "tanggal_berlaku", "tanggal_penerbitan", "tanggal_keputusan",
    "tanggal_ttd", "periode_selesai", "periode_mulai",
)  # fmt: skip
_RELATION_KINDS = {
    RelationType.REVOKES.value: "bad",
    RelationType.REVOKES_PARTLY.value: "warn",
    RelationType.AMENDS.value: "warn",
}
# For each status that a reader must know before quoting: kind of the note, what it says, how the causes are named.
_STATUS_NOTES = {
    RegulationStatus.REVOKED.value: ("bad", "Tidak berlaku lagi", "Dicabut oleh", ""),
    RegulationStatus.PARTLY_REVOKED.value: (
        "warn", "Sebagian isinya tidak berlaku lagi", "Dicabut sebagian oleh", "Bacalah bersama peraturan itu."
    ),
    RegulationStatus.AMENDED.value: (
        "warn", "Masih berlaku, tetapi telah diubah", "Diubah oleh", "Bacalah bersama perubahannya."
    ),
    RegulationStatus.NOT_YET.value: ("info", "Belum berlaku", "", ""),
}  # fmt: skip
_KIND_LABELS = {
    "regulasi": "Regulasi",
    "dikecualikan": "Informasi Dikecualikan",
    "laporan": "Laporan layanan informasi",
    "data-terbuka": "Data terbuka",
}


@register.inclusion_tag("catalogue/_status_note.html")
def status_note(status) -> dict:
    """Warn about a regulation that no longer holds as it stands (`status`: StatusOn); nothing for one in force."""
    kind, title, verb, advice = _STATUS_NOTES.get(status.code, ("", "", "", ""))
    since = status.since and tanggal(status.since)
    if since and status.causes and not any(_is_dated(cause) for cause in status.causes):
        since = str(status.since.year)  # known by the year of the revoking or amending regulation alone
    since_word = ", mulai berlaku" if status.code == RegulationStatus.NOT_YET else " sejak"
    return {
        "kind": kind,
        "title": f"{title}{since_word} {since}" if since else title,
        "verb": verb,
        "causes": status.causes,
        "advice": advice,
    }


def _is_dated(relation) -> bool:
    """Whether the day from which a relation works is known, not only its year."""
    source = relation.source
    return bool(relation.tanggal_efektif or source.tanggal_berlaku or source.tanggal_penetapan)


@register.filter
def relation_since(relation) -> str:
    """Write since when another regulation revokes or amends this one ("sejak 1 November 2023"), else ""."""
    if relation.jenis not in _RELATION_KINDS or not relation.effective_on:
        return ""
    day = relation.effective_on
    return f"sejak {tanggal(day) if _is_dated(relation) else day.year}"


@register.filter
def entry_date(entry) -> str:
    """Write the date of an entry as exactly as it is known: a day, or only the year."""
    day = entry.tanggal_informasi
    if not day:
        return ""
    exact = any(getattr(entry, name, None) == day for name in _EXACT_DATES)
    return tanggal(day) if exact else str(day.year)


@register.filter
def status_kind(code: str) -> str:
    """Return the tag kind (ok, warn, bad, info or "") of a status code."""
    return _KINDS.get(code, "")


@register.filter
def status_label(code: str) -> str:
    """Return the words of a regulation's status code, or "" for none."""
    return str(RegulationStatus(code).label) if code in RegulationStatus.values else ""


@register.filter
def kind_label(entry) -> str:
    """Say what a catalogue entry is: its class for DIP entries, else its kind."""
    klasifikasi = getattr(entry, "klasifikasi", "")
    if klasifikasi in InformationClass.values:
        return str(InformationClass(klasifikasi).label)
    return _KIND_LABELS.get(entry.kategori, "")


@register.filter
def relation_kind(jenis: str) -> str:
    """Return the tag kind of what another regulation does to this one."""
    return _RELATION_KINDS.get(jenis, "")
