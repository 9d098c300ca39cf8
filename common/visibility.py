"""The one rule of what the public may see now.

Every path to a page (listing, detail, search, count, facet, suggestion, feed, API, file) asks this rule; none has a
rule of its own.
"""

from django.db.models import Q
from django.utils import timezone
from wagtail.query import PageQuerySet


def public(pages: PageQuerySet) -> PageQuerySet:
    """Narrow a queryset of Wagtail pages (or of a page model) to what the public may see at this moment.

    A page is public when it is live, its expiry has not passed (also when the scheduler that unpublishes it is late)
    and neither it nor an ancestor carries a view restriction. Aliases and copies obey the same rule.
    """
    return pages.live().public().filter(Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now()))


def is_public(page) -> bool:
    """Tell whether the public may see this page (any Wagtail page) at this moment."""
    from wagtail.models import Page

    return public(Page.objects.filter(pk=page.pk)).exists()
