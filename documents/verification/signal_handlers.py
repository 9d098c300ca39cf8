"""Whatever may make a file public or close it: each calls the comparison, in the transaction of the change."""

from django.apps import apps
from django.db.models.signals import post_delete, post_migrate, post_save
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from documents.models import DocumentVersion, OfficeDocument
from documents.verification import guard
from documents.verification.models import FileWithdrawal, LedgerEntry
from documents.verification.recording import record, record_pages
from home.models import Withdrawal


def connect() -> None:
    """Connect the handlers; called once from AppConfig.ready()."""
    post_save.connect(page_saved, dispatch_uid="ledger-page")
    for signal in (page_published, page_unpublished):
        signal.connect(page_changed, dispatch_uid="ledger-page-changed")
    post_page_move.connect(page_moved, dispatch_uid="ledger-page-moved")
    for signal in (post_save, post_delete):
        signal.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid="ledger-restriction")
        signal.connect(collection_changed, sender=CollectionViewRestriction, dispatch_uid="ledger-collection")
        signal.connect(document_changed, sender=OfficeDocument, dispatch_uid="ledger-document")
        signal.connect(version_changed, sender=DocumentVersion, dispatch_uid="ledger-version")
        signal.connect(version_changed, sender=FileWithdrawal, dispatch_uid="ledger-withdrawal")
    post_save.connect(page_withdrawn, sender=Withdrawal, dispatch_uid="ledger-page-withdrawn")
    documents = apps.get_app_config("documents")
    post_migrate.connect(guard.put_back, sender=documents, dispatch_uid="ledger-guard")


def page_saved(sender, instance, raw: bool = False, **kwargs) -> None:
    """A page was saved: it may have gone live, come back, expired."""
    if isinstance(instance, Page) and not raw:
        record_pages([instance.pk])


def page_changed(sender, instance: Page, **kwargs) -> None:
    """A page was published or unpublished, its files are written by now."""
    record_pages([instance.pk])


def page_moved(sender, instance: Page, **kwargs) -> None:
    """A page moved, perhaps into a closed section or out of one."""
    _record_tree(instance)


def restriction_changed(sender, instance: PageViewRestriction, raw: bool = False, **kwargs) -> None:
    """Part of the tree was closed or opened."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None and not raw:
        _record_tree(page)


def _record_tree(page: Page) -> None:
    record_pages(list(Page.objects.descendant_of(page, inclusive=True).values_list("pk", flat=True)))


def collection_changed(sender, instance: CollectionViewRestriction, raw: bool = False, **kwargs) -> None:
    """Part of the files was closed or opened."""
    collection = Collection.objects.filter(pk=instance.collection_id).first()
    if collection is not None and not raw:
        inside = Collection.objects.descendant_of(collection, inclusive=True)
        record(OfficeDocument.objects.filter(collection__in=inside).values_list("pk", flat=True))


def document_changed(sender, instance: OfficeDocument, raw: bool = False, **kwargs) -> None:
    """A file was replaced, moved to another collection, deleted."""
    if not raw:
        record([instance.pk])


def version_changed(sender, instance, raw: bool = False, **kwargs) -> None:
    """An earlier version was kept, opened, closed or withdrawn."""
    if not raw:
        record([instance.document_id])


def page_withdrawn(sender, instance: Withdrawal, raw: bool = False, **kwargs) -> None:
    """The title of a withdrawn page must no longer be read: the log forgets its words too."""
    if instance.page_id and not instance.show_title and not raw:
        LedgerEntry.objects.filter(page_id=instance.page_id).blank()
