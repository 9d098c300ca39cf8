"""The office's own pages."""

from collections.abc import Iterable

from wagtail.models import Page

from api.present.base import View, choice_of, html, label
from api.present.files import file
from api.schemas import content as shapes
from api.schemas.common import Unit
from api.scope import visible_documents
from home import models as home
from home.enums import FAQTopic
from home.navigation import MenuItem, main_menu
from home.registry import home_page_context


def office(view: View) -> shapes.Office:
    """Return the office with its hours and whether it serves now."""
    this, opening = view.office, view.office.opening_state()
    return shapes.Office(
        kode_wilayah=this.kode_wilayah,
        nama=this.name,
        nama_lembaga=this.nama_lembaga,
        tingkat=label(this, "level"),
        kantor_atasan=(
            shapes.OfficeLink(kode_wilayah=this.parent.kode_wilayah, nama=this.parent.name)
            if this.parent
            else None
        ),
        url=view.addresses.absolute("/"),
        alamat=this.alamat,
        kota=this.kota,
        telepon=this.telepon,
        faks=this.faks,
        email=this.email,
        zona_waktu=this.time_zone,
        hari_layanan=this.service_days_label,
        jam_layanan=this.hours_label,
        jam_istirahat=this.break_label,
        layanan_sekarang=shapes.Opening(
            buka=opening.is_open,
            keterangan=opening.label,
            sampai=opening.until,
            buka_lagi=opening.next_opening,
        ),
        unit_kerja=[Unit(id=unit.pk, nama=unit.name) for unit in this.units.all()],
    )


def home_page(view: View, page: home.HomePage) -> shapes.Home:
    """Return what the home page shows."""
    sections = home_page_context(page, view.request)
    banners = home.AnnouncementPage.running_banners(page)
    return shapes.Home(
        judul=page.title,
        url=view.addresses.page(page),
        judul_sambutan=page.welcome_title,
        teks_sambutan=html(page.welcome_text),
        sering_dicari=page.popular_query_list,
        video=_video(view, page),
        klasifikasi=[
            shapes.ClassCount(
                kode=kind["code"],
                label=str(kind["label"]),
                penjelasan=kind["explanation"],
                jumlah=kind["count"],
                url=view.addresses.absolute(kind["url"]),
                api_url=f"{view.addresses.named('dip')}?klasifikasi={kind['code']}",
            )
            for kind in sections.get("information_classes", [])
        ],
        terbaru=[
            shapes.NewestEntry(**view.entry(entry, entry.kategori), tanggal_informasi=entry.tanggal_informasi)
            for entry in sections.get("newest", [])
        ],
        spanduk=announcements(view, banners, running={banner.pk for banner in banners}),
        menu=[_menu(view, item) for item in main_menu(view.request)],
    )


def _video(view: View, page: home.HomePage) -> shapes.Video | None:
    shown = visible_documents(pk for pk in (page.video_id, page.video_captions_id) if pk)
    if page.video_id not in shown:
        return None
    captions = page.video_captions if page.video_captions_id in shown else None
    return shapes.Video(
        judul=page.video_title,
        url=view.addresses.absolute(page.video.url),
        url_takarir=view.addresses.absolute(captions.url) if captions else None,
        transkrip=html(page.video_transcript),
    )


def _menu(view: View, item: MenuItem) -> shapes.MenuEntry:
    return shapes.MenuEntry(
        label=item.label,
        url=view.addresses.absolute(item.url),
        anak=[_menu(view, child) for child in item.children],
    )


# --- text pages -------------------------------------------------------------------------------------------------------


def text_summaries(view: View, pages: Iterable[Page]) -> list[shapes.TextPageSummary]:
    """Return profile pages, structure pages and other text pages."""
    return [shapes.TextPageSummary(**_text_fields(view, page)) for page in pages]


def text_detail(view: View, page: Page) -> shapes.TextPageDetail:
    """Return such a page with its text; the structure of the PPID with its roles."""
    is_structure = isinstance(page, home.StructurePage)
    return shapes.TextPageDetail(
        **_text_fields(view, page),
        isi=html(page.intro if is_structure else page.body),
        susunan=[
            shapes.StructureRole(peran=role.peran, jabatan=role.jabatan, tugas=role.tugas)
            for role in (page.roles.all() if is_structure else ())
        ],
        sk_penetapan=page.sk_penetapan if is_structure else "",
    )


def _text_fields(view: View, page: Page) -> dict:
    summary = "" if isinstance(page, home.StructurePage) else page.intro
    return {**view.entry(page, "halaman"), "ringkasan": summary}


# --- SOP, questions, announcements, glossary --------------------------------------------------------------------------


def _sop_fields(view: View, page: home.SOPPage, shown: set[int]) -> dict:
    return {
        **view.entry(page, "sop"),
        "nomor": page.nomor,
        "tahun": page.tahun,
        "ringkasan": page.ringkasan,
        "berkas": file(view, page.document) if page.document_id in shown else None,
    }


def sop_summaries(view: View, pages: Iterable[home.SOPPage]) -> list[shapes.SOPSummary]:
    """Return standard operating procedures."""
    pages = list(pages)
    shown = visible_documents(page.document_id for page in pages if page.document_id)
    return [shapes.SOPSummary(**_sop_fields(view, page, shown)) for page in pages]


def sop_detail(view: View, page: home.SOPPage) -> shapes.SOPDetail:
    """Return a procedure with its steps."""
    shown = visible_documents([page.document_id] if page.document_id else [])
    return shapes.SOPDetail(**_sop_fields(view, page, shown), isi=html(page.body))


def questions(view: View, page: home.FAQPage) -> shapes.Questions:
    """Return the frequent questions in the order of their topics, as the page shows them."""
    return shapes.Questions(
        judul=page.title,
        url=view.addresses.page(page),
        pengantar=page.intro,
        data=[
            shapes.Question(
                topik=choice_of(FAQTopic, item.topic), pertanyaan=item.question, jawaban=html(item.answer)
            )
            for _, items in page.topics
            for item in items
        ],
    )


def _announcement_fields(view: View, page: home.AnnouncementPage, running: set[int]) -> dict:
    return {
        **view.entry(page, "pengumuman"),
        "ringkasan": page.ringkasan,
        "diterbitkan": page.first_published_at,
        "spanduk": page.pk in running,
    }


def running_banners(view: View) -> set[int]:
    """Return the ids of the announcements that stand as banners now."""
    return set(home.AnnouncementPage.running_banners(view.office.home_page).values_list("pk", flat=True))


def announcements(
    view: View, pages: Iterable[home.AnnouncementPage], running: set[int]
) -> list[shapes.AnnouncementSummary]:
    """Return announcements; `running` are the ids of those that stand as banners now."""
    return [shapes.AnnouncementSummary(**_announcement_fields(view, page, running)) for page in pages]


def announcement(view: View, page: home.AnnouncementPage) -> shapes.AnnouncementDetail:
    """Return an announcement with its text."""
    return shapes.AnnouncementDetail(
        **_announcement_fields(view, page, running_banners(view)), isi=html(page.body)
    )


def glossary(view: View, page: home.GlossaryPage) -> shapes.Glossary:
    """Return all terms."""
    return shapes.Glossary(
        judul=page.title,
        url=view.addresses.page(page),
        data=[
            shapes.Term(
                istilah=term.term,
                bentuk_lain=[form.strip() for form in term.variants.split(",") if form.strip()],
                penjelasan=term.explanation,
                dasar_hukum=term.legal_basis,
            )
            for term in home.GlossaryTerm.objects.all()
        ],
    )
