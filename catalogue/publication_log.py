"""Tells the change log of files (documents/verification) when an entry's use of a file may flip what is public."""

from django.db.models.signals import post_delete, post_save

from catalogue.models import CatalogueFile, ConsequenceTest, ExemptedInformationPage
from catalogue.signals import regulations_imported
from documents.verification.recording import record, record_pages
from documents.verification.uses import PageUse, register_page_use


def attached_files():
    """Rows that attach files to entries of kinds whose files are public."""
    return CatalogueFile.objects.exclude(page__in=ExemptedInformationPage.objects.order_by().values("pk"))


def connect() -> None:
    """Register how entries show files, and connect the handlers; called once from AppConfig.ready()."""
    register_page_use(PageUse(attached_files, "document_id", "page_id"))
    for signal in (post_save, post_delete):
        signal.connect(file_changed, sender=CatalogueFile, dispatch_uid="ledger-catalogue-file")
        signal.connect(exempted_changed, sender=ExemptedInformationPage, dispatch_uid="ledger-exempted")
        signal.connect(
            consequence_test_changed, sender=ConsequenceTest, dispatch_uid="ledger-consequence-test"
        )
    regulations_imported.connect(imported, dispatch_uid="ledger-imported")


def file_changed(sender, instance: CatalogueFile, raw: bool = False, **kwargs) -> None:
    """A file was attached, exchanged, or taken off."""
    if not raw:
        record([instance.document_id])


def exempted_changed(sender, instance: ExemptedInformationPage, raw: bool = False, **kwargs) -> None:
    """An exempted entry names a file, even as a draft: nobody may open it from now on."""
    if instance.dokumen_induk_id and not raw:
        record([instance.dokumen_induk_id])


def consequence_test_changed(sender, instance: ConsequenceTest, raw: bool = False, **kwargs) -> None:
    """A consequence test names its sheet and minutes, which are never public."""
    if not raw:
        record(filter(None, (instance.lembar_pengujian_id, instance.berita_acara_id)))


def imported(sender, page_ids, **kwargs) -> None:
    """Many regulations were written at once, without signals of their own."""
    record_pages(page_ids)
