"""What must be there before an entry is submitted, approved, or published."""

from wagtail.models import Page

from catalogue.models.base import CataloguePage, MissingItem


def submission_obstacles(page: Page) -> list[MissingItem]:
    """Return what keeps a page from being submitted to moderation (empty when nothing does).

    `page` is the specific page with the values to submit. Pages outside the catalogue have no checklist.
    """
    return [*page.missing_metadata(), *_quarantined_files(page)] if isinstance(page, CataloguePage) else []


def _quarantined_files(page: CataloguePage) -> list[MissingItem]:
    documents = [attached.document for attached in page.files.all() if attached.document_id]
    return [
        MissingItem(
            "files", f"Berkas “{document.title}” dikarantina. {document.scan_reason} Ganti berkasnya."
        )
        for document in documents
        if document.is_quarantined
    ]


def publication_obstacles(page: Page) -> list[MissingItem]:
    """Return what keeps a page from going live: the checklist, and for exempted entries the test and the decision."""
    obstacles = submission_obstacles(page)
    if hasattr(page, "exemption_gaps"):
        obstacles += page.exemption_gaps()
    return obstacles
