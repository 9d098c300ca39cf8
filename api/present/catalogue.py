"""DIP entries, exempted information, service reports and open data."""

from collections.abc import Iterable

from api.present.base import View, choice_of, label, unit
from api.present.files import attachments
from api.schemas import catalogue as shapes
from catalogue.enums import ExemptionStatus, License
from catalogue.models import (
    DIPEntryPage,
    ExemptedInformationPage,
    OpenDatasetPage,
    RegulationPage,
    ServiceReportPage,
)
from common.visibility import public
from documents.preview import table_preview

_DIP = (
    "nomor", "pejabat_penanggung_jawab", "tanggal_penerbitan", "tahun_penerbitan", "tempat_penerbitan", "softcopy",
    "hardcopy", "retensi_arsip", "retensi_berakhir", "tahun_dip",
)  # fmt: skip


def _entry(view: View, page) -> dict:
    return {
        **view.entry(page, page.kategori),
        "ringkasan": page.ringkasan,
        "unit_kerja": unit(page),
        "tanggal_informasi": page.tanggal_informasi,
    }


def _public_regulation(page: RegulationPage | None) -> RegulationPage | None:
    """Return a regulation that another page names, unless the public may not see it."""
    return public(RegulationPage.objects.filter(pk=page.pk)).first() if page else None


# --- DIP --------------------------------------------------------------------------------------------------------------


def _dip_fields(view: View, page: DIPEntryPage, files: list) -> dict:
    return {
        **_entry(view, page),
        **{name: getattr(page, name) for name in _DIP},
        "klasifikasi": label(page, "klasifikasi"),
        "jenis_informasi": str(page.jenis_informasi) if page.jenis_informasi else None,
        "kategori_kpu": label(page, "kategori_kpu"),
        "berkas": files,
    }


def dip_summaries(view: View, pages: Iterable[DIPEntryPage]) -> list[shapes.DIPSummary]:
    """Return rows of the Daftar Informasi Publik."""
    pages = list(pages)
    files = attachments(view, pages)
    return [shapes.DIPSummary(**_dip_fields(view, page, files[page.pk])) for page in pages]


def dip_detail(view: View, page: DIPEntryPage) -> shapes.DIPDetail:
    """Return a DIP entry with all that its page shows."""
    return shapes.DIPDetail(
        **_dip_fields(view, page, attachments(view, [page])[page.pk]),
        periode_pembaruan=label(page, "periode_pembaruan"),
        tanggal_pemutakhiran=page.tanggal_pemutakhiran,
        jatuh_tempo_pembaruan=page.jatuh_tempo_pembaruan,
        terlambat_diperbarui=page.overdue_now,
        tautan_eksternal=page.tautan_eksternal,
        sk_penetapan=view.link(_public_regulation(page.sk_penetapan)),
    )


# --- exempted information ---------------------------------------------------------------------------------------------


def _exempted_fields(view: View, page: ExemptedInformationPage) -> dict:
    return {
        **_entry(view, page),
        "dasar_hukum": [
            shapes.LegalBasis(
                pasal_17=label(basis, "pasal_17"),
                **{
                    name: getattr(basis, name)
                    for name in ("undang_undang", "pasal", "ayat", "huruf", "keterangan")
                },
            )
            for basis in page.dasar_hukum.all()
        ],
        "konsekuensi_dibuka": page.konsekuensi_dibuka,
        "konsekuensi_ditutup": page.konsekuensi_ditutup,
        "jangka_waktu": page.jangka_waktu,
        "status_pengecualian": choice_of(ExemptionStatus, page.status_on(view.office.today())),
    }


def exempted_summaries(view: View, pages: Iterable[ExemptedInformationPage]) -> list[shapes.ExemptedSummary]:
    """Return rows of the list of exempted information; nothing of their files."""
    return [shapes.ExemptedSummary(**_exempted_fields(view, page)) for page in pages]


def exempted_detail(view: View, page: ExemptedInformationPage) -> shapes.ExemptedDetail:
    """Return an exempted entry with all that its page shows: of the test its number and date, of files nothing."""
    test, decision = page.uji_konsekuensi, _public_regulation(page.keputusan_penetapan)
    return shapes.ExemptedDetail(
        **_exempted_fields(view, page),
        lingkup_materi=page.lingkup_materi,
        kepentingan_publik=page.kepentingan_publik,
        hasil_penyeimbangan=page.hasil_penyeimbangan,
        tanggal_berakhir=page.tanggal_berakhir,
        peristiwa_berakhir=page.peristiwa_berakhir,
        keputusan_penetapan=shapes.Decision(
            nomor=decision.citation if decision else page.nomor_keputusan,
            tanggal=page.tanggal_keputusan,
            ditetapkan_oleh=label(page, "tingkat_penetap"),
            peraturan=view.link(decision),
        ),
        uji_konsekuensi=shapes.TestReference(nomor=test.nomor, tanggal=test.tanggal) if test else None,
    )


# --- service reports --------------------------------------------------------------------------------------------------


def reports(view: View, pages: Iterable[ServiceReportPage]) -> list[shapes.Report]:
    """Return service reports."""
    pages = list(pages)
    files = attachments(view, pages)
    return [
        shapes.Report(
            **_entry(view, page),
            tahun=page.tahun,
            status_laporan=label(page, "status_laporan"),
            penandatangan=page.penandatangan,
            tanggal_ttd=page.tanggal_ttd,
            berkas=files[page.pk],
        )
        for page in pages
    ]


# --- open data --------------------------------------------------------------------------------------------------------


def _dataset_fields(view: View, page: OpenDatasetPage, files: list) -> dict:
    return {
        **_entry(view, page),
        "periode_mulai": page.periode_mulai,
        "periode_selesai": page.periode_selesai,
        "frekuensi": label(page, "frekuensi"),
        "walidata": page.walidata,
        "cakupan_wilayah": page.cakupan_wilayah,
        "lisensi": shapes.Licence(
            kode=page.lisensi, label=str(License(page.lisensi).label), url=page.license_url
        ),
        "berkas": files,
    }


def dataset_summaries(view: View, pages: Iterable[OpenDatasetPage]) -> list[shapes.DatasetSummary]:
    """Return datasets as a list shows them."""
    pages = list(pages)
    files = attachments(view, pages)
    return [shapes.DatasetSummary(**_dataset_fields(view, page, files[page.pk])) for page in pages]


def dataset_detail(view: View, page: OpenDatasetPage) -> shapes.DatasetDetail:
    """Return a dataset with its dictionary and first rows."""
    files = attachments(view, [page])[page.pk]
    return shapes.DatasetDetail(
        **_dataset_fields(view, page, files),
        kolom=[
            shapes.Column(nama=c.nama, tipe=c.tipe, satuan=c.satuan, keterangan=c.keterangan)
            for c in page.kolom.all()
        ],
        cuplikan=_preview(page, {file.id for file in files}),
    )


def _preview(page: OpenDatasetPage, shown: set[int]) -> shapes.Preview | None:
    """Return the first rows of the first public file that has a table."""
    for attached in page.attached_files:
        table = table_preview(attached.document) if attached.document_id in shown else None
        if table:
            return shapes.Preview(
                berkas_id=attached.document_id,
                lembar=table.sheet,
                kepala=table.header,
                baris=table.rows,
                masih_ada_baris=table.more_rows,
                masih_ada_kolom=table.more_columns,
            )
    return None
