"""Rows of the catalogue that all offices share, as Wagtail's snippets."""

from wagtail.snippets.views.snippets import SnippetViewSet

from catalogue.models import InformationKind
from home.viewsets import SafeIndexView


class InformationKindViewSet(SnippetViewSet):
    """Kinds of information by which the DIP is grouped."""

    model = InformationKind
    icon = "tag"
    menu_label = "Jenis informasi"
    menu_order = 810
    add_to_admin_menu = True
    index_view_class = SafeIndexView
    list_display = ["name", "parent", "sort_order"]
    list_export = ["name", "parent", "sort_order"]
    search_fields = ["name"]
    ordering = ["sort_order", "name"]
