"""The searchable copy of a scan: a second file, made step by step, never of a signed one."""

import hashlib

import pypdfium2 as pdfium
import pytest
from django.core.files.base import ContentFile

from documents import searchable
from documents.extraction import ocr
from documents.models import OfficeDocument
from tests import factories
from tests.documents import samples

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not ocr.available(), reason="tesseract with the Indonesian data is not installed here"
    ),
]


def stored(path) -> OfficeDocument:
    document = OfficeDocument.objects.create(
        title="Pindaian",
        file=ContentFile(path.read_bytes(), name="a.pdf"),
        collection=factories.shared_office().collection,
    )
    document.refresh_from_db()
    return document


def texts(field_file) -> list[str]:
    with field_file.storage.open(field_file.name) as handle, pdfium.PdfDocument(handle.read()) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_copy_carries_the_text_and_the_original_stays(tmp_path, monkeypatch, each_store):
    monkeypatch.setattr(searchable, "PAGES_A_STEP", 1)
    path = samples.scan_pdf(tmp_path / "a.pdf", pages=2)
    document = stored(path)
    assert document.searchable_ready
    assert document.searchable_pages_done == 2
    found = texts(document.searchable_copy)
    assert "Lembar pindaian 1" in found[0]
    assert "Lembar pindaian 2" in found[1]
    with document.file.storage.open(document.file.name) as published:
        assert hashlib.sha256(published.read()).hexdigest() == document.sha256
    with document.original_file.storage.open(document.original_file.name) as original:
        assert original.read() == path.read_bytes()
    assert texts(document.file) == ["", ""]


@pytest.mark.parametrize("change", [{"is_signed": True}, {"mime_type": "image/png"}])
def test_signed_files_and_pictures_get_no_copy(change):
    document = factories.DocumentFactory(scanned=True, **change)
    assert not searchable.is_wanted(document)


def test_born_digital_file_gets_no_copy():
    assert not searchable.is_wanted(factories.DocumentFactory())


def test_copy_that_fails_leaves_the_texts(tmp_path, monkeypatch):
    monkeypatch.setattr(searchable, "STEP_SECONDS", 0.01)
    document = stored(samples.scan_pdf(tmp_path / "a.pdf"))
    assert document.extraction_state == "selesai"
    assert "Lembar pindaian 1" in document.pages.get().text
    assert not document.searchable_ready
    assert not document.searchable_copy
