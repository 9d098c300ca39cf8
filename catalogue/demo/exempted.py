"""Two entries of exempted information, on decisions of KPU RI, with the consequence tests behind them.

What the decisions exempt is public; the wording, dates and sheets here are examples.
"""

import datetime as dt

from django.utils.text import slugify

from catalogue.demo import files, offices
from catalogue.demo.regulations import SOURCE, find
from catalogue.demo.shell import section
from catalogue.enums import Article17, TestOutcome
from catalogue.importing.bulk_pages import add_pages
from catalogue.models import ConsequenceTest, ExemptedIndexPage, ExemptedInformationPage, LegalBasis
from catalogue.signals import regulations_imported
from home.enums import OfficeLevel
from home.models import Office

PRIVATE_SENTENCE = "Kalimat ini hanya ada di dalam berkas yang dikecualikan dan tidak boleh ditemukan publik."
"""Stands in the exempted files only, to try that nobody finds it."""

_UNTIL_CONSENT = "Sampai ada persetujuan tertulis dari pemilik data"
_ENTRIES = (
    {
        "title": "Data pribadi pendukung calon perseorangan pada formulir Model B.1-KWK",
        "nomor": "169/Kpts/KPU/TAHUN 2015",
        "decided": dt.date(2015, 12, 31),
        "scope": "Nomor induk kependudukan, alamat, dan tanda tangan pendukung pada formulir Model B.1-KWK.",
        "unit": offices.LAW,
        "public": "Publik perlu tahu apakah dukungan memenuhi syarat; jumlah dan sebarannya tetap terbuka.",
    },
    {
        "title": "Data pribadi pemilih pada formulir Model A.3-KWK",
        "nomor": "32/Kpts/KPU/TAHUN 2016",
        "decided": dt.date(2016, 12, 31),
        "scope": "Nomor induk kependudukan dan nomor kartu keluarga pada formulir Model A.3-KWK.",
        "unit": offices.DATA,
        "public": "Publik perlu memeriksa daftar pemilih; nama dan TPS tetap dapat diperiksa.",
    },
)
_NOTE = "Contoh: rumusan, tanggal, dan lembar pengujiannya hanya peragaan."


def load_exempted(office: Office, national: Office, province: Office) -> None:
    """Add the entries that the office's list lacks, each with a concluded test and the decision of KPU RI."""
    index = section(office, ExemptedIndexPage)
    present = set(ExemptedInformationPage.objects.child_of(index).values_list("title", flat=True))
    pages = [
        _page(office, national, province, number, entry)
        for number, entry in enumerate(_ENTRIES, 1)
        if entry["title"] not in present
    ]
    add_pages(index, pages, source=SOURCE)
    if pages:
        regulations_imported.send(ExemptedInformationPage, page_ids=[page.pk for page in pages])


def _page(
    office: Office, national: Office, province: Office, number: int, entry: dict
) -> ExemptedInformationPage:
    content = files.text_pdf(entry["title"], [[entry["scope"]], [PRIVATE_SENTENCE]])
    parent = files.stored(office, f"Dokumen induk: {entry['title']}", f"dokumen-induk-{number}.pdf", content)
    return ExemptedInformationPage(
        title=entry["title"],
        slug=slugify(entry["title"])[:100],
        ringkasan=f"{entry['scope']} {_NOTE}",
        lingkup_materi=entry["scope"],
        dokumen_induk=parent,
        unit_kerja=offices.unit(office, entry["unit"]),
        konsekuensi_dibuka="Data pribadi dapat disalahgunakan, misalnya untuk mengambil alih rekening atau identitas.",
        konsekuensi_ditutup="Melindungi pemilik data tanpa menghalangi pemeriksaan hasil pemilu.",
        kepentingan_publik=entry["public"],
        hasil_penyeimbangan="Bagian yang menyangkut pribadi dihitamkan; bagian lain dari dokumen tetap terbuka.",
        jangka_waktu=_UNTIL_CONSENT,
        peristiwa_berakhir="persetujuan tertulis pemilik data, atau data menyangkut jabatan publik (Pasal 18 ayat 2)",
        keputusan_penetapan=find(national, "keputusan-kpu", entry["nomor"]),
        nomor_keputusan=f"Keputusan KPU Nomor {entry['nomor']}",
        tingkat_penetap=OfficeLevel.NATIONAL,
        tanggal_keputusan=entry["decided"],
        uji_konsekuensi=_test(office, province, number, entry),
        dasar_hukum=[
            LegalBasis(sort_order=0, pasal_17=Article17.H, pasal="17", huruf="h"),
            LegalBasis(
                sort_order=1, undang_undang="UU Nomor 27 Tahun 2022", keterangan="Pelindungan data pribadi"
            ),
        ],
    )


def _test(office: Office, province: Office, number: int, entry: dict) -> ConsequenceTest:
    nomor = f"CONTOH-{number}/UJI/{entry['decided'].year}"
    existing = ConsequenceTest.objects.filter(nomor=nomor, kantor=office).first()
    if existing:
        return existing
    sheet = files.text_pdf(f"Lembar pengujian konsekuensi {nomor}", [[entry["scope"]], [PRIVATE_SENTENCE]])
    return ConsequenceTest.objects.create(
        nomor=nomor,
        tanggal=entry["decided"] - dt.timedelta(days=30),
        kantor=office,
        diajukan_melalui=province.name,
        penguji="KPU RI",
        peserta="PPID KPU Kota Serang\nUnit yang menguasai informasi\nTim Pertimbangan",
        langkah_a=entry["scope"],
        langkah_b="Penyalahgunaan identitas dan gangguan terhadap pemilik data.",
        langkah_c="UU Nomor 14 Tahun 2008 Pasal 17 huruf h.",
        langkah_d=entry["public"],
        langkah_e="Kerugian pribadi lebih besar daripada manfaat membukanya; sisanya tetap terbuka.",
        hasil=TestOutcome.PARTLY,
        lembar_pengujian=files.stored(office, f"Lembar pengujian {nomor}", f"lembar-uji-{number}.pdf", sheet),
        penandatangan="PPID KPU Kota Serang",
    )
