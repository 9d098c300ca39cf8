"""The small picture of a first page: made in the background, as private as its file, gone with it."""

import io
import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from documents import services, thumbnails
from documents.models import OfficeDocument
from tests import factories
from tests.documents import samples
from tests.sample_files import csv_bytes, pdf_bytes

pytestmark = pytest.mark.django_db


def stored(data: bytes, name: str = "a.pdf") -> OfficeDocument:
    document = OfficeDocument.objects.create(
        title="Berkas uji",
        file=ContentFile(data, name=name),
        collection=factories.shared_office().collection,
    )
    document.refresh_from_db()
    return document


def picture_of(document) -> bytes:
    with document.thumbnail.storage.open(document.thumbnail.name) as handle:
        return handle.read()


def address(document) -> str:
    return reverse("documents:thumbnail", args=[document.pk])


def test_upload_gets_a_small_picture_of_its_first_page():
    document = stored(pdf_bytes(["Halaman judul", "Halaman kedua"]))
    data = picture_of(document)
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.format == "WEBP"
        assert picture.size == (document.thumbnail_width, document.thumbnail_height) == (240, 340)
        assert picture.convert("L").getextrema()[0] < 160  # something is written on it
    assert len(data) <= thumbnails.MAX_BYTES
    assert re.fullmatch(r"dokumen/\w\w/\w{32}\.webp", document.thumbnail.name)


def test_busy_photograph_stays_small_and_is_turned_upright():
    photo = Image.effect_noise((900, 600), 120).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    target = io.BytesIO()
    photo.save(target, "JPEG", exif=exif)
    document = stored(target.getvalue(), "foto.jpg")
    assert len(picture_of(document)) <= thumbnails.MAX_BYTES
    assert document.thumbnail_height > document.thumbnail_width


def test_long_picture_shows_its_top():
    strip = Image.new("RGB", (300, 6000), "white")
    strip.paste("black", (0, 0, 300, 400))
    target = io.BytesIO()
    strip.save(target, "PNG")
    document = stored(target.getvalue(), "nota.png")
    assert (document.thumbnail_width, document.thumbnail_height) == (240, 340)
    with Image.open(io.BytesIO(picture_of(document))) as picture:
        assert picture.convert("L").getpixel((120, 100)) < 20


def test_picture_bomb_gets_none(monkeypatch, tmp_path):
    target = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(target, "PNG")
    document = stored(target.getvalue(), "bom.png")
    assert not document.thumbnail


@pytest.mark.parametrize(
    ("data", "name"),
    [(csv_bytes([["a", "b"], ["1", "2"]]), "data.csv"), (b"Pengumuman hasil seleksi", "seleksi.txt")],
)
def test_what_cannot_be_drawn_is_shown_as_a_sheet_with_its_kind(client, data, name):
    document = stored(data, name)
    assert not document.thumbnail
    page = factories.RegulationPageFactory(files=[document])
    html = content_of(page, client)
    assert f'aria-hidden="true">{name.rpartition(".")[2].upper()}</span>' in html
    assert "<img" not in html
    assert client.get(address(document)).status_code == 404


def test_row_of_a_file_shows_it_without_words_and_late(client):
    document = stored(pdf_bytes(["isi"]))
    page = factories.RegulationPageFactory(files=[document])
    html = content_of(page, client)
    (image,) = re.findall(r"<img [^>]*>", html)
    for part in ('loading="lazy"', 'alt=""', 'width="240"', 'height="340"', f'src="{address(document)}"'):
        assert part in image


def content_of(page, client) -> str:
    """What a page says, without its frame."""
    return client.get(page.url).content.decode().split("<main")[1].split("</main>")[0]


def test_it_is_as_private_as_its_file(client):
    document = stored(pdf_bytes(["isi"]))
    assert client.get(address(document)).status_code == 404
    client.force_login(factories.UserFactory(editor=True))
    answer = client.get(address(document))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    client.logout()
    page = factories.RegulationPageFactory(files=[document])
    answer = client.get(address(document))
    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "public, no-cache"
    again = client.get(address(document), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    page.unpublish()
    assert client.get(address(document), headers={"If-None-Match": answer["ETag"]}).status_code == 404


def test_file_of_an_exempted_entry_has_none_for_anybody(client):
    document = stored(pdf_bytes(["rahasia"]))
    factories.ExemptedInformationPageFactory(dokumen_induk=document)
    client.force_login(factories.UserFactory(superuser=True))
    assert client.get(address(document)).status_code == 404

    other = factories.DocumentFactory()
    factories.ExemptedInformationPageFactory(draft=True, dokumen_induk=other)
    assert thumbnails.make(other.pk, str(other.extraction_token)) == "tidak ada yang perlu dikerjakan"
    assert thumbnails.make_missing() == ""
    other.refresh_from_db()
    assert not other.thumbnail


def test_replaced_file_gets_a_new_one_and_the_old_is_deleted(django_capture_on_commit_callbacks):
    document = stored(pdf_bytes(["isi lama"]))
    storage, old, token = document.thumbnail.storage, document.thumbnail.name, document.extraction_token
    with django_capture_on_commit_callbacks(execute=True):
        services.replace_file(document, ContentFile(pdf_bytes(["isi baru sekali"]), name="b.pdf"))
    document.refresh_from_db()
    assert document.thumbnail.name != old
    assert storage.exists(document.thumbnail.name)
    assert not storage.exists(old)
    # What an old task brings late changes nothing.
    current = document.thumbnail.name
    thumbnails.make(document.pk, str(token))
    document.refresh_from_db()
    assert document.thumbnail.name == current


def test_deleted_document_takes_it_along(django_capture_on_commit_callbacks):
    document = stored(pdf_bytes(["isi"]))
    storage, name = document.thumbnail.storage, document.thumbnail.name
    with django_capture_on_commit_callbacks(execute=True):
        document.delete()
    assert not storage.exists(name)


def test_second_task_does_nothing():
    document = stored(pdf_bytes(["isi"]))
    assert thumbnails.make(document.pk, str(document.extraction_token)) == "tidak ada yang perlu dikerjakan"


def test_task_is_written_with_the_end_of_the_reading(settings):
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    document = stored(pdf_bytes(["isi"]))
    waiting = DBTaskResult.objects.filter(task_path="documents.tasks.make_thumbnail")
    assert not waiting.exists()
    from documents.tasks import process_document

    process_document.func(document.pk, str(document.extraction_token))
    assert waiting.count() == 1


def test_scheduler_asks_again_for_what_is_missing_but_not_for_ever(monkeypatch):
    document = factories.DocumentFactory()
    monkeypatch.setattr(thumbnails, "draw_page", lambda *args, **kwargs: False)
    for _ in range(thumbnails.MAX_ATTEMPTS):
        OfficeDocument.objects.update(thumbnail_due_at=None)
        assert thumbnails.make_missing() == "1 gambar diminta"
    OfficeDocument.objects.update(thumbnail_due_at=None)
    assert thumbnails.make_missing() == ""
    monkeypatch.undo()
    OfficeDocument.objects.update(thumbnail_attempts=0)
    thumbnails.make_missing()
    document.refresh_from_db()
    assert document.thumbnail


def test_scan_is_drawn_too(tmp_path):
    document = factories.DocumentFactory(scanned=True)
    path = samples.scan_pdf(tmp_path / "a.pdf")
    document.file.storage.delete(document.file.name)
    document.file.storage.save(document.file.name, ContentFile(path.read_bytes()))
    thumbnails.make(document.pk, str(document.extraction_token))
    document.refresh_from_db()
    assert document.thumbnail
