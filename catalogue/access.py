"""How the catalogue uses files: which may be public with their page, and which never."""

from django.db.models import QuerySet

from catalogue.models import CatalogueFile, CataloguePage, ConsequenceTest, ExemptedInformationPage
from common.visibility import public


def publicly_used_documents() -> QuerySet:
    """Ids of documents attached to entries that the public may see now, of kinds whose files are public."""
    private_kinds = ExemptedInformationPage.objects.order_by().values("pk")
    pages = public(CataloguePage.objects.all()).exclude(pk__in=private_kinds).order_by().values("pk")
    return CatalogueFile.objects.filter(page__in=pages).order_by().values("document_id")


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
