"""The regulations that the report cites, with their status today, and the office's three decrees.

Dates are those that could be verified; where one is unknown the year alone stands, and the status rule takes its first
day. National texts have no file here: their notes say where the office publishing them keeps them.
"""

import datetime as dt
from dataclasses import dataclass, field

from catalogue.demo import files, offices
from catalogue.demo.decrees import SERVICE_HOURS, SERVICE_STANDARD, STRUCTURE
from catalogue.demo.shell import section
from catalogue.enums import RelationType
from catalogue.importing.bulk_pages import add_pages
from catalogue.importing.linking import find_regulations, link_pending_relations
from catalogue.importing.relations import citation_text
from catalogue.models import CatalogueFile, RegulationIndexPage, RegulationPage, RegulationRelation
from catalogue.signals import regulations_imported
from common.citations import parse_number
from home.models import Office

SOURCE = "data contoh"
_LAW_OF_STATE = "Hukum tata negara"
_KPU = "Indonesia. Komisi Pemilihan Umum"


@dataclass(frozen=True)
class Acts:
    """What a regulation does to another: RelationType, the target's type and number, since when, and a remark."""

    kind: str
    jenis: str
    nomor: str
    since: dt.date | None = None
    note: str = ""


@dataclass(frozen=True)
class Instrument:
    """A regulation of the demo."""

    jenis: str
    nomor: str
    title: str
    tentang: str
    summary: str
    acts: tuple[Acts, ...] = ()
    fields: dict = field(default_factory=dict)
    pages: files.Pages = ()
    scanned: bool = False


UU_KIP = ("uu", "14 Tahun 2008")
PKPU_22 = ("pkpu", "22 Tahun 2023")

NATIONAL: tuple[Instrument, ...] = (
    Instrument(
        *UU_KIP,
        "Undang-Undang Nomor 14 Tahun 2008",
        "Keterbukaan Informasi Publik",
        "Menjamin hak setiap orang atas informasi badan publik, dan mengatur cara memintanya.",
        fields={
            "teu_badan": "Indonesia. Pemerintah Pusat",
            "tempat_penetapan": "Jakarta",
            "tanggal_penetapan": dt.date(2008, 4, 30),
            "tanggal_pengundangan": dt.date(2008, 4, 30),
            "tanggal_berlaku": dt.date(2010, 4, 30),
            "sumber": "LN 2008/NO 61, TLN NO 4846",
            "subjek": "INFORMASI PUBLIK – KETERBUKAAN",
            "catatan": "<p>Mulai berlaku dua tahun setelah diundangkan (Pasal 64).</p>",
        },
    ),
    Instrument(
        "pp",
        "61 Tahun 2010",
        "Peraturan Pemerintah Nomor 61 Tahun 2010",
        "Pelaksanaan Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik",
        "Mengatur jangka waktu pengecualian informasi dan penunjukan PPID.",
        acts=(Acts(RelationType.IMPLEMENTS, *UU_KIP),),
        fields={"teu_badan": "Indonesia. Pemerintah Pusat", "subjek": "INFORMASI PUBLIK – PELAKSANAAN"},
    ),
    Instrument(
        "perki",
        "1 Tahun 2010",
        "Peraturan Komisi Informasi Nomor 1 Tahun 2010",
        "Standar Layanan Informasi Publik",
        "Standar layanan yang lama; formulirnya masih banyak beredar.",
        acts=(Acts(RelationType.IMPLEMENTS, *UU_KIP),),
        fields={"teu_badan": "Indonesia. Komisi Informasi", "subjek": "INFORMASI PUBLIK – STANDAR LAYANAN"},
    ),
    Instrument(
        "perki",
        "1 Tahun 2021",
        "Peraturan Komisi Informasi Nomor 1 Tahun 2021",
        "Standar Layanan Informasi Publik",
        "Standar layanan informasi bagi semua badan publik, menggantikan peraturan tahun 2010.",
        acts=(Acts(RelationType.REVOKES, "perki", "1 Tahun 2010"), Acts(RelationType.IMPLEMENTS, *UU_KIP)),
        fields={
            "teu_badan": "Indonesia. Komisi Informasi",
            "sumber": "BN 2021/NO 741",
            "subjek": "INFORMASI PUBLIK – STANDAR LAYANAN",
        },
    ),
    Instrument(
        "perki",
        "1 Tahun 2019",
        "Peraturan Komisi Informasi Nomor 1 Tahun 2019",
        "Standar Layanan dan Prosedur Penyelesaian Sengketa Informasi Pemilihan Umum dan Pemilihan",
        "Waktu layanan yang lebih pendek untuk informasi pemilu dan pemilihan.",
        acts=(Acts(RelationType.IMPLEMENTS, *UU_KIP),),
        fields={
            "teu_badan": "Indonesia. Komisi Informasi",
            "tanggal_pengundangan": dt.date(2019, 2, 28),
            "subjek": "INFORMASI PEMILU – STANDAR LAYANAN – SENGKETA",
        },
    ),
    Instrument(
        "pkpu",
        "1 Tahun 2015",
        "Peraturan KPU Nomor 1 Tahun 2015",
        "Pengelolaan dan Pelayanan Informasi Publik di Lingkungan Komisi Pemilihan Umum",
        "Peraturan lama tentang layanan informasi KPU; sudah diganti.",
        acts=(Acts(RelationType.IMPLEMENTS, *UU_KIP),),
        fields={"teu_badan": _KPU, "subjek": "INFORMASI PUBLIK – PENGELOLAAN – PELAYANAN"},
    ),
    Instrument(
        *PKPU_22,
        "Peraturan KPU Nomor 22 Tahun 2023",
        "Pengelolaan dan Pelayanan Informasi Publik di Lingkungan Komisi Pemilihan Umum",
        "Cara KPU mengelola dan melayani informasi publik, termasuk uji konsekuensi.",
        acts=(
            Acts(RelationType.REVOKES, "pkpu", "1 Tahun 2015", dt.date(2023, 11, 1)),
            Acts(RelationType.IMPLEMENTS, *UU_KIP),
        ),
        fields={
            "teu_badan": _KPU,
            "tanggal_berlaku": dt.date(2023, 11, 1),
            "sumber": "BN 2023/NO 870, 35 HLM",
            "subjek": "INFORMASI PUBLIK – PENGELOLAAN – PELAYANAN",
            "abstrak": "<p>Peraturan ini dibuat untuk menyesuaikan layanan informasi KPU dengan standar layanan "
            "informasi publik. Yang diatur antara lain struktur PPID, klasifikasi informasi, permohonan, dan pengujian "
            "konsekuensi (Pasal 24 sampai 26).</p>",
            "catatan": "<p>Mulai berlaku 1 November 2023 dan mencabut PKPU Nomor 1 Tahun 2015. Telah diubah dengan "
            "PKPU Nomor 11 Tahun 2024 dan PKPU Nomor 4 Tahun 2025.</p>",
        },
    ),
    Instrument(
        "pkpu",
        "11 Tahun 2024",
        "Peraturan KPU Nomor 11 Tahun 2024",
        "Perubahan atas Peraturan Komisi Pemilihan Umum Nomor 22 Tahun 2023",
        "Perubahan pertama atas peraturan layanan informasi KPU.",
        acts=(Acts(RelationType.AMENDS, *PKPU_22, note="Perubahan pertama"),),
        fields={"teu_badan": _KPU, "subjek": "INFORMASI PUBLIK – PERUBAHAN"},
    ),
    Instrument(
        "pkpu",
        "4 Tahun 2025",
        "Peraturan KPU Nomor 4 Tahun 2025",
        "Perubahan Kedua atas Peraturan Komisi Pemilihan Umum Nomor 22 Tahun 2023",
        "Mengubah struktur PPID, klasifikasi, uji konsekuensi, permohonan, dan tata cara keberatan.",
        acts=(Acts(RelationType.AMENDS, *PKPU_22, dt.date(2025, 12, 29), "Perubahan kedua"),),
        fields={
            "teu_badan": _KPU,
            "tanggal_penetapan": dt.date(2025, 12, 22),
            "tanggal_berlaku": dt.date(2025, 12, 29),
            "subjek": "INFORMASI PUBLIK – PERUBAHAN",
            "catatan": "<p>Mulai berlaku 29 Desember 2025. Naskah: "
            '<a href="https://ppid.kpu.go.id/regulasi/27793">situs PPID KPU</a>.</p>',
        },
    ),
    Instrument(
        "keputusan-kpu",
        "87/Kpts/KPU/TAHUN 2015",
        "Keputusan KPU Nomor 87/Kpts/KPU/TAHUN 2015",
        "Struktur Pejabat Pengelola Informasi dan Dokumentasi di Lingkungan Komisi Pemilihan Umum",
        "Susunan PPID pada KPU, KPU provinsi, dan KPU kabupaten/kota.",
        fields={"teu_badan": _KPU, "subjek": "PPID – STRUKTUR"},
    ),
    Instrument(
        "keputusan-kpu",
        "88/Kpts/KPU/TAHUN 2015",
        "Keputusan KPU Nomor 88/Kpts/KPU/TAHUN 2015",
        "Standar Operasional Prosedur Pengelolaan dan Pelayanan Informasi Publik di Lingkungan Komisi Pemilihan Umum",
        "Dasar delapan SOP layanan informasi kantor ini.",
        acts=(Acts(RelationType.REFERS, "pkpu", "1 Tahun 2015"),),
        fields={"teu_badan": _KPU, "subjek": "INFORMASI PUBLIK – SOP"},
    ),
    Instrument(
        "keputusan-kpu",
        "156/Kpts/KPU/TAHUN 2015",
        "Keputusan KPU Nomor 156/Kpts/KPU/TAHUN 2015",
        "Bentuk dan Format Formulir Pengelolaan dan Pelayanan Informasi Publik",
        "Formulir Model PPID-A sampai PPID-G: daftar informasi, permohonan, pemberitahuan, dan keberatan.",
        fields={
            "teu_badan": _KPU,
            "tanggal_penetapan": dt.date(2015, 9, 16),
            "subjek": "INFORMASI PUBLIK – FORMULIR",
        },
    ),
)

_CITY = {
    "teu_badan": f"{_KPU}. Kota Serang",
    "tempat_penetapan": "Kota Serang",
    "penandatangan": "Ketua KPU Kota Serang",
}
DECREES: tuple[Instrument, ...] = (
    Instrument(
        "keputusan-kpu-kabkota",
        "085.A/HK.03.01-Kpt/3673/KPU-Kot/IV/2020",
        "Keputusan KPU Kota Serang Nomor 085.A/HK.03.01-Kpt/3673/KPU-Kot/IV/2020",
        "Pejabat Pengelola Informasi dan Dokumentasi di Lingkungan Komisi Pemilihan Umum Kota Serang",
        "Menetapkan siapa yang menangani layanan informasi di KPU Kota Serang.",
        fields=_CITY | {"subjek": "PPID – PENETAPAN"},
        pages=STRUCTURE,
        scanned=True,
    ),
    Instrument(
        "keputusan-kpu-kabkota",
        "8/HK.03.1/3673/2021",
        "Keputusan KPU Kota Serang Nomor 8/HK.03.1/3673/2021",
        "Jadwal Pelayanan Informasi dan Dokumentasi Publik di Lingkungan Komisi Pemilihan Umum Kota Serang",
        "Hari dan jam layanan informasi.",
        fields=_CITY | {"subjek": "INFORMASI PUBLIK – JADWAL PELAYANAN"},
        pages=SERVICE_HOURS,
    ),
    Instrument(
        "keputusan-kpu-kabkota",
        "7/HK.03.1/3673/2021",
        "Keputusan KPU Kota Serang Nomor 7/HK.03.1/3673/2021",
        "Standar Pelayanan Informasi dan Dokumentasi Publik di Lingkungan Komisi Pemilihan Umum Kota Serang",
        "Standar yang kami pegang ketika melayani permohonan informasi.",
        fields=_CITY | {"subjek": "INFORMASI PUBLIK – STANDAR PELAYANAN"},
        pages=SERVICE_STANDARD,
    ),
)

EXEMPTING: tuple[Instrument, ...] = (
    Instrument(
        "keputusan-kpu",
        "169/Kpts/KPU/TAHUN 2015",
        "Keputusan KPU Nomor 169/Kpts/KPU/TAHUN 2015",
        "Penetapan Informasi yang Dikecualikan: Formulir Model B.1-KWK",
        "Mengecualikan data pribadi pada formulir dukungan calon perseorangan.",
        fields={"teu_badan": _KPU, "subjek": "INFORMASI DIKECUALIKAN", "catatan": "<p>Judul disingkat.</p>"},
    ),
    Instrument(
        "keputusan-kpu",
        "32/Kpts/KPU/TAHUN 2016",
        "Keputusan KPU Nomor 32/Kpts/KPU/TAHUN 2016",
        "Penetapan Informasi yang Dikecualikan: Formulir Model A.3-KWK",
        "Mengecualikan data pribadi pada formulir daftar pemilih.",
        fields={"teu_badan": _KPU, "subjek": "INFORMASI DIKECUALIKAN", "catatan": "<p>Judul disingkat.</p>"},
    ),
)


def load_regulations(office: Office, instruments: tuple[Instrument, ...], unit: str | None = None) -> None:
    """Add the instruments that the office's list lacks, and link what they do to each other."""
    index = section(office, RegulationIndexPage)
    present = find_regulations(index, [_key(one.jenis, one.nomor) for one in instruments])
    missing = [one for one in instruments if _key(one.jenis, one.nomor) not in present]
    pages = [_page(office, one, unit) for one in missing]
    add_pages(index, pages, source=SOURCE)
    touched = {page.pk for page in pages} | set(link_pending_relations(index))
    if touched:
        regulations_imported.send(RegulationPage, page_ids=sorted(touched))


def find(office: Office, jenis: str, nomor: str) -> RegulationPage:
    """Return a regulation of the demo."""
    key = _key(jenis, nomor)
    return RegulationPage.objects.get(pk=find_regulations(section(office, RegulationIndexPage), [key])[key])


def _key(jenis: str, nomor: str) -> tuple[str, str]:
    return jenis, parse_number(nomor).key


def _page(office: Office, one: Instrument, unit: str | None) -> RegulationPage:
    number = parse_number(one.nomor)
    return RegulationPage(
        title=one.title,
        slug=one.title.lower().replace(" ", "-").replace("/", "-").replace(".", "-")[:100],
        jenis=one.jenis,
        nomor=one.nomor,
        tahun=number.tahun,
        tentang=one.tentang,
        ringkasan=one.summary,
        unit_kerja=offices.unit(office, unit) if unit else None,
        bidang_hukum=_LAW_OF_STATE,
        files=_files(office, one),
        relations=[
            RegulationRelation(
                sort_order=order,
                jenis=act.kind,
                target_text=citation_text(act.jenis, act.nomor, None),
                tanggal_efektif=act.since,
                keterangan=act.note,
            )
            for order, act in enumerate(one.acts)
        ],
        **one.fields,
    )


def _files(office: Office, one: Instrument) -> list[CatalogueFile]:
    if not one.pages:
        return []
    make = files.scanned_pdf if one.scanned else files.text_pdf
    name = f"keputusan-{one.nomor.split('/')[0].lower().replace('.', '-')}.pdf"
    document = files.stored(office, one.title, name, make(f"{one.title} tentang {one.tentang}", one.pages))
    return [CatalogueFile(document=document, sort_order=0)]
