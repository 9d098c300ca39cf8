"""The editors' vocabulary in the admin."""

from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

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


class SynonymViewSet(SnippetViewSet):
    """Words of the same meaning."""

    model = Synonym
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


class VocabularyGroup(SnippetViewSetGroup):
    """Both tables under one menu entry."""

    items = (AbbreviationViewSet, SynonymViewSet)
    menu_icon = "search"
    menu_label = "Kamus pencarian"
    menu_name = "kamus-pencarian"
    menu_order = 800


register_snippet(VocabularyGroup)


@hooks.register("register_permissions")
def vocabulary_permissions():
    """Let groups be given the right to keep the vocabulary."""
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(
        content_type__app_label="search", content_type__model__in=["abbreviation", "synonym"]
    )
