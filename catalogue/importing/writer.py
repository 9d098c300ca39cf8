"""Turns records into regulation pages, a batch at a time: each batch is there whole or not at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.files import File
from django.db import transaction
from django.utils.html import format_html, format_html_join
from django.utils.text import slugify
from wagtail.models import Page

from catalogue.enums import FileRole
from catalogue.importing.bulk_pages import add_pages
from catalogue.importing.linking import Key, find_regulations
from catalogue.importing.records import Outcome, RegulationRecord, SourceError, SourceFile
from catalogue.importing.relations import TitleRelation, relations_from_title
from catalogue.importing.text_documents import create_text_documents
from catalogue.models import CatalogueFile, RegulationIndexPage, RegulationPage, RegulationRelation
from catalogue.signals import regulations_imported
from documents.models import OfficeDocument
from home.models import Office

TEXT_LABEL = "Teks lengkap"


@dataclass(frozen=True)
class Result:
    """What became of a record, and the page that now holds it (None when it was refused)."""

    record: RegulationRecord
    outcome: Outcome
    page_id: int | None = None
    note: str = ""


class RegulationWriter:
    """Writes records below an office's regulation list.

    `source` is how a page's history names its origin; with `as_draft` nothing is published.
    """

    def __init__(self, office: Office, source: str, as_draft: bool = False):
        self.office, self.source, self.as_draft = office, source, as_draft
        parent = RegulationIndexPage.objects.descendant_of(office.site.root_page).first()
        if parent is None:
            raise SourceError(
                f"{office.name} belum punya halaman daftar regulasi. Lengkapi dengan: manage.py add_office"
            )
        self.parent = parent

    @transaction.atomic
    def write(self, records: Sequence[RegulationRecord]) -> list[Result]:
        """Write one batch and return what became of each record, in order.

        A record whose `source_id` is there already is left alone; one whose number is there already (entered by hand,
        or from another source) is merged into that page; the others become pages.
        """
        Page.objects.select_for_update().get(pk=self.parent.pk)  # two imports at once take turns
        ids = [record.source_id for record in records]
        known = dict(self._children().filter(sumber_id__in=ids).values_list("sumber_id", "pk"))
        pages = {record.source_id: self._page(record) for record in records if record.source_id not in known}
        numbered = find_regulations(self.parent, [_key(page) for page in pages.values() if page.nomor])
        results: dict[str, Result] = {}
        new: dict[str, tuple[RegulationRecord, RegulationPage]] = {}
        seen: dict[Key, str] = {}
        for record in records:
            if record.source_id in known:
                results[record.source_id] = Result(record, Outcome.KNOWN, known[record.source_id])
                continue
            page = pages[record.source_id]
            key = _key(page)
            if page.nomor and key in numbered:
                results[record.source_id] = self._merge(record, numbered[key])
                continue
            if page.nomor and key in seen:
                note = f"Nomor yang sama baru saja dimuat dari {seen[key]}; isinya tidak dimuat lagi."
                results[record.source_id] = Result(record, Outcome.MERGED, note=note)
                continue
            if record.only_attach:
                page.nomor, page.live = "", False
            else:
                seen[key] = record.source_id
            new[record.source_id] = (record, page)
        self._add(list(new.values()))
        for source_id, (record, page) in new.items():
            outcome = Outcome.CREATED if page.live else Outcome.DRAFTED
            results[source_id] = Result(record, outcome, page.pk, record.note)
        return [results[record.source_id] for record in records]

    def _children(self):
        return RegulationPage.objects.child_of(self.parent)

    def _page(self, record: RegulationRecord) -> RegulationPage:
        page = RegulationPage(
            title=record.title[:255],
            slug=(slugify(record.title)[:200] or "peraturan"),
            jenis=record.jenis,
            nomor=record.nomor,
            tahun=record.tahun,
            tentang=record.tentang,
            sumber_id=record.source_id,
            catatan=links_as_note(record),
            live=record.live and not self.as_draft,
            **record.fields,
        )
        page.import_note = record.note
        page.apply_number()
        return page

    def _add(self, new: list[tuple[RegulationRecord, RegulationPage]]) -> None:
        """Insert the new pages with their documents and relations, and tell who keeps copies."""
        if not new:
            return
        files = self._files([record for record, _ in new])
        told = {page.sumber_id: list(_told_by(page)) for _, page in new}
        targets = find_regulations(
            self.parent, [(t.jenis, t.nomor_kunci) for rows in told.values() for t in rows]
        )
        pages = []
        for record, page in new:
            page.files = files[record.source_id]
            page.relations = [
                RegulationRelation(
                    sort_order=order,
                    jenis=relation.kind,
                    target_id=targets.get((relation.jenis, relation.nomor_kunci)),
                    target_text=relation.text,
                )
                for order, relation in enumerate(told[page.sumber_id])
            ]
            pages.append(page)
        add_pages(self.parent, pages, source=self.source)
        touched = {page.pk for page in pages} | set(targets.values())
        regulations_imported.send(RegulationPage, page_ids=sorted(touched))

    def _files(self, records: list[RegulationRecord]) -> dict[str, list[CatalogueFile]]:
        """The files of each record by its source id: its text, then what it uploads, stored as documents."""
        with_text = [record for record in records if record.text.strip()]
        documents = create_text_documents(
            [
                (r.source_id, f"{r.title} tentang {r.tentang}" if r.tentang else r.title, r.text)
                for r in with_text
            ],
            self.office.collection,
        )
        files: dict[str, list[CatalogueFile]] = {record.source_id: [] for record in records}
        for record, document in zip(with_text, documents, strict=True):
            files[record.source_id].append(
                CatalogueFile(document=document, role=FileRole.MAIN, label=TEXT_LABEL)
            )
        for record in records:
            files[record.source_id] += [self._upload(record, file) for file in record.files]
        for members in files.values():
            for order, file in enumerate(members):
                file.sort_order = order
        return files

    def _upload(self, record: RegulationRecord, file: SourceFile) -> CatalogueFile:
        """Store a file as a document; saving it puts its reading in the queue."""
        title = f"{record.title}: {file.label}" if file.label else record.title
        document = OfficeDocument(title=title[:255], collection=self.office.collection)
        with file.path.open("rb") as content:
            document.file = File(content, name=file.path.name)
            document.save()
        return CatalogueFile(document=document, role=file.role, label=file.label[:160])

    def _merge(self, record: RegulationRecord, page_id: int) -> Result:
        """Give what the record has and the page lacks to a page that carries the number already.

        Only a published page without open changes is touched: what an officer is working on stays as it is.
        """
        page = RegulationPage.objects.get(pk=page_id)
        same = f"Nomornya sudah ada: {page.title}"
        outcome = Outcome.ATTACHED if record.only_attach else Outcome.MERGED
        if not page.live or page.has_unpublished_changes:
            return Result(record, outcome, page_id, f"{same}, sedang disunting; tidak diubah.")
        changed = False
        if record.text.strip() or record.files:
            if page.files.exists():
                same += " dan sudah berberkas; berkas dari sumber ini tidak dimuat"
            else:
                page.files.add(*self._files([record])[record.source_id])
                changed = True
        note = links_as_note(record, page.catatan)
        if note:
            page.catatan += note
            changed = True
        if not page.sumber_id and not record.only_attach:
            page.sumber_id = record.source_id
            changed = True
        if changed:
            page.save_revision(log_action="wagtail.edit").publish()
            regulations_imported.send(RegulationPage, page_ids=[page.pk])
        return Result(record, outcome, page_id, f"{same}.")


def links_as_note(record: RegulationRecord, already: str = "") -> str:
    """The record's links as rich text for the page's notes, those left out that `already` holds."""
    links = [
        (link.url, link.label) for link in record.links if str(format_html('"{}"', link.url)) not in already
    ]
    if not links:
        return ""
    items = format_html_join("", '<li><a href="{}">{}</a></li>', links)
    return str(format_html("<p>Berkas pada situs sumber:</p><ul>{}</ul>", items))


def _key(page: RegulationPage) -> Key:
    return page.jenis, page.nomor_kunci


def _told_by(page: RegulationPage) -> Iterator[TitleRelation]:
    """The relations that the page's title tells; a record without a number tells none, its title is in doubt."""
    if page.nomor:
        yield from relations_from_title(page.tentang, page.jenis, page.tahun, page.nomor_kunci)
