"""Officers correct what a machine read: with history, never overruled by a machine, never lost between two people."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from documents import queue, services
from documents.enums import ExtractionState, TextSource
from documents.extraction.runner import Chunk
from documents.extraction.types import FileFacts, PageText
from documents.models import DocumentPage, OfficeDocument, PageCorrection
from documents.reading import corrections
from tests import factories
from tests.sample_files import pdf_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = factories.UserFactory(editor=True)
    client.force_login(user)
    return user


@pytest.fixture
def document():
    """A scan of three pages, of which the second and third are in doubt."""
    made = factories.DocumentFactory(
        office=factories.shared_office(),
        scanned=True,
        texts=["Halaman judul", "Keptsan KPU K0ta Serang", "Lampran"],
        extraction_reason="Halaman 2, 3: kurang jelas.",
    )
    DocumentPage.objects.filter(document=made, number__gt=1).update(doubt=True, note="kurang jelas")
    return made


def address(document, number=2):
    return reverse("eppid_document_page", args=[document.pk, number])


def save(client, document, text, number=2, seen=None, **more):
    if seen is None:
        seen = corrections.state_of(document, document.pages.get(number=number))
    return client.post(address(document, number), {"teks": text, "terlihat": seen, **more})


def read_again(document, texts):
    """Let the file be read once more; the machine finds these texts."""
    queue.restart(document)
    claimed = queue.claim(document.pk, str(OfficeDocument.objects.get(pk=document.pk).extraction_token))
    pages = [
        PageText(number, f"Halaman {number}", text, "ocr", 0.5, True, "kurang jelas")
        for number, text in enumerate(texts, 1)
    ]
    queue.store_chunk(claimed, Chunk(facts=FileFacts(len(texts), len(texts)), pages=pages))


@pytest.fixture
def waiting_tasks(settings):
    """Tasks wait in the database, so that a reading can be played by hand."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


def test_pages_in_doubt_come_first(client, officer, document):
    DocumentPage.objects.filter(document=document, number=2).update(doubt=False)
    page = client.get(reverse("eppid_document_pages", args=[document.pk])).content.decode()
    assert page.index("Halaman 3 dari 3") < page.index("Halaman 1 dari 3") < page.index("Halaman 2 dari 3")
    assert "kurang jelas" in page


def test_correction_is_stored_told_and_leads_to_the_next_page(client, officer, document):
    answer = save(client, document, "Keputusan KPU\r\nKota Serang\u200b", lanjut="1")
    assert answer["Location"] == address(document, 3)
    page = document.pages.get(number=2)
    assert page.text == "Keputusan KPU\nKota Serang"
    assert page.corrected_at
    assert not page.doubt
    (row,) = PageCorrection.objects.all()
    assert (row.before, row.text, row.corrected_by) == ("Keptsan KPU K0ta Serang", page.text, officer)
    shown = client.get(address(document)).content.decode()
    assert "<del>Keptsan KPU K0ta Serang</del>" in shown
    assert officer.username in shown
    document.refresh_from_db()
    assert document.extraction_state == ExtractionState.PARTIAL
    assert "Halaman 3" in document.extraction_reason

    save(client, document, "Lampiran", number=3, lanjut="1")
    document.refresh_from_db()
    assert (document.extraction_state, document.extraction_reason) == (ExtractionState.DONE, "")


def test_corrected_word_is_found(client, officer, document):
    factories.RegulationPageFactory(title="Keputusan tentang gudang", files=[document])
    assert client.get("/api/v1/search?q=Karangantu").json()["total"] == 0
    save(client, document, "Gudang di Karangantu")
    found = client.get("/api/v1/search?q=Karangantu").json()
    assert found["total"] == 1
    text = client.get(document.text_url).content.decode()
    assert "Teks dikoreksi petugas" in text


def test_saving_a_doubtful_page_as_it_stands_confirms_it(client, officer, document):
    save(client, document, "Keptsan KPU K0ta Serang")
    page = document.pages.get(number=2)
    assert not page.doubt
    assert page.corrected_at
    save(client, document, page.text)
    assert PageCorrection.objects.count() == 1


def test_page_without_text_can_be_typed(client, officer, document):
    DocumentPage.objects.filter(document=document, number=2).update(text="", source=TextSource.NONE)
    save(client, document, "Diketik petugas")
    assert document.pages.get(number=2).source == TextSource.OCR


def test_second_officer_is_told_and_nothing_is_lost(client, officer, document):
    seen = corrections.state_of(document, document.pages.get(number=2))
    other = factories.UserFactory(editor=True)
    corrections.correct(document, 2, "Teks petugas pertama", other, seen)
    answer = save(client, document, "Teks petugas kedua", seen=seen)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Petugas lain menyimpan halaman ini" in shown
    assert "Teks petugas kedua</textarea>" in shown
    assert "Teks petugas pertama" in shown
    assert document.pages.get(number=2).text == "Teks petugas pertama"
    # Having seen both, the second one decides.
    save(client, document, "Teks petugas kedua", seen=answer.context["form"]["terlihat"].value())
    assert document.pages.get(number=2).text == "Teks petugas kedua"
    assert [row.before for row in PageCorrection.objects.all()] == [
        "Teks petugas pertama",
        "Keptsan KPU K0ta Serang",
    ]


def test_reading_again_keeps_the_correction(client, officer, document, waiting_tasks):
    save(client, document, "Keputusan yang benar")
    moment = document.pages.get(number=2).corrected_at
    read_again(document, ["Halaman judul", "Kept5an", "Lampran"])
    page = document.pages.get(number=2)
    assert (page.text, page.corrected_at, page.doubt) == ("Keputusan yang benar", moment, False)
    assert document.pages.get(number=3).text == "Lampran"
    assert document.pages.get(number=3).doubt


def test_replaced_file_starts_without(client, officer, document, waiting_tasks):
    save(client, document, "Keputusan yang benar")
    seen = corrections.state_of(document, document.pages.get(number=3))
    services.replace_file(document, ContentFile(pdf_bytes(["baru"] * 3), name="b.pdf"))
    document.refresh_from_db()
    claimed = queue.claim(document.pk, str(document.extraction_token))
    page = PageText(2, "Halaman 2", "isi berkas baru")
    queue.store_chunk(claimed, Chunk(facts=FileFacts(3, 3), pages=[page]))
    assert document.pages.get(number=2).text == "isi berkas baru"
    assert document.pages.get(number=2).corrected_at is None
    assert "Keputusan yang benar" not in client.get(address(document)).content.decode()
    # What somebody typed for the former file is not put into the new one.
    answer = save(client, document, "untuk berkas lama", number=2, seen=seen)
    assert answer.status_code == 409
    assert document.pages.get(number=2).text == "isi berkas baru"


def test_not_while_the_file_is_read(client, officer, document):
    seen = corrections.state_of(document, document.pages.get(number=2))
    OfficeDocument.objects.update(extraction_state=ExtractionState.RUNNING)
    answer = save(client, document, "yang diketik", seen=seen)
    assert "sedang dibaca ulang" in answer.content.decode()
    assert "yang diketik</textarea>" in answer.content.decode()
    assert not PageCorrection.objects.exists()


def test_index_is_told_inside_the_transaction(client, officer, document):
    from documents.signals import document_text_ready

    told = []

    def listen(sender, document, **kwargs):
        told.append(document.pages.get(number=2).text)

    document_text_ready.connect(listen)
    save(client, document, "Teks baru")
    document_text_ready.disconnect(listen)
    assert told == ["Teks baru"]


def test_far_too_long_text_is_refused_and_kept(client, officer, document):
    answer = save(client, document, "a" * (corrections.MAX_CHARS + 1))
    assert "Teks terlalu panjang" in answer.content.decode()
    assert not PageCorrection.objects.exists()


@pytest.mark.parametrize("role", ["desk", "superior", None])
def test_only_who_may_change_the_document_corrects_it(client, document, role):
    user = factories.UserFactory(**({role: True} if role else {}))
    client.force_login(user)
    for name, args in (
        ("eppid_document_pages", [document.pk]),
        ("eppid_document_page", [document.pk, 2]),
        ("eppid_document_picture", [document.pk, 2]),
    ):
        assert client.get(reverse(name, args=args)).status_code in (302, 404)
    save(client, document, "diubah diam-diam")
    assert document.pages.get(number=2).text == "Keptsan KPU K0ta Serang"


def test_officer_of_another_office_finds_nothing(client, document):
    client.force_login(factories.UserFactory(editor=True, office=factories.OfficeFactory()))
    assert client.get(address(document)).status_code == 404
    assert save(client, document, "x").status_code == 404


def test_picture_is_drawn_on_request_and_kept_by_nobody(client, officer, document):
    answer = client.get(reverse("eppid_document_picture", args=[document.pk, 2]))
    assert answer["Content-Type"] == "image/webp"
    assert "no-store" in answer["Cache-Control"]
    assert answer.content[:4] == b"RIFF"
    assert client.get(reverse("eppid_document_picture", args=[document.pk, 99])).status_code == 404


@pytest.mark.e2e
def test_officer_corrects_a_page_by_keyboard_and_the_public_finds_the_word(
    live_site, document, assert_accessible
):
    factories.RegulationPageFactory(title="Keputusan tentang gudang", files=[document])
    person = factories.UserFactory(editor=True)
    window = live_site.sign_in(person.username, factories.PASSWORD)
    window.goto(reverse("eppid_document_pages", args=[document.pk]))
    assert_accessible(window, "main")
    window.get_by_role("link", name="Periksa 2 halaman yang diragukan").click()
    window.wait_for_function("document.querySelector('.correct__picture img')?.naturalWidth > 1000")
    assert_accessible(window, "main")
    window.get_by_label("Teks halaman 2 dari 3").fill("Gudang logistik di Karangantu")
    window.keyboard.press("Tab")
    window.keyboard.press("Enter")
    window.wait_for_url(f"**{address(document, 3)}")
    public = live_site.open("/cari/?q=Karangantu")
    public.locator(".extracts a", has_text="teks").first.click()
    assert public.locator("mark").inner_text() == "Karangantu"
    assert "Teks dikoreksi petugas" in public.locator("#halaman-2").inner_text()
