"""How the shell uses files: procedures' files and the home page's video."""

from django.db.models import QuerySet

from common.visibility import public
from home.models import HomePage, SOPPage


def procedure_documents() -> QuerySet:
    """Ids of documents that public procedure pages show now."""
    return public(SOPPage.objects.exclude(document=None)).order_by().values("document_id")


def video_documents() -> QuerySet:
    """Ids of the videos that public home pages play now."""
    return public(HomePage.objects.exclude(video=None)).order_by().values("video_id")


def caption_documents() -> QuerySet:
    """Ids of the caption files of those videos."""
    return public(HomePage.objects.exclude(video_captions=None)).order_by().values("video_captions_id")
