"""The trial site of `bench/search.py`: all laws as pages, and copies of them in database and index."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from django.core.management import call_command
from django.test import override_settings
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from catalogue.importing.bulk_pages import insert_rows
from catalogue.models import RegulationIndexPage, RegulationPage
from common import planner
from home.models import Office
from search.changes import IndexChange
from search.engines.elastic import administration, connection
from search.engines.elastic.documents import document_of
from search.engines.elastic.writing import write
from search.engines.embedded import store
from search.engines.embedded.merging import merge_small
from search.indexing import records_of

COPY = "salinan-"


def prepare(corpus: str, largest: int) -> tuple[list[int], list[int]]:
    """Bring the database to at least ``largest`` public regulations; returns (page ids of the laws, of the copies)."""
    call_command("migrate", verbosity=0)
    if not Office.objects.exists():
        call_command("load_demo", verbosity=0)
    if _originals().count() < 1000:
        with without_cluster():
            call_command("import_regulations", corpus)
    have = RegulationPage.objects.count()
    if have < largest:
        _copy(list(_originals().order_by("pk")), largest - have)
    _nothing_left_to_do()
    copies = RegulationPage.objects.filter(slug__startswith=COPY).order_by("pk")
    return list(_originals().order_by("pk").values_list("pk", flat=True)), list(
        copies.values_list("pk", flat=True)
    )


def _nothing_left_to_do() -> None:
    """As if workers had done what the import left them: it is not what is measured."""
    planner.refresh()
    merge_small(store.active_index())
    DBTaskResult.objects.all().delete()
    IndexChange.objects.all().delete()


def without_cluster():
    """As if ELASTICSEARCH_URL were not set."""
    return override_settings(ELASTICSEARCH_HOSTS=[])


def _originals():
    return RegulationPage.objects.exclude(slug__startswith=COPY)


def _copy(originals: list[RegulationPage], count: int) -> None:
    parent = RegulationIndexPage.objects.first()
    start = int(Page.objects.child_of(parent).order_by("-path").first().path[-4:], base=36)
    key = Page.objects.order_by("-pk").first().pk
    source = itertools.cycle(originals)
    made: list[RegulationPage] = []
    for number in range(1, count + 1):
        original = next(source)
        copy = RegulationPage()
        for field in RegulationPage._meta.concrete_fields:
            if not field.primary_key:
                setattr(copy, field.attname, getattr(original, field.attname))
        copy.pk = copy.id = copy.page_ptr_id = copy.cataloguepage_ptr_id = key + number
        copy.path = Page._get_path(parent.path, parent.depth + 1, start + number)
        copy.slug = f"{COPY}{key + number}"
        copy.url_path = f"{parent.url_path}{copy.slug}/"
        copy.translation_key = original.translation_key.__class__(int=(1 << 120) + key + number)
        copy.latest_revision_id = copy.live_revision_id = None
        copy.sumber_id = ""
        made.append(copy)
        if len(made) == 2000 or number == count:
            insert_rows(made, RegulationPage)
            made = []


def documents(originals: list[int], copies: list[int], passages: int) -> Iterator[dict]:
    """Documents of the pages: laws whole, copies with the first passages of one of the laws."""
    short: list[dict] = []
    for record in records_of(originals):
        document = document_of(record)
        yield document
        if copies:
            short.append({**document, "passages": document["passages"][:passages]})
    for pk, document in zip(copies, itertools.cycle(short), strict=False):
        yield {**document, "page_id": pk, "external_id": str(pk)}


def build(documents: Iterable[dict]) -> None:
    """An index of these documents behind the site's alias, instead of the one before."""
    administration.drop(connection.alias())
    administration.create(connection.alias())
    write(connection.alias(), map(action, documents), refresh=True)
    settle()


def action(document: dict) -> dict:
    """The bulk action of a document."""
    key = {"_id": str(document["page_id"]), "version": 1, "version_type": "external_gte"}
    return {"_op_type": "index", "_source": document, **key}


def settle() -> None:
    """Let the node finish merging, so that no measurement runs beside it."""
    with connection.reaching() as client:
        patient = client.options(request_timeout=900)
        patient.indices.forcemerge(index=connection.alias(), max_num_segments=5)
        client.indices.refresh(index=connection.alias())
