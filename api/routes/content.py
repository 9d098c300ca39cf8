"""The office's own pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router
from wagtail.models import Page

from api import scope
from api.paging import part
from api.parameters import Paged
from api.present import content as present
from api.present.base import View
from api.problems import NotFound
from api.routes.responses import ENTRY_PROBLEMS, LIST_PROBLEMS, MISSING, answers, dated
from api.schemas import content as shapes
from api.schemas.common import AddressList, Listing
from common.visibility import public
from home import models

router = Router(tags=["Kantor"])
_TEXT_PAGES = (models.ProfilePage, models.StructurePage, models.StandardPage)


@router.get(
    "",
    response=answers(AddressList, MISSING),
    url_name="root",
    operation_id="get_root",
    summary="Daftar alamat",
)
def root(request: HttpRequest):
    """Alamat semua daftar."""
    view = View(request)
    names = (
        "office", "home", "pages", "regulations", "dip", "exempted", "reports", "datasets", "sops", "faq",
        "announcements", "glossary", "search", "publication-log", "openapi", "docs",
    )  # fmt: skip
    return AddressList({name: view.addresses.absolute(reverse(f"api:{name}")) for name in names})


@router.get(
    "office",
    response=answers(shapes.Office, MISSING),
    url_name="office",
    operation_id="get_office",
    summary="Kantor",
)
def office(request: HttpRequest):
    """Alamat, jam layanan, apakah loket buka sekarang, dan unit kerja kantor ini."""
    return present.office(View(request))


@router.get(
    "home",
    response=answers(shapes.Home, MISSING),
    url_name="home",
    operation_id="get_home",
    summary="Beranda",
)
def home(request: HttpRequest):
    """Isi beranda: sambutan, video, jumlah tiap klasifikasi, yang terbaru, spanduk, dan menu."""
    view = View(request)
    page = public(models.HomePage.objects.filter(pk=view.office.site.root_page_id)).first()
    if page is None:
        raise NotFound
    page._office = view.office
    return present.home_page(view, page)


@router.get(
    "pages",
    response=answers(Listing[shapes.TextPageSummary], LIST_PROBLEMS),
    url_name="pages",
    operation_id="list_pages",
    summary="Halaman profil dan teks",
)
def pages(request: HttpRequest, response: HttpResponse, parameters: Query[Paged]):
    """Halaman profil, struktur PPID, dan halaman teks lain, menurut susunan situs."""
    view = View(request)
    entries = (
        public(Page.objects.descendant_of(view.office.home_page).type(*_TEXT_PAGES))
        .order_by("path")
        .specific()
    )
    return part(view, entries, parameters, present.text_summaries, response)


@router.get(
    "pages/{int:pk}",
    response=answers(shapes.TextPageDetail, ENTRY_PROBLEMS),
    url_name="page",
    operation_id="get_page",
    summary="Satu halaman profil atau teks",
)
def page(request: HttpRequest, response: HttpResponse, pk: int):
    """Isi halaman sebagai HTML; halaman struktur PPID dengan susunannya."""
    view = View(request)
    found = scope.entry(view.office, Page.objects.type(*_TEXT_PAGES), pk).specific
    dated(response, found.last_updated)
    return present.text_detail(view, found)


@router.get(
    "sop",
    response=answers(Listing[shapes.SOPSummary], LIST_PROBLEMS),
    url_name="sops",
    operation_id="list_sops",
    summary="SOP layanan informasi",
)
def sops(request: HttpRequest, response: HttpResponse, parameters: Query[Paged]):
    """Standar operasional prosedur, menurut nomornya."""
    view = View(request)
    index = scope.section(view.office, models.SOPIndexPage)
    entries = (
        public(models.SOPPage.objects.child_of(index)).select_related("document").order_by("nomor", "title")
    )
    return part(view, entries, parameters, present.sop_summaries, response)


@router.get(
    "sop/{int:pk}",
    response=answers(shapes.SOPDetail, ENTRY_PROBLEMS),
    url_name="sop",
    operation_id="get_sop",
    summary="Satu SOP",
)
def sop(request: HttpRequest, response: HttpResponse, pk: int):
    """SOP dengan langkah-langkahnya."""
    view = View(request)
    found = scope.entry(view.office, models.SOPPage.objects.select_related("document"), pk)
    dated(response, found.last_updated)
    return present.sop_detail(view, found)


@router.get(
    "faq",
    response=answers(shapes.Questions, MISSING),
    url_name="faq",
    operation_id="get_faq",
    summary="Tanya jawab",
)
def faq(request: HttpRequest):
    """Pertanyaan yang sering diajukan, menurut topik."""
    view = View(request)
    return present.questions(view, scope.section(view.office, models.FAQPage))


@router.get(
    "announcements",
    response=answers(Listing[shapes.AnnouncementSummary], LIST_PROBLEMS),
    url_name="announcements",
    operation_id="list_announcements",
    summary="Pengumuman",
)
def announcements(request: HttpRequest, response: HttpResponse, parameters: Query[Paged]):
    """Pengumuman, terbaru dulu."""
    view = View(request)
    index = scope.section(view.office, models.AnnouncementIndexPage)
    entries = public(models.AnnouncementPage.objects.child_of(index)).order_by("-first_published_at", "pk")
    running = present.running_banners(view)

    def shown(view, pages):
        return present.announcements(view, pages, running)

    return part(view, entries, parameters, shown, response)


@router.get(
    "announcements/{int:pk}",
    response=answers(shapes.AnnouncementDetail, ENTRY_PROBLEMS),
    url_name="announcement",
    operation_id="get_announcement",
    summary="Satu pengumuman",
)
def announcement(request: HttpRequest, response: HttpResponse, pk: int):
    """Pengumuman dengan isinya."""
    view = View(request)
    found = scope.entry(view.office, models.AnnouncementPage.objects.all(), pk)
    dated(response, found.last_updated)
    return present.announcement(view, found)


@router.get(
    "glossary",
    response=answers(shapes.Glossary, MISSING),
    url_name="glossary",
    operation_id="get_glossary",
    summary="Daftar istilah",
)
def glossary(request: HttpRequest):
    """Istilah resmi dengan penjelasan sederhana."""
    view = View(request)
    return present.glossary(view, scope.section(view.office, models.GlossaryPage))
