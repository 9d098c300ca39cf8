"""Files and their texts."""

from collections.abc import Iterable

from django.urls import reverse

from api.present.base import View, choice_of, label
from api.schemas.files import Attachment, File, FileSignature, FileText
from api.scope import visible_documents
from catalogue.models import CataloguePage
from documents.enums import ExtractionState, IssuerState, SignatureState, TextSource
from documents.models import DocumentPage, OfficeDocument
from documents.scanning.signatures import Signature


def _facts(view: View, document: OfficeDocument, title: str) -> dict:
    addresses = view.addresses
    return {
        "id": document.pk,
        "nama": document.filename,
        "judul": title,
        "format": document.file_extension.upper(),
        "mime_type": document.content_type,
        "ukuran": document.file_size,
        "jumlah_halaman": document.page_count,
        "sha256": document.sha256,
        "url_verifikasi": addresses.absolute(reverse("verification:answer", args=[document.sha256]))
        if document.sha256
        else None,
        "tanda_tangan": [_signature(signature) for signature in document.signature_list],
        "keadaan_teks": choice_of(ExtractionState, document.extraction_state),
        "teks_mungkin_tidak_lengkap": document.text_is_incomplete,
        "keterangan_teks": document.extraction_reason if document.text_is_incomplete else "",
        "diunggah": document.file_changed_at or document.created_at,
        "url": addresses.absolute(document.url),
        "url_teks": addresses.absolute(document.text_url) if document.text_url else None,
        "url_dapat_dicari": addresses.absolute(document.searchable_url) if document.searchable_url else None,
        "url_gambar": addresses.absolute(document.thumbnail_url) if document.thumbnail else None,
        "api_url": addresses.named("file", document.pk),
    }


def _signature(signature: Signature) -> FileSignature:
    return FileSignature(
        penanda_tangan=signature.signer,
        lembaga=signature.organization,
        penerbit_sertifikat=signature.issuer,
        waktu=signature.signed_at,
        waktu_dari_stempel=signature.time_is_stamped,
        keadaan=choice_of(SignatureState, signature.state),
        penerbit=choice_of(IssuerState, signature.issuer_state),
        kalimat=signature.sentence,
    )


def file(view: View, document: OfficeDocument) -> File:
    """Return a file; the caller has asked whether it is public."""
    return File(**_facts(view, document, document.title))


def attachments(view: View, entries: Iterable[CataloguePage]) -> dict[int, list[Attachment]]:
    """Return the public files of each entry by its id, in one query for all of them.

    A file that another use keeps private (an exempted entry's) is left out here too.
    """
    files = {entry.pk: entry.attached_files for entry in entries}
    shown = visible_documents(
        attached.document_id for attached_files in files.values() for attached in attached_files
    )
    return {
        pk: [
            Attachment(
                **_facts(view, attached.document, attached.display_label),
                jenis_berkas=label(attached, "role"),
            )
            for attached in attached_files
            if attached.document_id in shown
        ]
        for pk, attached_files in files.items()
    }


def text(view: View, page: DocumentPage, document: OfficeDocument) -> FileText:
    """Return the text of one page of a public file."""
    return FileText(
        halaman=page.number,
        label=page.label,
        teks=page.text,
        sumber=choice_of(TextSource, page.source),
        keyakinan=page.confidence,
        diragukan=page.doubt,
        catatan=page.note,
        dikoreksi=page.corrected_at,
        url_teks=view.addresses.absolute(document.page_text_url(page.number)),
        url=view.addresses.absolute(document.page_url(page.number)),
        api_url=view.addresses.named("file-page", document.pk, page.number),
    )
