"""The list of pinned results in the admin, each office its own."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.models import Page

from common.visibility import public
from home.admin_base import AddRowView, OfficeRowAdmin, OfficeRowPermissionHelper
from home.scope import choosable_pages
from search.admin.access import kept_offices
from search.pins import MAX_WORDS, PinnedResult


class PinPermissionHelper(OfficeRowPermissionHelper):
    """Pins of the offices that the person writes for."""

    def in_scope(self, user, obj) -> bool:
        """Tell whether the pin is one of those."""
        return obj.office_id in {office.pk for office in kept_offices(user)}


class AddPinView(AddRowView):
    """The empty form, or one that the trial page has filled in: words, page, office."""

    def get_instance(self):
        """Take what the address proposes, as far as the person may choose it."""
        pin = super().get_instance()
        params = self.request.GET
        if pin.pk or self.request.method != "GET":
            return pin
        pin.words = params.get("kata", "").replace("\0", "")[:MAX_WORDS]
        kept = kept_offices(self.request.user)
        pin.office = next(
            (o for o in kept if o.kode_wilayah == params.get("kantor")), kept[0] if len(kept) == 1 else None
        )
        number = params.get("halaman", "")
        if number.isdecimal() and len(number) < 12:
            pin.page = choosable_pages(self.request.user, Page.objects.filter(pk=int(number))).first()
        return pin


class PinnedResultAdmin(OfficeRowAdmin):
    """Hasil pilihan."""

    model = PinnedResult
    menu_label = "Hasil pilihan"
    menu_icon = "thumbtack"
    add_to_admin_menu = False  # stands in the menu of search
    export_name = "hasil-pilihan"
    inspect_view_enabled = False
    permission_helper_class = PinPermissionHelper
    create_view_class = AddPinView
    list_display = ("words", "page", "order", "until", "shown", "office")
    list_select_related = ("office", "page")
    list_export = ("words", "page", "order", "until", "shown", "note", "office")
    search_fields = ("words", "page__title", "note")
    ordering = ("words", "order", "pk")
    narrowed_fields = {
        "office": lambda user, offices: offices.filter(pk__in=[office.pk for office in kept_offices(user)]),
        "page": choosable_pages,
    }
    panels = [
        HelpPanel(
            content="Halaman ini tampil paling atas bila pembaca mencari tepat kata-kata di bawah. Yang belum terbit "
            "atau tersaring tidak pernah tampil. Pilihan kantor teratas berlaku juga di kantor-kantor di bawahnya."
        ),
        FieldPanel("office"),
        FieldPanel("words"),
        FieldPanel("page"),
        FieldRowPanel([FieldPanel("order"), FieldPanel("until")]),
        FieldPanel("note"),
    ]

    def get_queryset(self, request):
        """Pins of the kept offices, and whether their pages are public, in one statement."""
        kept = [office.pk for office in kept_offices(request.user)]
        is_public = Exists(public(Page.objects.filter(pk=OuterRef("page_id"))).order_by())
        return self.model.objects.filter(office__in=kept).annotate(is_public=is_public)

    def shown(self, pin) -> str:
        """Whether readers see it now, and why not."""
        if pin.is_over:
            return "tidak: masa berlakunya lewat"
        return "ya" if pin.is_public else "tidak: halamannya belum terbuka untuk umum"

    shown.short_description = "tampil sekarang"
