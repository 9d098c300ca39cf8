"""A small office site with one page of every kind in its telling states, for the tests of what people see."""

import datetime as dt
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.signal_handlers import disable_reference_index_auto_update

from catalogue.enums import FileRole, RelationType
from catalogue.models import (
    CatalogueFile,
    DatasetColumn,
    DatasetIndexPage,
    DIPEntryPage,
    DIPIndexPage,
    ExemptedIndexPage,
    ExemptedInformationPage,
    LegalBasis,
    OpenDatasetPage,
    RegulationIndexPage,
    RegulationPage,
    RegulationRelation,
    ReportIndexPage,
    ServiceReportPage,
)
from catalogue.office_setup import OfficeSpec, create_office
from documents.enums import ExtractionState, TextSource
from documents.models import DocumentPage, OfficeDocument
from home.enums import FAQTopic, OfficeLevel
from home.models import (
    AnnouncementIndexPage,
    AnnouncementPage,
    FAQItem,
    FAQPage,
    GlossaryTerm,
    HomePage,
    Office,
    ProfileIndexPage,
    ProfilePage,
    SOPIndexPage,
    SOPPage,
    StructurePage,
    StructureRole,
    WorkUnit,
)
from tests.sample_files import pdf_bytes


@dataclass
class Sample:
    """The office and the addresses worth looking at: name of the template -> path."""

    office: Office
    paths: dict[str, str]
    document: OfficeDocument


def _publish(parent, page):
    """Add a page as the public sees it; no revision, no moderation: those are tested elsewhere."""
    page.first_published_at = page.last_published_at = timezone.now()
    return parent.add_child(instance=page)


def _document(title: str, pages: int, size: int, state: str = ExtractionState.DONE, name: str = "berkas.pdf"):
    """A file whose stored facts (length, size) are given, so that no extraction is needed to show them."""
    document = OfficeDocument(title=title, file=ContentFile(pdf_bytes(["Contoh"]), name=name))
    document.save()
    OfficeDocument.objects.filter(pk=document.pk).update(
        page_count=pages, file_size=size, extraction_state=state, mime_type="application/pdf"
    )
    document.pages.all().delete()
    DocumentPage.objects.bulk_create(
        DocumentPage(
            document=document,
            number=number,
            label=f"Halaman {number}",
            text=f"Teks halaman {number}.\nDaftar Pemilih Tetap sejumlah 493.123 orang.",
            source=TextSource.OCR if number == 2 else TextSource.TEXT,
            confidence=0.61 if number == 2 else None,
        )
        for number in range(1, min(pages, 3) + 1)
    )
    document.refresh_from_db()
    return document


def _attach(page, document, role=FileRole.MAIN):
    CatalogueFile.objects.create(page=page, document=document, role=role)
    return page


def build_sample(hostname: str = "localhost", port: int = 80) -> Sample:
    """Create the office, its sections and one page of every kind, all published."""
    with disable_reference_index_auto_update():
        return _build(hostname, port)


def _build(hostname: str, port: int) -> Sample:
    office = create_office(
        OfficeSpec(
            kode_wilayah="3673",
            name="KPU Kota Serang",
            level=OfficeLevel.CITY,
            nama_lembaga="Komisi Pemilihan Umum Kota Serang",
            kota="Kota Serang",
            alamat="Jl. KH. A. Fatah Hasan No. 247, Bunderan Ciceri, Sumur Pecung, Kota Serang, Banten",
            hostname=hostname,
            port=port,
            is_default_site=True,
            fields={
                "telepon": "(0254) 200374",
                "break_starts_at": dt.time(12),
                "break_ends_at": dt.time(13),
            },
        )
    )
    unit = WorkUnit.objects.create(office=office, name="Subbagian Hukum dan SDM")
    home = HomePage.objects.get(pk=office.home_page.pk)
    home.popular_queries = "daftar pemilih tetap; hasil pilwalkot; PKPU 22/2023"
    home.welcome_text = "<p>Selamat datang. Informasi serta-merta kami umumkan di atas halaman ini.</p>"
    home.save()
    GlossaryTerm.objects.get_or_create(
        term="serta-merta",
        defaults={
            "variants": "serta merta",
            "explanation": "Informasi yang harus segera diumumkan karena menyangkut keselamatan orang banyak.",
            "legal_basis": "UU 14/2008 Pasal 10",
        },
    )
    document = _document("Naskah", 38, 2_400_000)
    paths = {
        "home": "/",
        "search": "/cari/?q=daftar+pemilih",
        "nothing": "/cari/?q=zzzz",
        "glossary": "/istilah/",
        "statistics": "/statistik/",
    }
    paths["text"] = document.text_url
    paths |= _shell(home, document)
    paths |= _regulations(home, unit, document)
    paths |= _entries(home, unit)
    return Sample(office, paths, document)


def _shell(home, document) -> dict[str, str]:
    def child(model):
        return model.objects.child_of(home).get()

    profiles, sops, notices, faq = (
        child(model) for model in (ProfileIndexPage, SOPIndexPage, AnnouncementIndexPage, FAQPage)
    )
    profile = _publish(
        profiles,
        ProfilePage(title="Visi dan misi", intro="Arah kerja kami.", body="<h2>Visi</h2><p>Mandiri.</p>"),
    )
    structure = StructurePage(title="Struktur PPID", sk_penetapan="Keputusan Nomor 085.A Tahun 2020")
    structure.roles = [
        StructureRole(peran="Atasan PPID", jabatan="Sekretaris", tugas="Menjawab keberatan."),
        StructureRole(peran="PPID", jabatan="Kepala Subbagian Hukum dan SDM", tugas="Mengelola layanan."),
    ]
    _publish(profiles, structure)
    sop = _publish(
        sops,
        SOPPage(
            title="Penanganan Keberatan terhadap Layanan Informasi",
            nomor=1,
            tahun=2021,
            ringkasan="Langkah kami saat Anda mengajukan keberatan.",
            body="<ol><li>Keberatan diterima.</li><li>Atasan PPID menjawab.</li></ol>",
            document=document,
        ),
    )
    notice = _publish(
        notices,
        AnnouncementPage(
            title="Banjir di sekitar kantor",
            ringkasan="Loket pindah ke Aula Kecamatan Serang sampai 3 Desember.",
            body="<p>Layanan tetap buka.</p>",
            is_banner=True,
        ),
    )
    faq.items = [
        FAQItem(
            topic=FAQTopic.REQUEST,
            question="Berapa lama dijawab?",
            answer="<p>Paling lama 10 hari kerja.</p>",
        )
    ]
    faq.save()
    return {
        "profile_index": profiles.url,
        "profile": profile.url,
        "structure": structure.url,
        "standard": "/permohonan/",
        "sop_index": sops.url,
        "sop": sop.url,
        "announcements": notices.url,
        "announcement": notice.url,
        "faq": faq.url,
    }


def _regulations(home, unit, document) -> dict[str, str]:
    index = RegulationIndexPage.objects.child_of(home).get()
    old = _publish(
        index,
        RegulationPage(
            title="Peraturan KPU Nomor 1 Tahun 2015",
            tentang="Pengelolaan dan Pelayanan Informasi Publik di Lingkungan Komisi Pemilihan Umum",
            jenis="pkpu",
            nomor="1 Tahun 2015",
            tahun=2015,
            tempat_penetapan="Jakarta",
            tanggal_penetapan=dt.date(2015, 1, 30),
            sumber="BN 2015/NO 114",
            subjek="Informasi publik – pengelolaan – pelayanan",
            bidang_hukum="Hukum tata negara",
            ringkasan="Cara KPU mengelola dan melayani informasi publik.",
            abstrak="<p>Bahwa setiap orang berhak memperoleh informasi.</p>",
            catatan="<p>Mulai berlaku pada tanggal diundangkan.</p>",
            unit_kerja=unit,
        ),
    )
    _attach(old, document)
    _attach(old, _document("Abstrak", 1, 90_000), FileRole.ABSTRACT)
    new = RegulationPage(
        title="Peraturan KPU Nomor 22 Tahun 2023",
        tentang="Pengelolaan dan Pelayanan Informasi Publik",
        jenis="pkpu",
        nomor="22 Tahun 2023",
        tahun=2023,
        tanggal_penetapan=dt.date(2023, 10, 30),
        tanggal_berlaku=dt.date(2023, 11, 1),
        unit_kerja=unit,
    )
    new.relations = [
        RegulationRelation(jenis=RelationType.REVOKES, target=old),
        RegulationRelation(jenis=RelationType.IMPLEMENTS, target_text="UU Nomor 14 Tahun 2008"),
    ]
    _publish(index, new)
    for number in range(1, 22):
        _publish(
            index,
            RegulationPage(
                title=f"Keputusan KPU Kota Serang Nomor {number}/HK.03.1/3673/2021",
                tentang="Standar Pelayanan Informasi dan Dokumentasi Publik",
                jenis="keputusan-kpu-kabkota",
                nomor=f"{number}/HK.03.1/3673/2021",
                tahun=2021,
                unit_kerja=unit,
            ),
        )
    return {
        "regulation_index": index.url,
        "regulation_filtered": f"{index.url}?jenis=pkpu&status=dicabut",
        "regulation_wrong_filter": f"{index.url}?tahun=abc",
        "regulation_none": f"{index.url}?tahun=2015&jenis=keputusan-kpu-kabkota",
        "regulation_revoked": old.url,
        "regulation_on_date": f"{old.url}?pada=2023-10-31",
        "regulation_wrong_date": f"{old.url}?pada=kemarin",
        "regulation_in_force": new.url,
    }


def _entries(home, unit) -> dict[str, str]:
    dip, exempted, reports, datasets = (
        model.objects.child_of(home).get()
        for model in (DIPIndexPage, ExemptedIndexPage, ReportIndexPage, DatasetIndexPage)
    )
    entry = _attach(
        _publish(
            dip,
            DIPEntryPage(
                title="Berita Acara Rekapitulasi Daftar Pemilih Tetap Pilwalkot 2024",
                nomor="1.1",
                klasifikasi="berkala",
                ringkasan="Jumlah pemilih tetap per kecamatan. Bukan informasi serta merta.",
                unit_kerja=unit,
                pejabat_penanggung_jawab="Kepala Subbagian Data",
                tanggal_penerbitan=dt.date(2024, 9, 21),
                tempat_penerbitan="Kota Serang",
                retensi_arsip="5 tahun",
                periode_pembaruan="semester",
            ),
        ),
        _document("Berita acara", 14, 1_200_000, ExtractionState.PARTIAL),
    )
    secret = ExemptedInformationPage(
        title="NIK pemilih dalam formulir Model A",
        ringkasan="Nomor induk kependudukan pemilih.",
        lingkup_materi="Nomor induk kependudukan dan nomor kartu keluarga.",
        konsekuensi_dibuka="Data pribadi dapat disalahgunakan.",
        konsekuensi_ditutup="Rahasia pribadi terlindungi.",
        jangka_waktu="Sampai ada persetujuan tertulis pemiliknya",
        nomor_keputusan="Keputusan KPU 169/Kpts/KPU/2015",
        tingkat_penetap=OfficeLevel.NATIONAL,
        tanggal_keputusan=dt.date(2015, 6, 1),
        unit_kerja=unit,
    )
    secret.dasar_hukum = [LegalBasis(pasal_17="h", pasal="17", huruf="h")]
    _publish(exempted, secret)
    report = _attach(
        _publish(
            reports,
            ServiceReportPage(
                title="Laporan Layanan Informasi Publik Tahun 2024",
                tahun=2024,
                ringkasan="Lima belas permohonan, semuanya dijawab tepat waktu.",
                unit_kerja=unit,
            ),
        ),
        _document("Laporan", 12, 640_000),
    )
    dataset = OpenDatasetPage(
        title="Data pemilih Pilwalkot Serang 2024 per kecamatan",
        ringkasan="Jumlah pemilih menurut kecamatan dan jenis kelamin.",
        periode_mulai=dt.date(2024, 9, 1),
        periode_selesai=dt.date(2024, 9, 21),
        unit_kerja=unit,
    )
    dataset.kolom = [DatasetColumn(nama="kecamatan", tipe="teks", keterangan="Nama kecamatan")]
    _publish(datasets, dataset)
    data = OfficeDocument(
        title="Data pemilih",
        file=ContentFile(b"kecamatan,laki_laki,perempuan\nSerang,81234,80411\n", name="data.csv"),
    )
    data.save()
    _attach(dataset, data, FileRole.DATA)
    return {
        "dip_index": dip.url,
        "dip_class": f"{dip.url}berkala/",
        "dip_class_empty": f"{dip.url}setiap-saat/",
        "dip_entry": entry.url,
        "exempted_index": exempted.url,
        "exempted": secret.url,
        "report_index": reports.url,
        "report": report.url,
        "dataset_index": datasets.url,
        "dataset": dataset.url,
    }
