"""Stored files for tests, with their facts and page texts as the extraction would leave them."""

import hashlib

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from documents.enums import ExtractionState, TextSource
from documents.models import DocumentPage, OfficeDocument
from tests.sample_files import csv_bytes, pdf_bytes


class DocumentFactory(DjangoModelFactory):
    """A stored file: a PDF with `texts` as its pages, or (trait `csv`) a table of `rows`.

    Its facts and page texts are written directly, as the extraction would leave them. `extracted=False` saves it as
    an upload instead, so that whatever the site does with an upload happens.
    """

    class Meta:
        model = OfficeDocument

    class Params:
        csv = factory.Trait(
            file_name=factory.Sequence(lambda n: f"data-{n}.csv"), mime_type="text/csv", page_count=None
        )
        scanned = factory.Trait(
            source=TextSource.OCR, confidence=0.62, extraction_state=ExtractionState.PARTIAL
        )
        unreadable = factory.Trait(extraction_state=ExtractionState.NO_TEXT, texts=["", ""])

    title = factory.Sequence(lambda n: f"Berkas {n}")
    file_name = factory.Sequence(lambda n: f"berkas-{n}.pdf")
    texts: list = factory.LazyFunction(
        lambda: ["Daftar Pemilih Tetap Kota Serang", "Jumlah pemilih 493.123 orang"]
    )
    rows: list = factory.LazyFunction(
        lambda: [["kecamatan", "pemilih"], ["Serang", "161645"], ["Curug", "42880"]]
    )
    mime_type = "application/pdf"
    page_count = factory.LazyAttribute(lambda o: len(o.texts))
    extraction_state = ExtractionState.DONE
    source = TextSource.TEXT
    confidence = None
    office = None
    extracted = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        given = {name: kwargs.pop(name) for name in ("file_name", "texts", "rows", "source", "confidence")}
        office, extracted = kwargs.pop("office"), kwargs.pop("extracted")
        is_table = given["file_name"].endswith(".csv")
        content = csv_bytes(given["rows"]) if is_table else pdf_bytes(given["texts"])
        document = model_class(file=ContentFile(content, name=given["file_name"]), title=kwargs["title"])
        if office is not None:
            document.collection = office.collection
        if not extracted:
            document.save()
            return document
        document.file_size, document.file_hash = len(content), hashlib.sha1(content).hexdigest()
        document.set_file_facts(ContentFile(content), given["file_name"])
        kwargs["preview"] = {"sheet": "", "rows": given["rows"], "more": False} if is_table else None
        for name, value in kwargs.items():
            setattr(document, name, value)
        # Past `save` and its signals: no extraction starts, no test waits for one.
        model_class.objects.bulk_create([document])
        texts = ["\n".join(",".join(row) for row in given["rows"])] if is_table else given["texts"]
        DocumentPage.objects.bulk_create(
            DocumentPage(
                document=document,
                number=number,
                label=f"Halaman {number}",
                text=text,
                source=given["source"] if text else TextSource.NONE,
                confidence=given["confidence"],
            )
            for number, text in enumerate(texts, start=1)
        )
        return document
