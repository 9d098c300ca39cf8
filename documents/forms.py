"""The form of every way in: Wagtail's add, edit, multiple upload and chooser."""

import logging

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat

from documents import access, services
from documents.extraction.kinds import Refused, detect
from documents.models import OfficeDocument
from documents.scanning import intake
from documents.storage import StoreAway
from documents.uploads.forms import PartsForm

logger = logging.getLogger(__name__)
STORE_AWAY = (
    "Berkas belum tersimpan: tempat penyimpanan sedang tidak dapat dipakai. Isian Anda tetap ada; "
    "pilih berkasnya lagi dan coba satu menit lagi."
)
DEFAULT_MAX_BYTES = 500 * 1024**2


def max_upload_bytes() -> int:
    """Return the largest file that may be uploaded, bytes."""
    return getattr(settings, "DOCUMENT_MAX_UPLOAD_BYTES", DEFAULT_MAX_BYTES)


class DocumentForm(PartsForm):
    """Checks a file before it is stored, and keeps the former file when one is replaced."""

    replace_reason = forms.CharField(
        label="Alasan mengganti berkas",
        required=False,
        max_length=255,
        help_text="Diisi bila berkas diganti. Contoh: “Perbaikan salah ketik pada Pasal 4”.",
    )
    keep_open = forms.BooleanField(
        label="Versi lama tetap boleh dilihat publik",
        required=False,
        help_text="Kosongkan bila versi lama memuat data yang tidak boleh terbuka.",
    )

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.user = user
        if "file" in self.fields:
            limit = filesizeformat(max_upload_bytes())
            self.fields[
                "file"
            ].help_text = f"PDF, DOCX, XLSX, CSV, TXT, gambar atau video; paling besar {limit}."
        if self.instance.pk and "title" in self.fields:
            self.fields["title"].help_text = self._notice_of_duplicates()
        if not self.instance.pk or "file" not in self.fields:
            del self.fields["replace_reason"], self.fields["keep_open"]

    def _notice_of_duplicates(self) -> str:
        """Name other documents with the same file, as far as this user may know of them."""
        same = services.duplicates_of(self.instance).select_related("collection")[:20]
        titles = [
            f"“{other.title}”" for other in same if self.user is None or access.may_read(self.user, other)
        ]
        return f"Berkas yang sama sudah ada sebagai {', '.join(titles[:5])}." if titles else ""

    def clean_file(self):
        """Refuse what offices must not publish, in words that say what to do instead."""
        file = self.cleaned_data.get("file")
        if not file or "file" not in self.changed_data:
            return file
        if file.size > max_upload_bytes():
            raise ValidationError(
                f"Berkas terlalu besar ({filesizeformat(file.size)}). "
                f"Paling besar {filesizeformat(max_upload_bytes())}; perkecil atau pecah menjadi beberapa berkas."
            )
        extension = file.name.rpartition(".")[2].lower() if "." in file.name else ""
        try:
            kind = detect(file, extension)
        except Refused as refused:
            raise ValidationError(str(refused)) from refused
        finally:
            file.seek(0)
        if extension not in kind.extensions:
            own = f"berakhiran .{extension}" if extension else "tidak berakhiran"
            raise ValidationError(
                f"Nama berkas {own}, tetapi isinya {kind.description}. "
                f"Ganti akhiran namanya menjadi .{kind.extensions[0]} bila memang itu yang dimaksud."
            )
        self._refuse_unapproved_replacement()
        self._look_at(file, kind)
        return file

    def _look_at(self, file, kind):
        """Refuse what is dangerous; what is found otherwise travels with the upload to the document."""
        if file.size > intake.AT_ONCE_BYTES:
            return
        file.received = intake.look_at(file, kind, self.cleaned_data.get("title") or "")
        if file.received.inspection.refusal:
            raise ValidationError(file.received.inspection.refusal)

    def is_valid(self):
        """Tell whether everything is right; then a new file is in the store, though no row names it yet.

        A store that cannot be used is an error like any other: what was typed stays, and nothing is half registered.
        """
        return super().is_valid() and self._store_file()

    def _store_file(self) -> bool:
        if "file" not in self.changed_data or not self.instance.file:
            return True
        if not self.take_pending():
            return False
        try:
            self.instance._set_document_file_metadata()
            self.instance.store_new_files()
        except StoreAway as error:
            logger.error("An uploaded file could not be stored: %s", error)
            self.add_error("file", STORE_AWAY)
            return False
        return True

    def _refuse_unapproved_replacement(self):
        """A file that is public, or that an approval rests on, must not change behind the back of those who approve."""
        if not self.instance.pk or self.user is None:
            return
        stored = OfficeDocument.objects.get(pk=self.instance.pk)
        if access.may_replace_public_file(self.user, stored):
            return
        if access.is_public(stored):
            raise ValidationError(
                "Berkas ini sedang tayang. Hanya PPID yang dapat menggantinya; "
                "unggah sebagai dokumen baru dan ajukan halamannya untuk disetujui."
            )
        if access.is_decided(stored):
            raise ValidationError(
                "Berkas ini dipakai halaman yang sedang diperiksa atau sudah disetujui. Hanya PPID yang dapat "
                "menggantinya; batalkan dahulu pengajuannya, atau unggah sebagai dokumen baru."
            )

    def save(self, commit=True):
        """Save the document; a replaced file becomes a numbered version instead of being deleted."""
        replaced = commit and self.instance.pk and "file" in self.changed_data and self.original_file
        if replaced:
            former = OfficeDocument.objects.get(pk=self.instance.pk)
            services.keep_version(
                self.instance,
                former,
                self.user,
                self.cleaned_data.get("replace_reason", ""),
                self.cleaned_data.get("keep_open", False),
            )
            self.original_file = None
        return super().save(commit=commit)
