"""Regulations, DIP, exempted information, service reports, open data."""

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from api import scope
from api.paging import listed, part
from api.parameters import DIPParameters, Listed, OnDate, Paged, RegulationParameters, Yearly
from api.present import catalogue as present
from api.present import regulations as present_regulations
from api.present.base import View
from api.routes.responses import ENTRY_PROBLEMS, LIST_PROBLEMS, answers, dated
from api.schemas import catalogue as shapes
from api.schemas.common import Listing
from api.schemas.regulations import RegulationDetail, RegulationSummary
from catalogue import listing as forms
from catalogue import models

router = Router(tags=["Katalog"])


@router.get(
    "regulations",
    response=answers(Listing[RegulationSummary], LIST_PROBLEMS),
    url_name="regulations",
    operation_id="list_regulations",
    summary="Daftar regulasi",
)
def regulations(request: HttpRequest, response: HttpResponse, parameters: Query[RegulationParameters]):
    """Regulasi kantor ini dengan keberlakuannya hari ini, seperti pada halaman /regulasi/."""
    view = View(request)
    index = scope.section(view.office, models.RegulationIndexPage)
    entries = listed(forms.RegulationListingForm, index.entries(), view, parameters)
    return part(view, entries.with_files(), parameters, present_regulations.summaries, response)


@router.get(
    "regulations/{int:pk}",
    response=answers(RegulationDetail, {**ENTRY_PROBLEMS, **LIST_PROBLEMS}),
    url_name="regulation",
    operation_id="get_regulation",
    summary="Satu regulasi",
)
def regulation(request: HttpRequest, response: HttpResponse, pk: int, parameters: Query[OnDate]):
    """Regulasi dengan metadata JDIH, abstrak, hubungan di kedua arah, dan status pada tanggal mana pun."""
    view = View(request)
    entries = models.RegulationPage.objects.with_files().prefetch_related("relations__target")
    page = scope.entry(view.office, entries, pk)
    dated(response, page.last_updated)
    return present_regulations.detail(view, page, on=parameters.pada)


@router.get(
    "dip",
    response=answers(Listing[shapes.DIPSummary], LIST_PROBLEMS),
    url_name="dip",
    operation_id="list_dip",
    summary="Daftar Informasi Publik",
)
def dip(request: HttpRequest, response: HttpResponse, parameters: Query[DIPParameters]):
    """Entri DIP (formulir Model PPID-A), seperti pada halaman /dip/."""
    view = View(request)
    index = scope.section(view.office, models.DIPIndexPage)
    entries = listed(forms.DIPListingForm, index.entries(), view, parameters)
    entries = entries.with_files().select_related("jenis_informasi__parent")
    return part(view, entries, parameters, present.dip_summaries, response)


@router.get(
    "dip/{int:pk}",
    response=answers(shapes.DIPDetail, ENTRY_PROBLEMS),
    url_name="dip-entry",
    operation_id="get_dip_entry",
    summary="Satu entri DIP",
)
def dip_entry(request: HttpRequest, response: HttpResponse, pk: int):
    """Entri DIP dengan pembaruan dan keputusan penetapannya."""
    view = View(request)
    entries = models.DIPEntryPage.objects.with_files().select_related(
        "jenis_informasi__parent", "sk_penetapan"
    )
    page = scope.entry(view.office, entries, pk)
    dated(response, page.last_updated)
    return present.dip_detail(view, page)


@router.get(
    "exempted",
    response=answers(Listing[shapes.ExemptedSummary], LIST_PROBLEMS),
    url_name="exempted",
    operation_id="list_exempted",
    summary="Daftar informasi dikecualikan",
)
def exempted(request: HttpRequest, response: HttpResponse, parameters: Query[Paged]):
    """Informasi yang dikecualikan dengan dasar hukum dan akibatnya. Berkas dan isinya tidak pernah disertakan."""
    view = View(request)
    index = scope.section(view.office, models.ExemptedIndexPage)
    entries = index.entries().prefetch_related("dasar_hukum").select_related("unit_kerja").newest_first()
    return part(view, entries, parameters, present.exempted_summaries, response)


@router.get(
    "exempted/{int:pk}",
    response=answers(shapes.ExemptedDetail, ENTRY_PROBLEMS),
    url_name="exempted-entry",
    operation_id="get_exempted_entry",
    summary="Satu informasi dikecualikan",
)
def exempted_entry(request: HttpRequest, response: HttpResponse, pk: int):
    """Pengecualian dengan pertimbangan, jangka waktu, keputusan, dan nomor uji konsekuensinya."""
    view = View(request)
    entries = models.ExemptedInformationPage.objects.prefetch_related("dasar_hukum").select_related(
        "unit_kerja", "uji_konsekuensi", "keputusan_penetapan"
    )
    page = scope.entry(view.office, entries, pk)
    dated(response, page.last_updated)
    return present.exempted_detail(view, page)


@router.get(
    "reports",
    response=answers(Listing[shapes.Report], LIST_PROBLEMS),
    url_name="reports",
    operation_id="list_reports",
    summary="Laporan layanan informasi",
)
def reports(request: HttpRequest, response: HttpResponse, parameters: Query[Yearly]):
    """Laporan layanan informasi publik tiap tahun, seperti pada halaman /laporan/."""
    view = View(request)
    index = scope.section(view.office, models.ReportIndexPage)
    entries = listed(forms.ReportListingForm, index.entries(), view, parameters)
    return part(view, entries.with_files(), parameters, present.reports, response)


@router.get(
    "reports/{int:pk}",
    response=answers(shapes.Report, ENTRY_PROBLEMS),
    url_name="report",
    operation_id="get_report",
    summary="Satu laporan",
)
def report(request: HttpRequest, response: HttpResponse, pk: int):
    """Laporan satu tahun dengan berkasnya."""
    view = View(request)
    page = scope.entry(view.office, models.ServiceReportPage.objects.with_files(), pk)
    dated(response, page.last_updated)
    return present.reports(view, [page])[0]


@router.get(
    "datasets",
    response=answers(Listing[shapes.DatasetSummary], LIST_PROBLEMS),
    url_name="datasets",
    operation_id="list_datasets",
    summary="Data terbuka",
)
def datasets(request: HttpRequest, response: HttpResponse, parameters: Query[Listed]):
    """Himpunan data yang bebas dipakai lagi, seperti pada halaman /data-terbuka/."""
    view = View(request)
    index = scope.section(view.office, models.DatasetIndexPage)
    entries = listed(forms.DatasetListingForm, index.entries(), view, parameters)
    return part(view, entries.with_files(), parameters, present.dataset_summaries, response)


@router.get(
    "datasets/{int:pk}",
    response=answers(shapes.DatasetDetail, ENTRY_PROBLEMS),
    url_name="dataset",
    operation_id="get_dataset",
    summary="Satu himpunan data",
)
def dataset(request: HttpRequest, response: HttpResponse, pk: int):
    """Himpunan data dengan kamus data, lisensi, dan baris pertamanya."""
    view = View(request)
    entries = models.OpenDatasetPage.objects.with_files().prefetch_related("kolom")
    page = scope.entry(view.office, entries, pk)
    dated(response, page.last_updated)
    return present.dataset_detail(view, page)
