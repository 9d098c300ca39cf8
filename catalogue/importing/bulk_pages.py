"""Many pages at once, with everything that Wagtail keeps beside a page.

`Page.add_child()` and `save_revision().publish()` cost some fifty queries a page and put two tasks a save in the
queue: five pages a second for an import of thousands. Here the same rows are written in bulk: path, depth and the
parent's child count (treebeard); slug, URL path, locale and translation key; a revision that the page points to as
its latest and live one; a line in the history; the reference index (what uses this file?) and the admin's own search.
tests/importing/test_bulk_pages.py holds these rows equal to those of pages made one by one.
"""

from collections.abc import Iterable, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db import connections, models, router, transaction
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from modelsearch.index import get_indexed_models
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends

from catalogue.importing.history import IMPORT_ACTION
from catalogue.models import CataloguePage


@transaction.atomic
def add_pages(parent: Page, pages: Sequence[CataloguePage], *, source: str = "", user=None) -> None:
    """Insert unsaved catalogue pages of one model below `parent`, live or as drafts as their `live` says.

    Child objects (files, relations) are those given to the pages' constructors; what they refer to must be saved.
    A slug that is taken gets a number. `source` and a page's `import_note` attribute, where it has one, go into the
    page's history. No signals are sent: callers tell `catalogue.signals.regulations_imported`.
    """
    if not pages:
        return
    model = type(pages[0])
    parent = Page.objects.select_for_update().get(pk=parent.pk)
    _fill_in(parent, pages, model)
    insert_rows(pages, model)
    Page.objects.filter(pk=parent.pk).update(numchild=models.F("numchild") + len(pages))
    _insert_children(pages, model)
    _add_revisions(pages, model, user)
    _add_history(pages, model, source, user)
    index_for_admin(model, pages)


def index_for_admin(model: type[models.Model], objects: Iterable[models.Model]) -> None:
    """Record what the objects refer to, and make them findable in Wagtail's own search, as their signals would."""
    objects = list(objects)
    if ReferenceIndex.is_indexed(model):
        for item in objects:
            ReferenceIndex.create_or_update_for_object(item)
    if model in get_indexed_models():
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(model, objects)


def child_objects(page: CataloguePage) -> Iterable[tuple[str, models.Model]]:
    """Yield (foreign key's name, child object) for every child object held by the page in memory."""
    for relation in get_all_child_relations(page):
        for child in getattr(page, relation.get_accessor_name()).all():
            yield relation.field.name, child


def _fill_in(parent: Page, pages: Sequence[CataloguePage], model: type[CataloguePage]) -> None:
    """Set the fields that Wagtail and treebeard derive, and those that the page derives itself."""
    last = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1).order_by("-path").first()
    step = int(last.path[-Page.steplen :], base=len(Page.alphabet)) if last else 0
    content_type, now = ContentType.objects.get_for_model(model), timezone.now()
    for page in pages:
        step += 1
        page.path = Page._get_path(parent.path, parent.depth + 1, step)
        page.depth, page.numchild = parent.depth + 1, 0
        page.content_type, page.locale_id, page.draft_title = content_type, parent.locale_id, page.title
        page.latest_revision_created_at = now
        page.has_unpublished_changes = not page.live
        page.first_published_at = page.last_published_at = now if page.live else None
    _give_slugs(parent, pages)
    for page in pages:
        page.derive_fields()


def _give_slugs(parent: Page, pages: Sequence[CataloguePage]) -> None:
    """Make the slugs unique below the parent: "uu-nomor-14-tahun-2008", then "uu-nomor-14-tahun-2008-2"."""
    wanted = {page.slug for page in pages}
    siblings = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
    taken = set(siblings.filter(slug__in=wanted).values_list("slug", flat=True))
    for page in pages:
        stem, number = page.slug, 2
        while page.slug in taken or (number > 2 and siblings.filter(slug=page.slug).exists()):
            page.slug = f"{stem}-{number}"
            number += 1
        taken.add(page.slug)
        page.set_url_path(parent)


def insert_rows(pages: Sequence[CataloguePage], model: type[CataloguePage]) -> None:
    """Insert one row a table of the inheritance chain, which Django's own bulk_create refuses to do."""
    chain = [
        Page,
        *(parent for parent in reversed(model._meta.get_parent_list()) if parent is not Page),
        model,
    ]
    names = [field.attname for field in Page._meta.concrete_fields]
    rows = Page.objects.bulk_create(Page(**{name: getattr(page, name) for name in names}) for page in pages)
    for page, row in zip(pages, rows, strict=True):
        for table in chain:
            setattr(page, table._meta.pk.attname, row.pk)
        page._state.adding, page._state.db = False, row._state.db
    using = router.db_for_write(model)
    for table in chain[1:]:
        fields = table._meta.local_concrete_fields
        size = connections[using].ops.bulk_batch_size(fields, pages)
        for start in range(0, len(pages), size):
            table._base_manager._insert(pages[start : start + size], fields=fields, using=using)


def _insert_children(pages: Sequence[CataloguePage], model: type[CataloguePage]) -> None:
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for page in pages:
        for key, child in child_objects(page):
            setattr(child, key, page)
            by_model.setdefault(type(child), []).append(child)
    for child_model, children in by_model.items():
        child_model._base_manager.bulk_create(children)


def _add_revisions(pages: Sequence[CataloguePage], model: type[CataloguePage], user) -> None:
    """Give every page the revision that its editor opens."""
    content_type, base_type = (
        ContentType.objects.get_for_model(model),
        ContentType.objects.get_for_model(Page),
    )
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=content_type,
            base_content_type=base_type,
            object_id=str(page.pk),
            created_at=page.latest_revision_created_at,
            user=user,
            object_str=str(page),
            content=page.serializable_data(),
        )
        for page in pages
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision_id = revision.pk
        page.live_revision_id = revision.pk if page.live else None
    ids = ("pk", "latest_revision_id", "live_revision_id")
    rows = [Page(**{name: getattr(page, name) for name in ids}) for page in pages]
    Page.objects.bulk_update(rows, ["latest_revision", "live_revision"])


def _add_history(pages: Sequence[CataloguePage], model: type[CataloguePage], source: str, user) -> None:
    content_type = ContentType.objects.get_for_model(model)
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page_id=page.pk,
            content_type=content_type,
            label=str(page),
            action=IMPORT_ACTION,
            timestamp=page.latest_revision_created_at,
            user=user,
            revision_id=page.latest_revision_id,
            content_changed=True,
            data={"source": source, "note": getattr(page, "import_note", "")},
        )
        for page in pages
    )
