"""What every public page's frame needs: the office, its menu, running banners."""

from django.utils.functional import SimpleLazyObject

from home.models import AnnouncementPage, Office
from home.navigation import main_menu


def shell(request) -> dict:
    """Return `office`, `opening`, `menu` and `banners`, each looked up only when a template reads it."""
    office = SimpleLazyObject(lambda: Office.objects.for_request(request))

    def opening():
        return office.opening_state() if office else None

    def banners():
        return list(AnnouncementPage.running_banners(office.home_page)[:3]) if office else []

    return {
        "office": office,
        "opening": SimpleLazyObject(opening),
        "menu": SimpleLazyObject(lambda: main_menu(request)),
        "banners": SimpleLazyObject(banners),
    }
