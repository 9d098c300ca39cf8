"""What reaches the index, and when: a task row in the same transaction as the change; removal at once.

A page that is no longer public is out of every answer already, since answers ask the one rule of visibility; here
its words go too.
"""

from __future__ import annotations

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from catalogue.models import (
    CatalogueFile,
    ConsequenceTest,
    ExemptedInformationPage,
    RegulationPage,
    RegulationRelation,
)
from catalogue.signals import regulations_imported
from documents.models import OfficeDocument
from documents.signals import document_text_ready
from search import tasks
from search.engines.elastic import connection, syncing
from search.engines.embedded import store
from search.engines.embedded.merging import needs_merge
from search.indexing import index_pages, indexed_models, pages_with_document, remove_pages


def connect() -> None:
    """Connect all handlers (once, from AppConfig.ready)."""
    page_published.connect(published, dispatch_uid="search-published")
    page_unpublished.connect(unpublished, dispatch_uid="search-unpublished")
    post_page_move.connect(moved, dispatch_uid="search-moved")
    pre_delete.connect(deleted, dispatch_uid="search-deleted")
    post_delete.connect(gone, sender=Page, dispatch_uid="search-gone")
    post_save.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid="search-restricted")
    post_delete.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid="search-unrestricted")
    for signal in (post_save, post_delete):
        signal.connect(
            collection_restricted,
            sender=CollectionViewRestriction,
            dispatch_uid="search-collection-restricted",
        )
    pre_save.connect(document_moves, sender=OfficeDocument, dispatch_uid="search-document-moves")
    post_save.connect(document_moved, sender=OfficeDocument, dispatch_uid="search-document-moved")
    post_save.connect(exempted_saved, sender=ExemptedInformationPage, dispatch_uid="search-exempted")
    post_save.connect(exempted_file_saved, sender=CatalogueFile, dispatch_uid="search-exempted-file")
    post_save.connect(test_saved, sender=ConsequenceTest, dispatch_uid="search-consequence-test")
    document_text_ready.connect(text_ready, dispatch_uid="search-text-ready")
    regulations_imported.connect(imported, dispatch_uid="search-imported")


def _is_searched(page: Page) -> bool:
    return isinstance(page, tuple(indexed_models())) or page.specific_class in indexed_models()


def _enqueue(page_ids) -> None:
    page_ids = list(dict.fromkeys(page_ids))
    syncing.mark(page_ids)
    for page_id in page_ids:
        tasks.index_page.enqueue(page_id)


def _take_out(page_id: int) -> None:
    remove_pages([page_id])
    _tell_cluster()


def _hide_text(document_id: int) -> None:
    """A document is no longer to be read: pages that show it lose its words now."""
    page_ids = pages_with_document(document_id)
    if page_ids:
        index_pages(page_ids, hidden=True)
        _tell_cluster()


def _tell_cluster() -> None:
    if connection.is_configured():
        tasks.apply_changes.enqueue()


def published(sender, instance: Page, **kwargs) -> None:
    """A page went live or changed; regulations that it acts upon change their status."""
    if _is_searched(instance):
        _enqueue([instance.pk, *_targets(instance)])


def unpublished(sender, instance: Page, **kwargs) -> None:
    """A page is no longer live: out of the index now; what it acted upon changes its status back."""
    _take_out(instance.pk)
    _enqueue(_targets(instance))


def deleted(sender, instance, **kwargs) -> None:
    """A page is being deleted, alone or with a tree above it."""
    if isinstance(instance, Page):
        remove_pages([instance.pk])
        if isinstance(instance, RegulationPage):
            _enqueue(_targets(instance))


def gone(sender, instance: Page, **kwargs) -> None:
    """A page is deleted. The cluster is told only now: on the way here it still looks like a public one."""
    syncing.mark([instance.pk], hidden=True)
    _tell_cluster()


def moved(sender, instance: Page, **kwargs) -> None:
    """A page moved, perhaps to another office, perhaps into a closed section."""
    tree = Page.objects.descendant_of(instance, inclusive=True)
    syncing.mark(tree.values_list("pk", flat=True), hidden=True)
    tasks.index_tree.enqueue(_root_of_new_paths(instance))


def _root_of_new_paths(page: Page) -> int:
    """Which tree to index after a move: siblings have new paths too, and by its path a closed section is left out."""
    parent = page.get_parent()
    closed = PageViewRestriction.objects.filter(page__path__startswith=parent.path).exclude(page=parent)
    return parent.pk if connection.is_configured() and closed.exists() else page.pk


def restriction_changed(sender, instance: PageViewRestriction, **kwargs) -> None:
    """Part of the tree was closed or opened."""
    if kwargs.get("raw"):
        return
    tasks.index_tree.enqueue(instance.page_id)


def collection_restricted(sender, instance: CollectionViewRestriction, **kwargs) -> None:
    """Files were closed or opened together: pages that show them lose or get their words."""
    collections = instance.collection.get_descendants(inclusive=True)
    documents = OfficeDocument.objects.filter(collection__in=collections).values_list("pk", flat=True)
    _text_changed(pages_with_document(*documents))


def document_moves(sender, instance: OfficeDocument, **kwargs) -> None:
    """Note whether a document moves to a collection that others may read."""
    instance._moves_collection = False
    if instance.pk and not kwargs.get("raw") and CollectionViewRestriction.objects.exists():
        former = OfficeDocument.objects.filter(pk=instance.pk).values_list("collection_id", flat=True).first()
        instance._moves_collection = former is not None and former != instance.collection_id


def document_moved(sender, instance: OfficeDocument, **kwargs) -> None:
    """A document has moved to another collection, perhaps a closed one."""
    if instance._moves_collection:
        _text_changed(pages_with_document(instance.pk))


def _text_changed(page_ids) -> None:
    """Out of the cluster's answers until it holds what may be read now; the embedded index follows by the same task."""
    syncing.mark(page_ids, hidden=True)
    for page_id in page_ids:
        tasks.index_page.enqueue(page_id)


def exempted_saved(sender, instance: ExemptedInformationPage, **kwargs) -> None:
    """An exempted entry names a file, even as a draft: pages that show the same file lose its text now."""
    if instance.dokumen_induk_id:
        _hide_text(instance.dokumen_induk_id)


def exempted_file_saved(sender, instance: CatalogueFile, **kwargs) -> None:
    """A file was attached to an exempted entry."""
    if ExemptedInformationPage.objects.filter(pk=instance.page_id).exists():
        _hide_text(instance.document_id)


def test_saved(sender, instance: ConsequenceTest, **kwargs) -> None:
    """A consequence test names its sheet and minutes, which are never public."""
    for document_id in filter(None, (instance.lembar_pengujian_id, instance.berita_acara_id)):
        _hide_text(document_id)


def text_ready(sender, document: OfficeDocument, **kwargs) -> None:
    """A file was read, or its text was dropped."""
    _enqueue(pages_with_document(document.pk))


def imported(sender, page_ids, **kwargs) -> None:
    """Many regulations were written at once, without publication signals: they are indexed in this transaction."""
    index_pages(page_ids)
    _tell_cluster()
    if needs_merge(store.active_index()):
        tasks.once(tasks.merge_segments)


def _targets(page: Page) -> list[int]:
    """Regulations whose status hangs on this page."""
    relations = RegulationRelation.objects.filter(source_id=page.pk, target__isnull=False)
    return list(relations.values_list("target_id", flat=True))
