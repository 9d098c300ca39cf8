"""How each kind of page becomes a record."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

from catalogue.models import (
    DIPEntryPage,
    ExemptedInformationPage,
    OpenDatasetPage,
    RegulationPage,
    ServiceReportPage,
)
from catalogue.models.regulations import read_incoming
from common.citations import parse_number
from home.models import (
    AnnouncementPage,
    FAQPage,
    GlossaryPage,
    GlossaryTerm,
    ProfilePage,
    SOPPage,
    StandardPage,
    StructurePage,
)
from search.indexing import Context, adapter
from search.indexing_names import names_of
from search.records import IndexRecord

_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|div|tr)>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")


def plain(html: str) -> str:
    """Rich text as plain text, a line a block."""
    return unescape(_TAG.sub(" ", _BLOCK_END.sub("\n", html or ""))).strip()


def _lines(*parts) -> str:
    return "\n".join(str(part).strip() for part in parts if part and str(part).strip())


def _year(date: dt.date | None) -> int | None:
    return date.year if date else None


def _common(page, context: Context) -> dict:
    office = context.office(page)
    return {
        "page_id": page.pk,
        "external_id": getattr(page, "sumber_id", "") or str(page.pk),
        "title": page.title,
        "office_id": office.pk if office else None,
        "published_at": page.first_published_at,
        "expires_at": page.expire_at,
        "path": page.path,
    }


def _entry(page, context: Context) -> dict:
    """Fields that all catalogue entries share."""
    return {
        **_common(page, context),
        **context.file_fields(file.document for file in page.attached_files),
        "kategori": page.kategori,
        "summary": page.ringkasan,
        "unit_id": page.unit_kerja_id,
        "date": page.tanggal_informasi or page.derive_tanggal_informasi(),
    }


@adapter(RegulationPage, read=read_incoming)
def regulation(page: RegulationPage, context: Context) -> IndexRecord:
    """A regulation: found by its subject, its number in every writing, its abstract and its text."""
    office = context.office(page)
    status = page.status_on(office.today() if office else dt.date.today())
    cause = next(iter(status.causes), None)
    number = parse_number(page.nomor) if page.nomor else None
    note = f"{cause.reverse_label} {cause.source.citation}" if cause else ""
    fields = _entry(page, context)
    return IndexRecord(
        **{**fields, "summary": page.ringkasan or plain(page.abstrak)},
        heading=page.tentang or page.title,
        citation=page.citation,
        names=(*names_of(page.jenis, number, page.tahun), *([page.title] if page.tentang else [])),
        keywords=_lines(
            page.subjek, page.teu_badan, plain(page.abstrak) if page.ringkasan else "", plain(page.catatan)
        ),
        jenis=page.jenis,
        nomor=page.nomor,
        nomor_key=page.nomor_kunci,
        nomor_urut=page.nomor_urut,
        tahun=page.tahun,
        status=str(status.code),
        status_note=note,
    )


@adapter(DIPEntryPage)
def dip_entry(page: DIPEntryPage, context: Context) -> IndexRecord:
    """An entry of the Daftar Informasi Publik."""
    fields = _entry(page, context)
    return IndexRecord(
        **fields,
        klasifikasi=page.klasifikasi,
        nomor=page.nomor,
        tahun=page.tahun_penerbitan or _year(page.tanggal_penerbitan) or page.tahun_dip,
        keywords=_lines(
            page.get_klasifikasi_display(),
            page.jenis_informasi,
            page.get_kategori_kpu_display(),
            page.pejabat_penanggung_jawab,
            page.tempat_penerbitan,
        ),
    )


@adapter(ExemptedInformationPage)
def exempted(page: ExemptedInformationPage, context: Context) -> IndexRecord:
    """An exempted entry: what its public page says, never a word of its file."""
    office = context.office(page)
    fields = {**_entry(page, context), **context.file_fields([])}
    return IndexRecord(
        **fields,
        tahun=_year(page.tanggal_keputusan),
        status=str(page.status_on(office.today() if office else dt.date.today())),
        keywords=_lines(
            "Informasi dikecualikan", page.lingkup_materi, *(str(b) for b in page.dasar_hukum.all())
        ),
        body=_lines(
            page.konsekuensi_dibuka,
            page.konsekuensi_ditutup,
            page.kepentingan_publik,
            page.hasil_penyeimbangan,
            page.jangka_waktu,
            page.nomor_keputusan,
        ),
    )


@adapter(ServiceReportPage)
def service_report(page: ServiceReportPage, context: Context) -> IndexRecord:
    """A service report of a year."""
    return IndexRecord(
        **_entry(page, context), tahun=page.tahun, keywords="Laporan Layanan Informasi Publik PPID"
    )


@adapter(OpenDatasetPage)
def dataset(page: OpenDatasetPage, context: Context) -> IndexRecord:
    """An open dataset with its dictionary."""
    columns = "\n".join(" ".join(str(value) for value in _text_values(column)) for column in page.kolom.all())
    return IndexRecord(
        **_entry(page, context),
        tahun=_year(page.periode_selesai or page.periode_mulai),
        keywords=_lines("Data terbuka", page.walidata, page.cakupan_wilayah),
        body=columns,
    )


def _text_values(item) -> list[str]:
    """The values of a row's text fields."""
    return [
        getattr(item, field.name)
        for field in item._meta.concrete_fields
        if field.get_internal_type() in ("CharField", "TextField") and getattr(item, field.name)
    ]


@adapter(SOPPage)
def sop(page: SOPPage, context: Context) -> IndexRecord:
    """A standard operating procedure."""
    return IndexRecord(
        **_common(page, context),
        **context.file_fields([page.document]),
        kategori="sop",
        summary=page.ringkasan,
        body=plain(page.body),
        keywords="SOP Standar Operasional Prosedur",
        jenis="sop",
        tahun=page.tahun,
        date=dt.date(page.tahun, 1, 1) if page.tahun else _published(page),
    )


@adapter(FAQPage)
def questions(page: FAQPage, context: Context) -> IndexRecord:
    """The questions and answers of an office."""
    body = "\n".join(f"{item.question}\n{plain(item.answer)}" for item in page.items.all())
    return IndexRecord(
        **_common(page, context), kategori="tanya-jawab", summary=page.intro, body=body, date=_published(page)
    )


@adapter(AnnouncementPage)
def announcement(page: AnnouncementPage, context: Context) -> IndexRecord:
    """An announcement."""
    return IndexRecord(
        **_common(page, context),
        kategori="pengumuman",
        summary=page.ringkasan,
        body=plain(page.body),
        tahun=_year(_published(page)),
        date=_published(page),
    )


@adapter(ProfilePage)
@adapter(StandardPage)
def text_page(page, context: Context) -> IndexRecord:
    """A profile page or another text page."""
    return IndexRecord(
        **_common(page, context),
        kategori="halaman",
        summary=page.intro,
        body=plain(page.body),
        date=_published(page),
    )


@adapter(StructurePage)
def structure(page: StructurePage, context: Context) -> IndexRecord:
    """The structure of the PPID."""
    body = "\n".join(f"{role.peran}: {role.jabatan}. {role.tugas}" for role in page.roles.all())
    return IndexRecord(
        **_common(page, context),
        kategori="halaman",
        summary=_lines(plain(page.intro), page.sk_penetapan),
        body=body,
        date=_published(page),
    )


@adapter(GlossaryPage)
def glossary(page: GlossaryPage, context: Context) -> IndexRecord:
    """The glossary with all its terms."""
    terms = GlossaryTerm.objects.all()
    body = "\n".join(f"{term.term}: {term.explanation} {term.legal_basis}" for term in terms)
    return IndexRecord(
        **_common(page, context), kategori="halaman", summary=page.intro, body=body, date=_published(page)
    )


def _published(page) -> dt.date | None:
    moment = page.last_published_at or page.first_published_at
    return moment.date() if moment else None
