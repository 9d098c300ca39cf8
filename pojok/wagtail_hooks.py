"""What Wagtail's admin learns of this room: the way to the office's Pojok."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.dashboard import WRITERS
from home.scope import has_role, offices_of
from pojok.models import PojokPage


@hooks.register("register_admin_urls")
def admin_urls():
    """The way to the Pojok of whoever is signed in."""
    return [path("pojok/", to_pojok, name="eppid_pojok")]


def to_pojok(request: HttpRequest) -> HttpResponse:
    """Send the officer to the form of the office's Pojok; to the home page of the admin where there is none."""
    for office in offices_of(request.user):
        pojok = PojokPage.objects.child_of(office.home_page).first()
        if pojok is not None:
            return redirect("wagtailadmin_pages:edit", pojok.pk)
    return redirect("wagtailadmin_home")


class PojokItem(MenuItem):
    """The screen in the lobby."""

    def __init__(self):
        super().__init__(
            "Pojok Informasi", reverse("eppid_pojok"), name="pojok", icon_name="desktop", order=62
        )

    def is_shown(self, request):
        """For people who write for an office."""
        return bool(offices_of(request.user)) and has_role(request.user, *WRITERS)


hooks.register("register_admin_menu_item", PojokItem)
