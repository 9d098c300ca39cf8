"""Single entries: everything that the page shows, in the names of the forms, and nothing more."""

import datetime as dt
import json
import re
from html import unescape

import pytest
import time_machine
from wagtail.rich_text import expand_db_html

from catalogue.enums import RelationType
from catalogue.models import CatalogueFile, RegulationRelation
from home.enums import FAQTopic, OfficeLevel
from home.models import (
    FAQItem,
    FAQPage,
    GlossaryTerm,
    HomePage,
    ProfileIndexPage,
    StructurePage,
    StructureRole,
)
from tests.factories import (
    AnnouncementPageFactory,
    ConsequenceTestFactory,
    DIPEntryPageFactory,
    DocumentFactory,
    ExemptedInformationPageFactory,
    OpenDatasetPageFactory,
    RegulationPageFactory,
    ServiceReportPageFactory,
    SOPPageFactory,
)


def relate(source, target, kind, **fields):
    return RegulationRelation.objects.create(source=source, target=target, jenis=kind, **fields)


def test_a_regulation_with_its_metadata(read):
    document = DocumentFactory(file_name="pkpu-22-2023.pdf")
    page = RegulationPageFactory(
        nomor="22 Tahun 2023",
        sumber="BN 2023/NO 870, 35 HLM",
        abstrak="<p>Bahwa <b>setiap</b> orang …</p>",
        tanggal_berlaku=dt.date(2023, 11, 1),
        files=[document],
    )
    body = read(f"regulations/{page.pk}")
    assert body["jenis"] == {"kode": "pkpu", "label": "Peraturan Komisi Pemilihan Umum"}
    assert (body["nomor"], body["tahun"], body["nomor_urut"]) == ("22 Tahun 2023", 2023, 22)
    assert body["sitasi"] == "PKPU 22 Tahun 2023"
    assert body["tanggal_penetapan"] == "2023-10-30"
    assert body["sumber"] == "BN 2023/NO 870, 35 HLM"
    assert body["abstrak"] == expand_db_html(page.abstrak)
    assert body["status"] == {"kode": "berlaku", "label": "Berlaku"}
    assert body["unit_kerja"]["nama"] == "Subbagian Hukum"
    assert body["url"] == f"http://testserver{page.url}"
    assert body["api_url"] == f"http://testserver/api/v1/regulations/{page.pk}"
    (file,) = body["berkas"]
    assert file["nama"] == "pkpu-22-2023.pdf"
    assert file["url"] == f"http://testserver/dokumen/{document.pk}/pkpu-22-2023.pdf"
    assert (file["format"], file["jumlah_halaman"], file["sha256"]) == ("PDF", 2, document.sha256)
    assert file["ukuran"] == document.file_size
    assert document.file.name not in json.dumps(body)


def test_code_parts_of_a_decree(read):
    page = RegulationPageFactory(nomor="8/HK.03.1/3673/2021", jenis="keputusan-kpu-kabkota")
    assert read(f"regulations/{page.pk}")["kode"] == ["hk.03.1", "3673"]


@time_machine.travel("2026-03-02 09:00+07:00")
def test_relations_are_told_on_both_sides_with_status_on_any_date(read):
    old = RegulationPageFactory(nomor="1 Tahun 2015", tanggal_penetapan=dt.date(2015, 1, 30))
    new = RegulationPageFactory(nomor="22 Tahun 2023", tanggal_berlaku=dt.date(2023, 11, 1))
    relate(new, old, RelationType.REVOKES, keterangan="Seluruhnya")
    relate(new, None, RelationType.IMPLEMENTS, target_text="UU Nomor 14 Tahun 2008")
    revoked = read(f"regulations/{old.pk}", pada="2023-10-31")
    (relation,) = revoked["hubungan"]
    assert (relation["arah"], relation["label"], relation["sejak"]) == ("masuk", "Dicabut oleh", "2023-11-01")
    assert relation["peraturan"]["id"] == new.pk
    assert relation["keterangan"] == "Seluruhnya"
    assert revoked["keberlakuan"]["kode"] == "dicabut"
    assert [cause["id"] for cause in revoked["keberlakuan"]["sebab"]] == [new.pk]
    assert revoked["keberlakuan_pada"]["kode"] == "berlaku"
    assert revoked["keberlakuan_pada"]["pada"] == "2023-10-31"
    outgoing = read(f"regulations/{new.pk}")["hubungan"]
    assert [(r["arah"], r["label"], r["teks"]) for r in outgoing] == [
        ("keluar", "Mencabut", ""),
        ("keluar", "Melaksanakan", "UU Nomor 14 Tahun 2008"),
    ]
    assert outgoing[0]["peraturan"]["sitasi"] == "PKPU 1 Tahun 2015"
    assert outgoing[1]["peraturan"] is None


def test_a_relation_to_or_from_a_draft_stays_untold(read):
    shown = RegulationPageFactory()
    hidden = RegulationPageFactory(title="Rancangan rahasia", draft=True)
    relate(shown, hidden, RelationType.AMENDS, target_text="Peraturan lain")
    relate(shown, hidden, RelationType.REFERS)
    relate(hidden, shown, RelationType.REVOKES)
    body = read(f"regulations/{shown.pk}")
    assert [(r["arah"], r["peraturan"], r["teks"]) for r in body["hubungan"]] == [
        ("keluar", None, "Peraturan lain")
    ]
    assert body["status"]["kode"] == "berlaku"
    assert "Rancangan rahasia" not in json.dumps(body)


@time_machine.travel("2026-03-02 09:00+07:00")
def test_a_dip_entry_in_the_columns_of_the_form(read):
    decree = RegulationPageFactory()
    page = DIPEntryPageFactory(nomor="3.1", sk_penetapan=decree, tanggal_pemutakhiran=dt.date(2025, 1, 1))
    body = read(f"dip/{page.pk}")
    assert body["nomor"] == "3.1"
    assert body["klasifikasi"] == {"kode": "berkala", "label": "Informasi Berkala"}
    assert body["kategori_kpu"]["kode"] == "badan_publik"
    assert body["pejabat_penanggung_jawab"] == "Kepala Subbagian Data"
    assert (body["retensi_arsip"], body["retensi_berakhir"]) == ("5 tahun", "2029-09-21")
    assert body["jatuh_tempo_pembaruan"] == "2025-07-01"
    assert body["terlambat_diperbarui"] is True
    assert body["sk_penetapan"]["id"] == decree.pk
    decree.unpublish()
    assert read(f"dip/{page.pk}")["sk_penetapan"] is None


def test_an_exempted_entry_tells_the_grounds_and_nothing_of_its_files(read):
    master, sheet, minutes, attached = (
        DocumentFactory(title=f"Judul tertutup {n}", file_name=f"tertutup-{n}.pdf", texts=["NIK 367301"])
        for n in range(4)
    )
    page = ExemptedInformationPageFactory(
        dokumen_induk=master,
        files=[attached],
        uji_konsekuensi=ConsequenceTestFactory(
            lembar_pengujian=sheet, berita_acara=minutes, langkah_b="Kerugian X"
        ),
    )
    body = read(f"exempted/{page.pk}")
    assert body["dasar_hukum"][0]["pasal_17"]["kode"] == "h"
    assert body["konsekuensi_dibuka"] == "Data pribadi dapat disalahgunakan."
    assert body["keputusan_penetapan"]["nomor"] == "Keputusan KPU 169/Kpts/KPU/2015"
    assert body["keputusan_penetapan"]["ditetapkan_oleh"]["kode"] == OfficeLevel.NATIONAL
    assert body["uji_konsekuensi"] == {"nomor": page.uji_konsekuensi.nomor, "tanggal": "2024-03-01"}
    for text in (json.dumps(body), json.dumps(read("exempted"))):
        for hidden in (
            "tertutup-",
            "Judul tertutup",
            "367301",
            "Kerugian X",
            "/dokumen/",
            "/files/",
            "berkas",
            "_induk",
        ):
            assert hidden not in text


def test_a_file_that_an_exempted_entry_keeps_private_is_left_out_elsewhere(read, get):
    shared, open_file = DocumentFactory(), DocumentFactory()
    page = RegulationPageFactory(files=[shared, open_file])
    assert len(read(f"regulations/{page.pk}")["berkas"]) == 2
    ExemptedInformationPageFactory(draft=True, dokumen_induk=shared)
    assert [file["id"] for file in read(f"regulations/{page.pk}")["berkas"]] == [open_file.pk]
    assert [file["id"] for file in read("regulations")["data"][0]["berkas"]] == [open_file.pk]
    assert get(f"files/{shared.pk}").status_code == 404


def test_a_decision_is_named_by_number_when_its_page_is_not_public(read):
    decision = RegulationPageFactory(title="Keputusan rahasia", draft=True)
    page = ExemptedInformationPageFactory(keputusan_penetapan=decision)
    body = read(f"exempted/{page.pk}")
    assert body["keputusan_penetapan"]["peraturan"] is None
    assert "Keputusan rahasia" not in json.dumps(body)
    decision.save_revision().publish()
    assert read(f"exempted/{page.pk}")["keputusan_penetapan"]["peraturan"]["id"] == decision.pk


@time_machine.travel("2026-03-02 09:00+07:00")
def test_an_exemption_whose_end_has_come_is_over(read):
    page = ExemptedInformationPageFactory(tanggal_berakhir=dt.date(2026, 3, 2))
    assert read(f"exempted/{page.pk}")["status_pengecualian"]["kode"] == "berakhir"


def test_a_report(read):
    document = DocumentFactory()
    page = ServiceReportPageFactory(tahun=2024, files=[document])
    body = read(f"reports/{page.pk}")
    assert body["tahun"] == 2024
    assert body["berkas"][0]["id"] == document.pk
    assert read("reports", tahun=2024)["data"] == [body]


def test_a_dataset_with_dictionary_licence_and_first_rows(read):
    table = DocumentFactory(csv=True)
    page = OpenDatasetPageFactory(files=[table])
    body = read(f"datasets/{page.pk}")
    assert [(column["nama"], column["satuan"]) for column in body["kolom"]] == [
        ("kecamatan", ""),
        ("pemilih", "orang"),
    ]
    assert body["lisensi"]["url"] == "https://creativecommons.org/licenses/by/4.0/deed.id"
    preview = body["cuplikan"]
    assert preview["berkas_id"] == table.pk
    assert preview["kepala"] == ["kecamatan", "pemilih"]
    assert preview["baris"] == [["Serang", "161645"], ["Curug", "42880"]]
    assert preview["masih_ada_baris"] is False
    CatalogueFile.objects.filter(page=page).delete()
    ExemptedInformationPageFactory(files=[table])
    assert read(f"datasets/{page.pk}")["cuplikan"] is None


def test_a_procedure_with_its_file(read, get):
    document = DocumentFactory()
    page = SOPPageFactory(document=document)
    body = read(f"sop/{page.pk}")
    assert body["isi"] == "<ol><li>Keberatan diterima.</li></ol>"
    assert body["berkas"]["id"] == document.pk
    ExemptedInformationPageFactory(dokumen_induk=document)
    assert read(f"sop/{page.pk}")["berkas"] is None


def test_questions_in_the_order_of_their_topics(read, office):
    page = FAQPage.objects.child_of(office.home_page).get()
    page.items = [
        FAQItem(topic=FAQTopic.ELECTION, question="Kapan pemilu?", answer="<p>2029.</p>"),
        FAQItem(topic=FAQTopic.REQUEST, question="Berapa lama?", answer="<p>10 hari kerja.</p>"),
    ]
    page.save_revision().publish()
    body = read("faq")
    assert [item["pertanyaan"] for item in body["data"]] == ["Berapa lama?", "Kapan pemilu?"]
    assert body["data"][0]["topik"] == {"kode": "permohonan", "label": "Permohonan informasi"}


def test_an_announcement_says_whether_its_banner_runs(read):
    now = dt.datetime.now(dt.UTC)
    running = AnnouncementPageFactory(banner=True, banner_until=now + dt.timedelta(days=1))
    ended = AnnouncementPageFactory(banner=True, banner_until=now - dt.timedelta(days=1))
    assert read(f"announcements/{running.pk}")["spanduk"] is True
    assert read(f"announcements/{ended.pk}")["spanduk"] is False
    assert [item["id"] for item in read("home")["spanduk"]] == [running.pk]


def test_glossary(read):
    GlossaryTerm.objects.all().delete()
    GlossaryTerm.objects.create(term="DIP", variants="daftar informasi publik", explanation="Daftar.")
    assert read("glossary")["data"] == [
        {
            "istilah": "DIP",
            "bentuk_lain": ["daftar informasi publik"],
            "penjelasan": "Daftar.",
            "dasar_hukum": "",
        }
    ]


@pytest.mark.parametrize(
    ("moment", "is_open", "says"),
    [
        ("2026-03-02 10:00+07:00", True, "Buka sekarang, sampai 12.00 WIB"),
        ("2026-03-02 12:30+07:00", False, "Istirahat sekarang, buka lagi pukul 13.00 WIB"),
    ],
)
def test_the_office_says_whether_its_desk_serves_now(read, moment, is_open, says):
    with time_machine.travel(moment):
        body = read("office")
    assert body["kode_wilayah"] == "3673"
    assert (body["layanan_sekarang"]["buka"], body["layanan_sekarang"]["keterangan"]) == (is_open, says)


def test_the_home_page_counts_classes_and_lists_the_newest(read, office):
    entry = DIPEntryPageFactory(klasifikasi="setiap_saat")
    DIPEntryPageFactory(draft=True)
    body = read("home")
    assert {kind["kode"]: kind["jumlah"] for kind in body["klasifikasi"]} == {
        "berkala": 0,
        "serta_merta": 0,
        "setiap_saat": 1,
    }
    assert [item["id"] for item in body["terbaru"]] == [entry.pk]
    assert body["menu"][0]["label"] == "Regulasi"
    assert body["video"] is None


def test_the_home_page_video_with_captions(read, office):
    page = HomePage.objects.get(pk=office.home_page.pk)
    page.video, page.video_captions = DocumentFactory(file_name="video.pdf"), DocumentFactory()
    page.video_title, page.video_transcript = "Cara meminta", "<p>Selamat datang.</p>"
    page.save_revision().publish()
    video = read("home")["video"]
    assert video["url"] == f"http://testserver{page.video.url}"
    assert video["url_takarir"] == f"http://testserver{page.video_captions.url}"
    ExemptedInformationPageFactory(dokumen_induk=page.video)
    assert read("home")["video"] is None


def test_text_pages_and_the_structure_of_the_ppid(read, office):
    parent = ProfileIndexPage.objects.child_of(office.home_page).get()
    structure = StructurePage(title="Struktur PPID", sk_penetapan="Keputusan Nomor 085.A Tahun 2020")
    structure.roles = [StructureRole(peran="PPID", jabatan="Kepala Subbagian Hukum")]
    parent.add_child(instance=structure)
    titles = [item["judul"] for item in read("pages")["data"]]
    assert "Struktur PPID" in titles
    assert "Ajukan Keberatan" in titles
    body = read(f"pages/{structure.pk}")
    assert body["susunan"] == [{"peran": "PPID", "jabatan": "Kepala Subbagian Hukum", "tugas": ""}]
    assert body["sk_penetapan"] == "Keputusan Nomor 085.A Tahun 2020"
    assert body["isi"] == ""


def test_a_withdrawn_page_says_why_as_its_address_does(get, client):
    page = RegulationPageFactory(withdrawn=True)
    response = get(f"regulations/{page.pk}")
    assert response.status_code == 410
    assert "Memuat data yang keliru." in response.json()["detail"]
    assert "Memuat data yang keliru." in client.get(page.url).content.decode()
    assert get(f"dip/{page.pk}").status_code == 404


def alternate(client, path: str) -> str:
    """Where a page says that its JSON is; it is there."""
    html = client.get(path).content.decode()
    (address,) = re.findall(r'<link rel="alternate" type="application/json" href="([^"]*)">', html)
    address = unescape(address)
    assert client.get(address).status_code == 200
    return address


def test_every_public_page_links_to_its_json(client, office):
    regulation, procedure = RegulationPageFactory(), SOPPageFactory()
    assert alternate(client, "/") == "/api/v1/home"
    assert alternate(client, "/regulasi/") == "/api/v1/regulations"
    assert alternate(client, "/tanya-jawab/") == "/api/v1/faq"
    assert alternate(client, procedure.url) == f"/api/v1/sop/{procedure.pk}"
    assert (
        alternate(client, f"{regulation.url}?pada=2023-01-01")
        == f"/api/v1/regulations/{regulation.pk}?pada=2023-01-01"
    )


def test_a_filtered_page_links_to_the_same_filter(client, office):
    RegulationPageFactory()
    assert (
        alternate(client, "/regulasi/?jenis=pkpu&halaman=2&dari=surel")
        == "/api/v1/regulations?jenis=pkpu&halaman=2"
    )
    assert alternate(client, "/dip/setiap-saat/") == "/api/v1/dip?klasifikasi=setiap_saat"
    assert alternate(client, "/cari/?q=pemilih&tahun=2023") == "/api/v1/search?q=pemilih&tahun=2023"
