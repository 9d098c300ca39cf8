"""What the document form knows of files that arrived in parts before it was sent."""

from contextlib import suppress

from django import forms
from django.forms.widgets import Script
from django.template.defaultfilters import filesizeformat
from django.templatetags.static import static
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from wagtail.documents.forms import BaseDocumentForm

from documents.storage import StoreAway
from documents.uploads import sessions
from documents.uploads.models import PendingUpload

STORE_AWAY = (
    "Berkas belum dapat diambil dari penyimpanan. Coba simpan lagi satu menit lagi; "
    "berkas tidak perlu diunggah ulang."
)
USED = "Berkas ini sudah disimpan sebagai dokumen. Lihat daftar dokumen."


def attributes() -> dict[str, str | int]:
    """Return the HTML attributes by which the script knows where large files go, and what is large."""
    return {
        "data-unggah": reverse("eppid_upload_begin"),
        "data-unggah-dari": sessions.FROM_BYTES,
        "data-unggah-bagian": sessions.PART_BYTES,
    }


class PartsForm(BaseDocumentForm):
    """A document form whose file may have come in parts: then it carries the upload's token in place of the file."""

    unggahan = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.pending: PendingUpload | None = None
        self._parts_error = ""
        self._is_taken = False
        if "file" not in self.fields or user is None:
            del self.fields["unggahan"]
            return
        self.fields["file"].widget.attrs.update(attributes())
        token = self.data.get(self.add_prefix("unggahan")) if self.is_bound else ""
        if token and not self.files.get(self.add_prefix("file")):
            self._take_upload(user, token)

    @property
    def media(self):
        """The script that sends large files in parts, beside what the fields need."""
        own = forms.Media(js=[Script(static("js/unggah.js"), type="module")])
        return super().media + own if "unggahan" in self.fields else super().media

    def _take_upload(self, user, token: str) -> None:
        """Put the assembled file where a sent one would be; whatever is wrong with it becomes an error of the field."""
        try:
            self.pending = sessions.find(user, token)
            file = sessions.assemble(self.pending)
        except sessions.UploadRefused as refused:
            self.pending, self._parts_error = None, str(refused)
            self._drop_token()
        except StoreAway:
            self._parts_error = STORE_AWAY
        else:
            self.files = MultiValueDict({**self.files, self.add_prefix("file"): [file]})

    def _drop_token(self) -> None:
        self.data = self.data.copy()
        self.data[self.add_prefix("unggahan")] = ""

    def clean(self):
        """Say what is wrong with the upload instead of "this field is required"."""
        cleaned = super().clean()
        if self._parts_error:
            self._errors.pop("file", None)
            self.add_error("file", self._parts_error)
        return cleaned

    def is_valid(self):
        """Tell whether everything is right. A refused file is thrown away, a good one waits until the rest is right."""
        valid = super().is_valid()
        if self.pending is None or self._parts_error or not self.is_bound:
            return valid
        if "file" in self.errors:
            with suppress(StoreAway):
                sessions.forget(self.pending)
            self.pending = None
            self._drop_token()
        elif not valid:
            self.fields["file"].required = False  # of the form as it is shown again: nothing need be chosen
            self["file"].help_text = (
                f"Berkas “{self.pending.file_name}” ({filesizeformat(self.pending.size)}) sudah terunggah dan tidak "
                "perlu dipilih lagi."
            )
        return valid

    def take_pending(self) -> bool:
        """Use the upload for this document, once. False (with an error at the file) when somebody was faster."""
        if self.pending is None or self._is_taken:
            return True
        if sessions.use(self.pending):
            self._is_taken = True
            return True
        self.add_error("file", USED)
        self._drop_token()
        return False
