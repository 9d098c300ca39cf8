"""What the catalogue adds to an office's home page: the three classes and the newest publications."""

from catalogue.models import CataloguePage, DIPIndexPage

NEWEST_ON_HOME_PAGE = 5


def home_page_sections(home_page, request) -> dict:
    """Return `information_classes` (label, url, count, explanation) and `newest` (entries of any kind)."""
    dip = DIPIndexPage.objects.child_of(home_page).live().first()
    newest = CataloguePage.objects.descendant_of(home_page).visible().with_files().order_by("-first_published_at")
    return {
        "information_classes": dip.class_counts() if dip else [],
        "newest": newest.specific()[:NEWEST_ON_HOME_PAGE],
    }
