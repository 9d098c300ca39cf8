"""What the catalogue adds to an office's home page: the three classes and the newest publications."""

import datetime as dt

from catalogue.models import (
    CataloguePage,
    DIPEntryPage,
    DIPIndexPage,
    OpenDatasetPage,
    RegulationPage,
    ServiceReportPage,
)

NEWEST_ON_HOME_PAGE = 5
_FIGURES = (
    ("regulasi", RegulationPage),
    ("informasi publik dalam daftar", DIPEntryPage),
    ("laporan layanan", ServiceReportPage),
    ("kumpulan data terbuka", OpenDatasetPage),
)


def home_page_sections(home_page, request) -> dict:
    """Return `information_classes` (label, url, count, explanation) and `newest` (entries of any kind, regulations
    with their `status_code` as of today)."""
    dip = DIPIndexPage.objects.child_of(home_page).live().first()
    entries = (
        CataloguePage.objects.descendant_of(home_page).visible().with_files().order_by("-first_published_at")
    )
    newest = list(entries.specific()[:NEWEST_ON_HOME_PAGE])
    today = home_page.office.today() if home_page.office else dt.date.today()
    regulations = RegulationPage.objects.filter(pk__in=[entry.pk for entry in newest]).with_status(today)
    statuses = dict(regulations.values_list("pk", "status_code"))
    for entry in newest:
        entry.status_code = statuses.get(entry.pk, "")
    return {
        "information_classes": dip.class_counts() if dip else [],
        "newest": newest,
        "figures_title": "Isi situs ini",
        "figures": [{"label": label, "value": count} for label, count in public_counts(home_page)],
    }


def public_counts(home_page) -> list[tuple[str, int]]:
    """How many regulations, entries of the list, reports and datasets the public may see. Four queries."""
    return [(label, model.objects.descendant_of(home_page).visible().count()) for label, model in _FIGURES]
