"""What Wagtail's admin learns of this room: the vocabulary, pinned results, the search pages, the menu."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet, SnippetViewSetGroup
from wagtail_modeladmin.options import modeladmin_register

from home.dashboard import Figure, register_figures
from search.admin.access import may_see_health, may_view
from search.admin.index_health import HealthView, VocabularyView
from search.admin.pinned import PinnedResultAdmin
from search.admin.statistics import MarkView, NothingView, WordsView
from search.admin.trying import TryView
from search.admin.words import first_day, totals
from search.vocabulary import Abbreviation, Synonym


class AbbreviationViewSet(SnippetViewSet):
    """Abbreviations and their long forms."""

    model = Abbreviation
    icon = "tag"
    menu_label = "Singkatan"
    list_display = ["short", "long", "note"]
    list_per_page = 100
    search_fields = ["short", "long"]
    panels = [FieldRowPanel([FieldPanel("short"), FieldPanel("long")]), FieldPanel("note")]


class AddSynonymView(CreateView):
    """The empty form, or one with the word that a search found nothing for (`?kata=`)."""

    def get_initial_form_instance(self):
        """Take the word from the address."""
        word = self.request.GET.get("kata", "").replace("\0", "")[:120]
        return self.model(words=f"{word}, ") if word and self.request.method == "GET" else None


class SynonymViewSet(SnippetViewSet):
    """Words of the same meaning."""

    model = Synonym
    add_view_class = AddSynonymView
    icon = "list-ul"
    menu_label = "Sinonim"
    list_display = ["words", "one_way", "weight"]
    list_per_page = 100
    search_fields = ["words"]
    panels = [
        FieldPanel("words"),
        FieldRowPanel([FieldPanel("one_way"), FieldPanel("weight")]),
        FieldPanel("note"),
    ]


class _TabItem(MenuItem):
    """A menu entry of a search page, for whom the page is for."""

    def __init__(self, label: str, url_name: str, icon_name: str, allowed=may_view):
        super().__init__(label, reverse(url_name), name=url_name, icon_name=icon_name)
        self._allowed = allowed

    def is_shown(self, request):
        """Ask the page's own rule."""
        return self._allowed(request.user)


class SearchGroup(SnippetViewSetGroup):
    """Pencarian situs: trying it, its numbers, and the tables that the editors keep."""

    items = (AbbreviationViewSet, SynonymViewSet)
    menu_icon = "search"
    menu_label = "Pencarian situs"
    menu_name = "pencarian-situs"
    menu_order = 790

    def get_submenu_items(self):
        """The pages first, then pinned results and the vocabulary."""
        items = [
            _TabItem("Uji pencarian", "eppid_search_try", "search"),
            _TabItem("Kata terbanyak", "eppid_search_words", "order-down"),
            _TabItem("Tanpa hasil", "eppid_search_nothing", "circle-xmark"),
            PinnedResultAdmin().get_menu_item(),
            *super().get_submenu_items(),
            _TabItem("Kesehatan indeks", "eppid_search_health", "info-circle", may_see_health),
        ]
        for place, item in enumerate(items):
            item.order = place
        return items


register_snippet(SearchGroup)
modeladmin_register(PinnedResultAdmin)


@hooks.register("register_admin_urls")
def admin_urls():
    """The search pages."""
    return [
        path("pencarian/", TryView.as_view(), name="eppid_search_try"),
        path("pencarian/kata/", WordsView.as_view(), name="eppid_search_words"),
        path("pencarian/tanpa-hasil/", NothingView.as_view(), name="eppid_search_nothing"),
        path("pencarian/tanpa-hasil/tandai/", MarkView.as_view(), name="eppid_search_mark"),
        path("pencarian/kamus/", VocabularyView.as_view(), name="eppid_search_vocabulary"),
        path("pencarian/kesehatan/", HealthView.as_view(), name="eppid_search_health"),
    ]


def search_figures(user, offices) -> list[Figure]:
    """Searches of the last seven days that found nothing, for those who may read which."""
    if not may_view(user):
        return []
    ids = None if user.is_superuser else [office.pk for office in offices]
    return [
        Figure(
            "pencarian tanpa hasil minggu ini",
            totals(ids, first_day(7)).without,
            f"{reverse('eppid_search_nothing')}?hari=7",
        )
    ]


register_figures(search_figures)


@hooks.register("register_permissions")
def vocabulary_permissions():
    """Let groups be given the right to keep the vocabulary."""
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(
        content_type__app_label="search", content_type__model__in=["abbreviation", "synonym"]
    )
