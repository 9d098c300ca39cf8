"""Rows that all offices share, as Wagtail's snippets: changed at the topmost office of an installation."""

from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from home.exports import SafeSpreadsheetMixin
from home.models import GlossaryTerm


class SafeIndexView(SafeSpreadsheetMixin, IndexView):
    """A list of snippets whose exports run nothing."""


class GlossaryTermViewSet(SnippetViewSet):
    """Terms that public pages explain where they stand."""

    model = GlossaryTerm
    icon = "openquote"
    menu_label = "Istilah"
    menu_order = 820
    add_to_admin_menu = True
    index_view_class = SafeIndexView
    list_display = ["term", "explanation", "legal_basis"]
    list_export = ["term", "variants", "explanation", "legal_basis"]
    search_fields = ["term", "variants", "explanation"]
    ordering = ["term"]
