"""How the catalogue uses files: which may be public with their page, and which never."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Revision, WorkflowState

from catalogue.models import CatalogueFile, CataloguePage, ConsequenceTest, ExemptedInformationPage
from common.visibility import Visibility, public
from documents.models import OfficeDocument


def publicly_used_documents() -> QuerySet:
    """Ids of documents attached to entries that the public may see now, of kinds whose files are public."""
    private_kinds = ExemptedInformationPage.objects.order_by().values("pk")
    # Asked page by page of the files concerned: a list of all public pages takes long where there are many.
    page = public(CataloguePage.objects.filter(pk=OuterRef("page_id"))).exclude(pk__in=private_kinds)
    return CatalogueFile.objects.filter(Exists(page.order_by())).order_by().values("document_id")


def publicly_used_among(ids: Collection[int]) -> set[int]:
    """Those of the documents that :func:`publicly_used_documents` names: the same rule in one simple query."""
    visibility = Visibility()
    rows = (
        CatalogueFile.objects.filter(document_id__in=ids)
        .order_by()
        .values_list(
            "document_id",
            "page__exemptedinformationpage__pk",
            "page__live",
            "page__expire_at",
            "page__path",
        )
    )
    return {document for document, exempted, *row in rows if not exempted and visibility.shows(*row)}


def exempted_documents() -> QuerySet:
    """Ids of the documents of exempted entries, in whatever state of publication; they are never public."""
    return ExemptedInformationPage.objects.exclude(dokumen_induk=None).order_by().values("dokumen_induk_id")


def files_of_exempted_entries() -> QuerySet:
    """Ids of documents attached to exempted entries, in whatever state of publication; they are never public."""
    entries = ExemptedInformationPage.objects.order_by().values("pk")
    return CatalogueFile.objects.filter(page__in=entries).order_by().values("document_id")


def consequence_test_sheets() -> QuerySet:
    """Ids of the sheets of consequence tests; they are never public."""
    return ConsequenceTest.objects.exclude(lembar_pengujian=None).order_by().values("lembar_pengujian_id")


def consequence_test_minutes() -> QuerySet:
    """Ids of the minutes of consequence tests; they are never public."""
    return ConsequenceTest.objects.exclude(berita_acara=None).order_by().values("berita_acara_id")


#: Where a version of a page names its documents: a field, or rows of a child relation with a `document`.
_DOCUMENT_FIELDS = ("document", "dokumen_induk", "video", "video_captions")


def documents_under_decision() -> QuerySet:
    """Documents of versions that are under review, or approved and scheduled."""
    versions = Revision.objects.filter(
        Q(task_states__workflow_state__status=WorkflowState.STATUS_IN_PROGRESS)
        | Q(approved_go_live_at__isnull=False)
    )
    ids = set()
    for content in versions.values_list("content", flat=True):
        ids |= {content.get(name) for name in _DOCUMENT_FIELDS}
        ids |= {row.get("document") for row in content.get("files", [])}
    return OfficeDocument.objects.filter(pk__in=ids - {None})
