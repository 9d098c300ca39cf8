"""Names, software and places leave a file before it is published; what it shows stays as it is."""

import hashlib
import io
import zipfile

import pikepdf
import pypdfium2 as pdfium
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import ExifTags, Image

from documents import services
from documents.extraction.runner import read_file
from documents.models import OfficeDocument
from documents.scanning.segments import clean_jpeg, orientation_of
from home.enums import Role
from tests import factories
from tests.documents import samples
from tests.sample_files import pdf_bytes

pytestmark = pytest.mark.django_db
AUTHOR = "Staf Rahasia Contoh"
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Konsep</dc:title>'
    f"<dc:creator>{AUTHOR}</dc:creator><cp:lastModifiedBy>{AUTHOR}</cp:lastModifiedBy></cp:coreProperties>"
).encode()
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    f"<Template>Surat.dotx</Template><Pages>4</Pages><Company>{AUTHOR}</Company></Properties>"
).encode()
PROPERTIES = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Target="word/document.xml" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    b'<Relationship Id="r2" Target="docProps/core.xml" '
    b'Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"/>'
    b'<Relationship Id="r3" Target="docProps/app.xml" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties"/>'
    b'<Relationship Id="r4" Target="docProps/thumbnail.jpeg" '
    b'Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"/></Relationships>'
)


def stored(data: bytes, name: str, title: str = "Judul terbit") -> OfficeDocument:
    """Store a file as a program would; its tasks run at once."""
    document = OfficeDocument(title=title, file=ContentFile(data, name=name))
    document.collection = factories.shared_office().collection
    document.save()
    return OfficeDocument.objects.get(pk=document.pk)


def named_pdf(**more) -> bytes:
    """A PDF that names its author in both places where a PDF does."""
    with pikepdf.open(io.BytesIO(pdf_bytes(["Daftar Pemilih Tetap", "Halaman kedua"]))) as pdf:
        with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
            xmp["dc:creator"] = [AUTHOR]
            xmp["dc:title"] = "Konsep"
            for key, value in more.items():
                xmp[key.replace("_", ":")] = value
        pdf.docinfo["/Author"] = AUTHOR
        pdf.docinfo["/Producer"] = "Program Contoh 1.0"
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def photo(kind: str = "JPEG", orientation: int = 6, **more) -> bytes:
    """A picture with a place, a camera and a name in it."""
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = AUTHOR
    exif[ExifTags.Base.Make] = "Kamera Contoh"
    exif[ExifTags.Base.Orientation] = orientation
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "S"
    gps[ExifTags.GPS.GPSLatitude] = (6.0, 7.0, 8.0)
    exif[ExifTags.IFD.GPSInfo] = gps
    target = io.BytesIO()
    Image.effect_noise((60, 40), 80).convert("RGB").save(target, kind, exif=exif, **more)
    return target.getvalue()


def word_file(tmp_path, body: str = "", parts: dict | None = None) -> bytes:
    given = {"docProps/core.xml": CORE, "docProps/app.xml": APP, "docProps/thumbnail.jpeg": b"\xff\xd8gambar"}
    path = samples.word(
        tmp_path / "a.docx", samples.paragraph("Isi surat") + body, {**given, **(parts or {})}
    )
    with zipfile.ZipFile(path) as archive:
        kept = {entry: archive.read(entry) for entry in archive.namelist()}
    kept["_rels/.rels"] = PROPERTIES
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in kept.items():
            archive.writestr(name, data)
    return target.getvalue()


# --- PDF --------------------------------------------------------------------------------------------------------------


def test_pdf_loses_names_and_keeps_its_pages():
    data = named_pdf()
    document = stored(data, "DPT.pdf")
    published = document.file.read()
    assert AUTHOR.encode() not in published
    with pikepdf.open(io.BytesIO(published)) as after, pikepdf.open(io.BytesIO(data)) as before:
        assert dict(after.docinfo) == {"/Title": "Judul terbit"}
        with after.open_metadata() as xmp:
            assert xmp["dc:title"] == "Judul terbit"
            assert "dc:creator" not in xmp
        contents = [[page.Contents.read_raw_bytes() for page in pdf.pages] for pdf in (before, after)]
    assert contents[0] == contents[1]
    texts = []
    for one in (data, published):
        with pdfium.PdfDocument(one) as pdf:
            texts.append([pdf[number].get_textpage().get_text_bounded() for number in range(len(pdf))])
    assert texts[0] == texts[1]
    assert f"Penulis: {AUTHOR}" in document.removed_metadata
    assert "Perangkat lunak: Program Contoh 1.0" in document.removed_metadata


def test_fingerprint_is_that_of_what_people_download(client):
    data = named_pdf()
    document = stored(data, "DPT.pdf")
    factories.RegulationPageFactory(files=[document])
    published = b"".join(client.get(document.url).streaming_content)
    assert document.sha256 == hashlib.sha256(published).hexdigest()
    assert document.original_sha256 == hashlib.sha256(data).hexdigest()
    assert document.file_size == len(published)
    assert client.get(f"/api/v1/files/{document.pk}").json()["sha256"] == document.sha256


def test_same_upload_gives_the_same_published_bytes():
    assert stored(named_pdf(), "a.pdf").sha256 == stored(named_pdf(), "b.pdf").sha256


def test_claim_of_an_archive_format_stays():
    document = stored(named_pdf(pdfaid_part="2", pdfaid_conformance="B"), "a.pdf")
    with pikepdf.open(document.file) as pdf, pdf.open_metadata() as xmp:
        assert xmp["pdfaid:part"] == "2"
        assert xmp["pdfaid:conformance"] == "B"


def test_place_in_a_photograph_inside_a_pdf_is_taken_out():
    taken = photo()
    with pikepdf.open(io.BytesIO(pdf_bytes(["x"]))) as pdf:
        picture = pikepdf.Stream(pdf, taken)
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.Width, picture.Height, picture.BitsPerComponent = 60, 40, 8
        picture.ColorSpace, picture.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(Foto=pdf.make_indirect(picture))
        target = io.BytesIO()
        pdf.save(target)
    document = stored(target.getvalue(), "a.pdf")
    with pikepdf.open(document.file) as pdf:
        inner = pdf.pages[0].Resources.XObject.Foto.read_raw_bytes()
    assert b"Exif" not in inner
    assert Image.open(io.BytesIO(inner)).tobytes() == Image.open(io.BytesIO(taken)).tobytes()
    assert "Gambar di dalam PDF: Data kamera (EXIF)" in document.removed_metadata


def test_file_that_names_nobody_is_published_as_it_came():
    data = pdf_bytes(["isi"])
    document = stored(data, "a.pdf")
    assert document.file.read() == data
    assert not document.original_file
    assert document.removed_metadata == document.kept_metadata == []


def test_comments_and_attachments_of_a_pdf_are_told():
    with pikepdf.open(io.BytesIO(pdf_bytes(["isi"]))) as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[0, 0, 9, 9],
            T="Penyunting",
            Contents="?",
        )
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])
        pdf.attachments["data.csv"] = pikepdf.AttachedFileSpec(pdf, b"a;b\n", filename="data.csv")
        target = io.BytesIO()
        pdf.save(target)
    findings = " ".join(stored(target.getvalue(), "a.pdf").findings)
    assert "Ada berkas lain di dalam PDF ini: “data.csv”" in findings
    assert "Ada 1 komentar atau coretan di dalam PDF (oleh Penyunting)" in findings


# --- pictures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("TIFF", "a.tif")])
def test_picture_loses_place_and_name_and_no_pixel(kind, name):
    data = photo(kind)
    document = stored(data, name)
    published = document.file.read()
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(published))
    assert after.tobytes() == before.tobytes()
    assert AUTHOR.encode() not in published
    assert b"Kamera Contoh" not in published
    exif = after.getexif()
    assert not exif.get_ifd(ExifTags.IFD.GPSInfo)
    assert exif.get(ExifTags.Base.Orientation) == before.getexif().get(ExifTags.Base.Orientation)
    assert "Lokasi pengambilan gambar (GPS)" in document.removed_metadata
    assert f"Penulis: {AUTHOR}" in document.removed_metadata


def test_jpeg_keeps_its_colour_profile_and_compressed_pixels():
    profile = b"profil warna" * 50
    data = photo(icc_profile=profile, progressive=True, comment=b"catatan")
    cleaned, removed = clean_jpeg(data)
    assert Image.open(io.BytesIO(cleaned)).info["icc_profile"] == profile
    scan = data[data.index(b"\xff\xda") :]
    assert cleaned.endswith(scan)
    assert b"catatan" not in cleaned
    assert "Komentar" in removed


def test_what_hides_behind_the_end_of_a_jpeg_is_dropped():
    """Phones append a second picture or a film, with a place of its own."""
    data = photo(orientation=1)
    cleaned, removed = clean_jpeg(data + photo())
    assert len(cleaned) < len(data)
    assert "Data tambahan di akhir gambar" in removed
    assert orientation_of(b"II*\x00") == 1


def test_tiff_of_several_frames_is_cleaned_in_each():
    target = io.BytesIO()
    frames = [Image.effect_noise((30, 20), 90) for _number in range(3)]
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = AUTHOR
    frames[0].save(target, "TIFF", save_all=True, append_images=frames[1:], exif=exif, software=AUTHOR)
    document = stored(target.getvalue(), "a.tif")
    published = document.file.read()
    assert AUTHOR.encode() not in published
    picture = Image.open(io.BytesIO(published))
    assert picture.n_frames == 3
    for number, frame in enumerate(frames):
        picture.seek(number)
        assert picture.tobytes() == frame.tobytes()


def test_broken_picture_is_not_made_worse():
    """Cut behind its header it cannot be cleaned: it stays as it came, and the officer is told what it carries."""
    data = photo()[:-30]
    document = stored(data, "a.jpg")
    assert document.file.read() == data
    assert "Lokasi pengambilan gambar (GPS)" in document.kept_metadata
    assert not document.original_file


# --- Word and Excel ---------------------------------------------------------------------------------------------------


def test_word_file_loses_names_and_keeps_its_body(tmp_path):
    data = word_file(tmp_path)
    document = stored(data, "surat.docx")
    published = document.file.read()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(published)) as after:
        assert after.read("word/document.xml") == before.read("word/document.xml")
        everything = b"".join(after.read(name) for name in after.namelist())
        assert "docProps/thumbnail.jpeg" not in after.namelist()
        assert b"thumbnail" not in after.read("_rels/.rels")
        assert b"<dc:title>Judul terbit</dc:title>" in after.read("docProps/core.xml")
    assert AUTHOR.encode() not in everything
    assert document.page_count == 4
    for label in ("Penulis", "Terakhir diubah oleh", "Instansi"):
        assert f"{label}: {AUTHOR}" in document.removed_metadata
    assert document.pages.get().text == "Isi surat"


def test_changes_comments_and_hidden_text_of_a_word_file_are_told_and_stay(tmp_path):
    body = (
        '<w:p><w:ins w:id="1" w:author="Penyunting"><w:r><w:t>baru</w:t></w:r></w:ins></w:p>'
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>tersembunyi</w:t></w:r></w:p>"
    )
    comments = b'<w:comments xmlns:w="x"><w:comment w:id="1" w:author="Pengulas"/></w:comments>'
    document = stored(word_file(tmp_path, body, {"word/comments.xml": comments}), "a.docx")
    findings = " ".join(document.findings)
    assert "perubahan terlacak (track changes) oleh Penyunting" in findings
    assert "Ada 1 komentar di dalam dokumen oleh Pengulas" in findings
    assert "teks tersembunyi" in findings
    with zipfile.ZipFile(document.file) as published:
        assert b"Penyunting" in published.read("word/document.xml")


def test_workbook_loses_names_and_tells_hidden_rows(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.properties.creator = AUTHOR
    sheet = book.active
    sheet.append(["kecamatan", "pemilih"])
    sheet.append(["Serang", 10])
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.save(tmp_path / "a.xlsx")
    document = stored((tmp_path / "a.xlsx").read_bytes(), "a.xlsx")
    assert "Ada 1 baris dan 1 kolom tersembunyi" in document.findings[0]
    published = tmp_path / "b.xlsx"
    published.write_bytes(document.file.read())
    again = openpyxl.load_workbook(published)
    assert again.properties.creator != AUTHOR
    assert [[cell.value for cell in row] for row in again.active.rows] == [
        ["kecamatan", "pemilih"],
        ["Serang", 10],
    ]
    before, after = read_file(tmp_path / "a.xlsx"), read_file(published)
    assert [page.text for page in before.pages] == [page.text for page in after.pages]


# --- the upload is kept, for officers ---------------------------------------------------------------------------------


def test_upload_is_kept_for_officers_of_the_office_alone(client):
    data = named_pdf()
    document = stored(data, "DPT.pdf")
    factories.RegulationPageFactory(files=[document])
    assert client.get(document.original_url).status_code == 404
    client.force_login(factories.UserFactory(role=Role.PPID, office=factories.OfficeFactory()))
    assert client.get(document.original_url).status_code == 404
    client.force_login(factories.UserFactory(role=Role.PPID, office=factories.shared_office()))
    response = client.get(document.original_url)
    assert b"".join(response.streaming_content) == data
    assert "no-store" in response["Cache-Control"]
    assert client.get(f"/dokumen/{document.pk}/asli/nama-lama.pdf").url == document.original_url


def test_officer_reads_what_was_removed(client):
    document = stored(named_pdf(), "DPT.pdf")
    client.force_login(factories.UserFactory(superuser=True))
    page = client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    assert "Dihapus dari berkas yang diterbitkan" in page
    assert f"Penulis: {AUTHOR}" in page
    assert document.original_url in page


def test_form_cleans_and_notices_the_same_upload(client):
    client.force_login(factories.UserFactory(superuser=True))
    form, data = {"collection": factories.shared_office().collection.pk}, named_pdf()
    for title in ("Pertama", "Kedua"):
        client.post(
            reverse("wagtaildocs:add"),
            {**form, "title": title, "file": SimpleUploadedFile("a.pdf", data)},
        )
    first, second = OfficeDocument.objects.order_by("pk")
    assert first.sha256 != second.sha256  # each carries its own title
    assert AUTHOR.encode() not in first.file.read()
    assert list(services.duplicates_of(second)) == [first]


def test_replaced_upload_stays_with_its_version_and_goes_with_it(django_capture_on_commit_callbacks):
    document = stored(named_pdf(), "a.pdf")
    upload, storage = document.original_file.name, document.original_file.storage
    services.replace_file(document, ContentFile(pdf_bytes(["baru"]), name="b.pdf"))
    document.refresh_from_db()
    assert not document.original_file
    assert document.versions.get().original_file.name == upload
    with django_capture_on_commit_callbacks(execute=True):
        document.delete()
    assert not storage.exists(upload)


def test_findings_stand_on_the_page_that_shows_the_file(client, tmp_path):
    comments = b'<w:comments xmlns:w="x"><w:comment w:id="1" w:author="Pengulas"/></w:comments>'
    document = stored(word_file(tmp_path, "", {"word/comments.xml": comments}), "a.docx")
    page = factories.RegulationPageFactory(files=[document])
    client.force_login(factories.UserFactory(role=Role.PPID, office=factories.shared_office()))
    assert (
        "Ada 1 komentar di dalam dokumen oleh Pengulas"
        in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    )
    plain = factories.RegulationPageFactory(files=[stored(pdf_bytes(["isi"]), "b.pdf")])
    assert (
        "Periksa isi berkas"
        not in client.get(reverse("wagtailadmin_pages:edit", args=[plain.pk])).content.decode()
    )
