"""Ties the relations of regulations to their targets, whichever of the two was imported first."""

from collections import defaultdict
from collections.abc import Iterable

from wagtail.models import Page, ReferenceIndex, Revision

from catalogue.importing.relations import citation_key
from catalogue.models import RegulationPage, RegulationRelation
from common.citations import find_citations

Key = tuple[str, str]
"""Type and comparable number of a regulation: ("uu", "14/2008")."""


def find_regulations(parent: Page, keys: Iterable[Key]) -> dict[Key, int]:
    """Return the page ids of the regulations below `parent` that carry these numbers (drafts too, oldest first)."""
    wanted = set(keys)
    rows = (
        RegulationPage.objects.child_of(parent)
        .filter(nomor_kunci__in={number for _, number in wanted})
        .order_by("-pk")
        .values_list("jenis", "nomor_kunci", "pk")
    )
    return {(jenis, number): pk for jenis, number, pk in rows if (jenis, number) in wanted}


def link_pending_relations(parent: Page) -> list[int]:
    """Link the relations below `parent` whose target is named and has come meanwhile.

    Returns the ids of the pages concerned on both sides; an empty list when there was nothing to link.
    """
    pending = RegulationRelation.objects.filter(
        source__in=RegulationPage.objects.child_of(parent), target=None
    )
    keys = {relation.pk: key for relation in pending.iterator() if (key := _named(relation.target_text))}
    if not keys:
        return []
    targets = find_regulations(parent, keys.values())
    found = {pk: targets[key] for pk, key in keys.items() if key in targets}
    relations = [
        relation for relation in pending.filter(pk__in=found) if found[relation.pk] != relation.source_id
    ]
    for relation in relations:
        relation.target_id = found[relation.pk]
    RegulationRelation.objects.bulk_update(relations, ["target"], batch_size=200)
    _tell_revisions(relations)
    for page in RegulationPage.objects.filter(pk__in={relation.source_id for relation in relations}):
        ReferenceIndex.create_or_update_for_object(page)
    return sorted({pk for relation in relations for pk in (relation.source_id, relation.target_id)})


def _named(text: str) -> Key | None:
    """The regulation that a relation names in words, or None when it names none with number and year."""
    for citation in find_citations(text):
        if citation.is_complete and citation.jenis:
            return citation.jenis, citation_key(citation)
    return None


def _tell_revisions(relations: Iterable[RegulationRelation]) -> None:
    """Write the links into the revisions that editors open; else the next publication would undo them."""
    links: dict[int, dict[int, int]] = defaultdict(dict)
    for relation in relations:
        links[relation.source_id][relation.pk] = relation.target_id
    pages = Page.objects.filter(pk__in=links).values_list("latest_revision_id", "live_revision_id")
    revisions = Revision.objects.filter(pk__in={pk for pair in pages for pk in pair if pk})
    changed = []
    for revision in revisions.iterator():
        targets = links[int(revision.object_id)]
        rows = [
            row for row in revision.content.get("relations", ()) if row["pk"] in targets and not row["target"]
        ]
        for row in rows:
            row["target"] = targets[row["pk"]]
        if rows:
            changed.append(revision)
    Revision.objects.bulk_update(changed, ["content"], batch_size=100)
