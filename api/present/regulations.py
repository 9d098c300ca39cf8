"""Regulations, their status and their relations."""

from collections.abc import Iterable

from api.present.base import View, choice_of, html, label, unit
from api.present.files import attachments
from api.schemas.regulations import (
    RegulationDetail,
    RegulationEffect,
    RegulationLink,
    RegulationSummary,
    Relation,
)
from catalogue.enums import RegulationStatus, RelationType
from catalogue.models import RegulationPage
from catalogue.models.relations import RegulationRelation, StatusOn

_TEXTS = (
    "nomor", "tahun", "tentang", "tanggal_penetapan", "tanggal_informasi", "ringkasan",
)  # fmt: skip
_METADATA = (
    "nomor_urut", "kode", "teu_badan", "tempat_penetapan", "tanggal_pengundangan", "tanggal_berlaku",
    "tanggal_berakhir", "sumber", "subjek", "bahasa", "lokasi", "bidang_hukum", "penandatangan", "pemrakarsa",
)  # fmt: skip


def _summary_fields(view: View, page: RegulationPage, status: str, files: list) -> dict:
    return {
        **view.entry(page, page.kategori),
        **{name: getattr(page, name) for name in _TEXTS},
        "sitasi": page.citation,
        "jenis": label(page, "jenis"),
        "status": choice_of(RegulationStatus, status),
        "unit_kerja": unit(page),
        "berkas": files,
    }


def summaries(view: View, pages: Iterable[RegulationPage]) -> list[RegulationSummary]:
    """Return regulations (with `status_code`) as a list shows them."""
    pages = list(pages)
    files = attachments(view, pages)
    return [
        RegulationSummary(**_summary_fields(view, page, page.status_code, files[page.pk])) for page in pages
    ]


def detail(view: View, page: RegulationPage, on=None) -> RegulationDetail:
    """Return a regulation with all that its page shows; `on` asks for its status on a date as well."""
    status = page.status_now
    return RegulationDetail(
        **_summary_fields(view, page, status.code, attachments(view, [page])[page.pk]),
        **{name: getattr(page, name) for name in _METADATA},
        keberlakuan=_effect(view, status),
        keberlakuan_pada=_effect(view, page.status_on(on)) if on else None,
        hubungan=[*(_incoming(view, r) for r in page.incoming), *(_outgoing(view, r) for r in page.outgoing)],
        tipe_dokumen=label(page, "tipe_dokumen"),
        abstrak=html(page.abstrak),
        catatan=html(page.catatan),
    )


def _link(view: View, page: RegulationPage) -> RegulationLink:
    return RegulationLink(
        id=page.pk,
        judul=page.title,
        sitasi=page.citation,
        url=view.addresses.page(page),
        api_url=view.addresses.api(page),
    )


def _effect(view: View, status: StatusOn) -> RegulationEffect:
    return RegulationEffect(
        kode=status.code,
        label=status.label,
        pada=status.on,
        sejak=status.since,
        sebab=[_link(view, relation.source) for relation in status.causes],
    )


def _incoming(view: View, relation: RegulationRelation) -> Relation:
    return Relation(
        arah="masuk",
        jenis=choice_of(RelationType, relation.jenis),
        label=relation.reverse_label,
        peraturan=_link(view, relation.source),
        teks="",
        sejak=relation.effective_on,
        keterangan=relation.keterangan,
    )


def _outgoing(view: View, relation: RegulationRelation) -> Relation:
    shown = relation.target_is_public
    return Relation(
        arah="keluar",
        jenis=choice_of(RelationType, relation.jenis),
        label=str(relation.get_jenis_display()),
        peraturan=_link(view, relation.target) if shown else None,
        teks="" if shown else relation.target_text,
        sejak=relation.effective_on,
        keterangan=relation.keterangan,
    )
