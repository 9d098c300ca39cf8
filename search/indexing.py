"""From pages to records: one adapter a page model, and the ways into the index.

Only what the public may see now becomes a record. Files of exempted entries never do, nor does any document that the
documents room keeps private.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.db.models import Model
from wagtail.models import Page

from common.visibility import public
from documents.access import public_among
from documents.models import DocumentPage, OfficeDocument
from home.models import Office
from search.engines.elastic import syncing
from search.engines.embedded.engine import EmbeddedEngine
from search.records import IndexRecord, PageText

BATCH = 100
PAGES_AT_ONCE = 200  # of files' texts in memory, unless one file has more

#: Page model -> adapter(page, context) -> record. Filled by `search.adapters`.
_adapters: dict[type[Model], Callable[..., IndexRecord]] = {}
_readers: dict[type[Model], Callable[[list], None]] = {}


def adapter(model: type[Model], read: Callable[[list], None] | None = None):
    """Register the decorated function as the adapter of a page model; ``read`` fetches at once what it will ask of a
    list of pages one by one."""

    def register(function):
        _adapters[model] = function
        if read is not None:
            _readers[model] = read
        return function

    return register


def indexed_models() -> list[type[Model]]:
    """Page models that are searched."""
    return list(_adapters)


class Context:
    """What adapters of one batch share: offices by tree, public documents, page texts on demand."""

    def __init__(self, pages: Sequence[Page]):
        self._offices = [
            (office, office.site.root_page.path)
            for office in Office.objects.select_related("site__root_page")
        ]
        ids = {file.document_id for page in pages for file in _files(page)}
        ids |= {page.document_id for page in pages if getattr(page, "document_id", None)}
        self.documents: dict[int, OfficeDocument] = (
            OfficeDocument.objects.in_bulk(public_among(ids)) if ids else {}
        )
        self._texts = _Texts(self.documents.values())

    def office(self, page: Page) -> Office | None:
        """The office in whose tree the page stands (the nearest)."""
        holders = [(office, path) for office, path in self._offices if page.path.startswith(path)]
        return max(holders, key=lambda pair: len(pair[1]), default=(None, ""))[0]

    def public(self, documents: Iterable[OfficeDocument | None]) -> list[OfficeDocument]:
        """Those of the documents that the public may open, each once."""
        return list({d.pk: self.documents[d.pk] for d in documents if d and d.pk in self.documents}.values())

    def file_fields(self, files: Iterable[OfficeDocument | None]) -> dict:
        """The record's fields about its files, of those that the public may open."""
        documents = self.public(files)
        main = documents[0] if documents else None
        return {
            "texts": self._texts.of([document.pk for document in documents]),
            "text_key": ";".join(f"{d.pk}:{d.sha256}:{d.extraction_state}:{d.part_count}" for d in documents),
            "formats": tuple(document.kind.name for document in documents if document.kind),
            "file_size": main.get_file_size() if main else None,
            "file_pages": main.page_count if main else None,
            "ocr_doubt": any(document.text_is_incomplete for document in documents),
        }


class _Texts:
    """Texts of many files: of short ones a group is read at once, a long one is read while it is used up."""

    def __init__(self, documents: Iterable[OfficeDocument]):
        self._group: dict[int, list[int]] = {}
        self._read: dict[int, list[PageText]] = {}
        group, pages = [], 0
        for document in documents:
            count = document.part_count or 0
            if count > PAGES_AT_ONCE:
                continue
            if pages + count > PAGES_AT_ONCE:
                group, pages = [], 0
            group.append(document.pk)
            pages += count
            self._group[document.pk] = group

    def of(self, documents: Sequence[int]) -> Iterator[PageText]:
        """The pages of some files, in order."""
        for document in documents:
            if document not in self._group:
                yield from _page_texts([document])
                continue
            if document not in self._read:
                self._read = {pk: [] for pk in self._group[document]}
                for page in _page_texts(self._group[document]):
                    self._read[page.document_id].append(page)
            yield from self._read[document]


def _page_texts(documents: Sequence[int]) -> Iterator[PageText]:
    pages = DocumentPage.objects.filter(document_id__in=documents).exclude(text="")
    rows = pages.order_by("document_id", "number")
    for row in rows.values_list("text", "document_id", "number", "label", "doubt").iterator(chunk_size=200):
        yield PageText(*row)


def _files(page: Page) -> list:
    return list(page.attached_files) if hasattr(page, "attached_files") else []


def records_of(page_ids: Sequence[int]) -> Iterator[IndexRecord]:
    """Records of those of the pages that the public may see now and that are searched. Memory: one batch."""
    for start in range(0, len(page_ids), BATCH):
        chunk = page_ids[start : start + BATCH]
        kinds: dict[type[Model], list[int]] = defaultdict(list)
        for page in public(Page.objects.filter(pk__in=chunk)).select_related("content_type"):
            model = page.specific_class
            if model in _adapters:
                kinds[model].append(page.pk)
        for model, ids in kinds.items():
            yield from _records(model, ids)


def _records(model: type[Model], ids: list[int]) -> Iterator[IndexRecord]:
    pages = model.objects.filter(pk__in=ids)
    if any(field.name == "unit_kerja" for field in model._meta.get_fields()):
        pages = pages.prefetch_related("files__document")
    pages = list(pages)
    if model in _readers:
        _readers[model](pages)
    context = Context(pages)
    for page in pages:
        yield _adapters[model](page, context)


def index_pages(page_ids: Sequence[int], *, hidden: bool = False) -> int:
    """Bring the embedded index in line with what these pages are now: written when public, taken out when not.

    The cluster's turn is noted in the same transaction; with ``hidden`` it leaves the pages out of its answers until
    it has caught up. Idempotent, and independent of the order in which changes are told: only the present state
    counts.
    """
    page_ids = list(dict.fromkeys(page_ids))
    present = set(public(Page.objects.filter(pk__in=page_ids)).values_list("pk", flat=True))
    gone = [pk for pk in page_ids if pk not in present]
    syncing.mark(page_ids, hidden=hidden)
    target = EmbeddedEngine()
    if gone:
        target.remove(gone)
    return target.index(records_of([pk for pk in page_ids if pk in present])) if present else 0


def searched_page_ids() -> Iterator[int]:
    """Primary keys of all pages that belong into the index now."""
    for model in indexed_models():
        yield from public(model.objects.all()).order_by("pk").values_list("pk", flat=True).iterator()


def pages_with_document(*documents: int) -> list[int]:
    """Primary keys of searched pages that show any of the documents (primary keys)."""
    found: list[int] = []
    for model in indexed_models():
        names = {field.name for field in model._meta.get_fields()}
        if "document" in names:
            found += model.objects.filter(document_id__in=documents).values_list("pk", flat=True)
        if "files" in names:
            found += model.objects.filter(files__document_id__in=documents).values_list("pk", flat=True)
    return list(dict.fromkeys(found))


def remove_pages(page_ids: Sequence[int]) -> None:
    """Take pages out of every answer at once, whatever they are now."""
    syncing.mark(page_ids, hidden=True)
    EmbeddedEngine().remove(page_ids)
