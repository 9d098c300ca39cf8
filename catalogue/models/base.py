"""What all entries of the catalogue share: summary, unit, date, files, and the metadata checklist."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, Page, PageManager, TaskState

from catalogue.enums import FileRole
from catalogue.forms import EntryForm
from catalogue.permissions import EntryPermissionTester
from catalogue.querysets import CatalogueQuerySet
from documents.access import withheld_among
from documents.verification.history import histories
from home.models import WorkUnit
from home.models.base import OfficePageMixin


@dataclass(frozen=True)
class MissingItem:
    """A gap found by the metadata checklist: the field's name and a sentence that says what to do."""

    field: str
    message: str


class CataloguePage(OfficePageMixin, Page):
    """Base row of every catalogue entry, so that lists across the kinds need one table."""

    ringkasan = models.TextField(
        "ringkasan isi",
        blank=True,
        help_text="Dua atau tiga kalimat tentang isinya, dengan kata yang dipakai masyarakat. Ikut dicari.",
    )
    unit_kerja = models.ForeignKey(
        WorkUnit,
        verbose_name="unit kerja yang menguasai",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Contoh: Subbagian Hukum.",
    )
    tanggal_informasi = models.DateField(
        "tanggal informasi",
        null=True,
        blank=True,
        editable=False,
        db_index=True,
        help_text="Tanggal yang dipakai untuk mengurutkan; diisi otomatis dari tanggal entri ini.",
    )
    sumber_id = models.CharField(
        "tanda pengenal sumber", max_length=160, blank=True, db_index=True, editable=False
    )

    objects = PageManager.from_queryset(CatalogueQuerySet)()

    base_form_class = EntryForm
    #: Entries go live by the approvals of the workflow, not by a button or a bulk action.
    goes_live_by_moderation = True

    #: Whether the public may open the files of this kind of entry.
    files_are_public = True
    #: Slug of the kind in search and API.
    kategori = ""

    class Meta:
        verbose_name = "entri katalog"
        verbose_name_plural = "entri katalog"

    is_creatable = False

    def derive_tanggal_informasi(self):
        """Return the date by which this entry is sorted (date or None); each kind knows its own."""
        return None

    def missing_metadata(self) -> list[MissingItem]:
        """Return what the metadata checklist still misses; a submission to moderation needs an empty list."""
        missing = []
        if not self.ringkasan.strip():
            missing.append(MissingItem("ringkasan", "Tulis ringkasan isi: dua atau tiga kalimat."))
        if not self.unit_kerja_id:
            missing.append(MissingItem("unit_kerja", "Pilih unit kerja yang menguasai informasi ini."))
        return missing

    def find_duplicate(self, parent: Page | None = None) -> "CataloguePage | None":
        """Return an entry of the same office that says the same as this one, or None; regulations know such.

        `parent` is the page under which a new entry will stand.
        """
        return None

    def permissions_for_user(self, user):
        """Return what the user may do with this entry; going live takes the workflow's approvals."""
        return EntryPermissionTester(user, self)

    def save_revision(self, *args, overwrite_revision=None, **kwargs):
        """Save a version; one that stands or stood under review is never overwritten, an approval belongs to it."""
        if overwrite_revision and TaskState.objects.filter(revision=overwrite_revision).exists():
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def derive_fields(self) -> None:
        """Fill the fields that follow from others; runs before every save, of drafts too."""
        self.tanggal_informasi = self.derive_tanggal_informasi()

    def full_clean(self, *args, **kwargs):
        """Derive before the checks of a publication."""
        self.derive_fields()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self):
        """Derive before the few checks of a draft."""
        self.derive_fields()
        super().minimal_clean()

    def main_file(self) -> "CatalogueFile | None":
        """Return the first file, the one that a list row names."""
        return next(iter(self.files.all()), None)

    @property
    def attached_files(self) -> list["CatalogueFile"]:
        """Files of a kind whose files are public, in order. Whoever shows them asks `documents.access` about each;
        who shows many entries asks once for all.
        """
        return list(self.files.all()) if self.files_are_public else []

    @cached_property
    def public_files(self) -> list["CatalogueFile"]:
        """Files that the entry's page lists: `attached_files` without those that another use keeps private for ever.

        So a preview shows the files that publication will open, and no page names the file of an exempted entry.
        """
        attached = self.attached_files
        models.prefetch_related_objects(attached, "document")
        ids = [attachment.document_id for attachment in attached]
        withheld = withheld_among(ids)
        listed = [attachment for attachment in attached if attachment.document_id not in withheld]
        known = histories([attachment.document for attachment in listed]) if listed else {}
        for attachment in listed:
            attachment.document.known_history = known[attachment.document_id]
        return listed

    @property
    def openable_files(self) -> list["CatalogueFile"]:
        """`public_files` without those that an officer withdrew: of these the page shows only that, and why."""
        return [a for a in self.public_files if a.document.known_history.withdrawal is None]

    @property
    def text_is_incomplete(self) -> bool:
        """Whether a public file's text is missing or in part missing, which the page says."""
        return any(attachment.document.text_is_incomplete for attachment in self.openable_files)


class CatalogueFile(Orderable):
    """A file of a catalogue entry, with what it is."""

    page = ParentalKey(CataloguePage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name="berkas",
        on_delete=models.PROTECT,
        related_name="catalogue_uses",
    )
    role = models.CharField("jenis berkas", max_length=10, choices=FileRole.choices, default=FileRole.MAIN)
    label = models.CharField(
        "nama pada halaman",
        max_length=160,
        blank=True,
        help_text="Kosongkan untuk memakai jenis berkas. Contoh: Lampiran II",
    )

    panels = [FieldPanel("document"), FieldPanel("role"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        verbose_name = "berkas"
        verbose_name_plural = "berkas"

    @property
    def display_label(self) -> str:
        """Name of the file on the public page."""
        return self.label or self.get_role_display()
