"""Service reports and open data of the demo.

The figures of 2024 are those of the public report, put right where it contradicts itself: fifteen applicants
throughout, and a signature dated after the year. All other figures are made up and say so.
"""

import datetime as dt

from django.utils.text import slugify
from wagtail.models import Page

from catalogue.demo import files, offices
from catalogue.demo.dip_entries import DISTRICTS
from catalogue.demo.regulations import SOURCE
from catalogue.demo.shell import section
from catalogue.enums import FileRole, License, ReportStatus, UpdatePeriod
from catalogue.importing.bulk_pages import add_pages
from catalogue.models import (
    CatalogueFile,
    DatasetColumn,
    DatasetIndexPage,
    OpenDatasetPage,
    ReportIndexPage,
    ServiceReportPage,
)
from catalogue.signals import regulations_imported
from home.models import Office

_REPORTS = (
    (
        2023,
        dt.date(2024, 1, 15),
        "Laporan contoh. Angkanya rekaan untuk peragaan: 11 pemohon, semuanya dijawab tepat waktu.",
        (("Laporan contoh tahun 2023.", "Jumlah pemohon: 11 orang (rekaan)."),),
    ),
    (
        2024,
        dt.date(2025, 1, 8),
        "15 pemohon: 9 laki-laki dan 6 perempuan; 13 datang langsung dan 2 lewat e-PPID. Semua dikabulkan, tidak ada "
        "keberatan dan sengketa.",
        (
            ("Jumlah pemohon informasi tahun 2024: 15 (lima belas) orang, 9 laki-laki dan 6 perempuan.",),
            ("Menurut pekerjaan: mahasiswa 6, partai politik 4, pegawai negeri 3, wiraswasta 2.",),
            ("Datang langsung 13 orang, lewat e-PPID 2 orang. Waktu layanan rata-rata 1 hari kerja.",),
            ("Tidak ada permohonan yang ditolak, keberatan, maupun sengketa selama tahun 2024.",),
            ("Informasi tersedia: 12 berkala, 65 serta-merta, 2 setiap saat; seluruhnya 79.",),
        ),
    ),
)

_VOTERS_HEADER = ("kecamatan", "jumlah_tps", "pemilih_laki_laki", "pemilih_perempuan", "jumlah_pemilih")
_VOTERS = (
    (142, 35104, 35381),
    (88, 21377, 21503),
    (140, 35910, 35022),
    (296, 80466, 81179),
    (144, 37180, 37002),
    (150, 36412, 36587),
)
_REQUESTS_HEADER = ("bulan", "langsung", "e_ppid", "jumlah")
_REQUESTS = ((0, 0), (1, 0), (3, 0), (1, 0), (1, 0), (0, 1), (1, 0), (1, 0), (1, 0), (0, 0), (1, 0), (3, 1))


def voters() -> list[tuple]:
    """Example figures of voters by district; women and men add up to the last column."""
    return [
        (name, tps, men, women, men + women)
        for name, (tps, men, women) in zip(DISTRICTS, _VOTERS, strict=True)
    ]


def requests() -> list[tuple]:
    """Example distribution over 2024 of the report's fifteen requests, 13 at the counter and 2 online."""
    return [
        (f"2024-{month:02d}", desk, online, desk + online)
        for month, (desk, online) in enumerate(_REQUESTS, 1)
    ]


def load_reports(office: Office) -> None:
    """Add the service reports that the list lacks."""
    index = section(office, ReportIndexPage)
    present = set(ServiceReportPage.objects.child_of(index).values_list("tahun", flat=True))
    pages = []
    for year, signed, summary, content in _REPORTS:
        if year in present:
            continue
        title = f"Laporan Layanan Informasi Publik Tahun {year}"
        document = files.stored(office, title, f"laporan-{year}.pdf", files.text_pdf(title, content))
        pages.append(
            ServiceReportPage(
                title=title,
                slug=f"laporan-{year}",
                tahun=year,
                ringkasan=summary,
                unit_kerja=offices.unit(office, offices.PARTICIPATION),
                status_laporan=ReportStatus.SIGNED,
                penandatangan="Atasan PPID (Sekretaris KPU Kota Serang)",
                tanggal_ttd=signed,
                files=[CatalogueFile(document=document, sort_order=0)],
            )
        )
    _add(index, pages)


def load_datasets(office: Office) -> None:
    """Add the open datasets that the list lacks, each as CSV and as Excel."""
    _dataset(
        office,
        title="Data pemilih per kecamatan, Pilwalkot Serang 2024 (contoh)",
        summary="Jumlah TPS dan pemilih di enam kecamatan. Angkanya rekaan untuk peragaan, bukan daftar pemilih tetap.",
        unit=offices.DATA,
        sheet="Pemilih",
        header=_VOTERS_HEADER,
        rows=voters(),
        period=(dt.date(2024, 9, 21), dt.date(2024, 11, 27)),
        columns=(
            ("kecamatan", "teks", "Nama kecamatan", ""),
            ("jumlah_tps", "angka bulat", "Banyaknya tempat pemungutan suara", "TPS"),
            ("pemilih_laki_laki", "angka bulat", "Pemilih laki-laki", "orang"),
            ("pemilih_perempuan", "angka bulat", "Pemilih perempuan", "orang"),
            ("jumlah_pemilih", "angka bulat", "Jumlah kedua kolom sebelumnya", "orang"),
        ),
    )
    _dataset(
        office,
        title="Permohonan informasi per bulan, 2024 (contoh)",
        summary="Lima belas permohonan tahun 2024 menurut bulan dan cara mengajukannya. Sebaran per bulan rekaan.",
        unit=offices.PARTICIPATION,
        sheet="Permohonan",
        header=_REQUESTS_HEADER,
        rows=requests(),
        period=(dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        columns=(
            ("bulan", "teks", "Tahun dan bulan", ""),
            ("langsung", "angka bulat", "Permohonan di meja layanan", "permohonan"),
            ("e_ppid", "angka bulat", "Permohonan lewat situs", "permohonan"),
            ("jumlah", "angka bulat", "Semua permohonan bulan itu", "permohonan"),
        ),
    )


def _dataset(office, *, title, summary, unit, sheet, header, rows, period, columns) -> None:
    index = section(office, DatasetIndexPage)
    slug = slugify(title)[:100]
    if index.get_children().filter(slug=slug).exists():
        return
    name = slugify(title.split(" (")[0])[:60]
    table = files.stored(office, f"{title}, CSV", f"{name}.csv", files.csv_file(header, rows))
    book = files.stored(office, f"{title}, Excel", f"{name}.xlsx", files.xlsx_file(sheet, header, rows))
    page = OpenDatasetPage(
        title=title,
        slug=slug,
        ringkasan=summary,
        unit_kerja=offices.unit(office, unit),
        walidata=unit,
        lisensi=License.CC_BY,
        periode_mulai=period[0],
        periode_selesai=period[1],
        frekuensi=UpdatePeriod.YEARLY,
        cakupan_wilayah="Kota Serang",
        files=[
            CatalogueFile(document=table, role=FileRole.DATA, label="Data, CSV", sort_order=0),
            CatalogueFile(document=book, role=FileRole.DATA, label="Data, Excel", sort_order=1),
        ],
        kolom=[
            DatasetColumn(nama=column, tipe=kind, keterangan=meaning, satuan=of, sort_order=order)
            for order, (column, kind, meaning, of) in enumerate(columns)
        ],
    )
    _add(index, [page])


def _add(index: Page, pages: list) -> None:
    add_pages(index, pages, source=SOURCE)
    if pages:
        regulations_imported.send(type(pages[0]), page_ids=[page.pk for page in pages])
