"""Ways to follow a search, for the results page."""

from django import template

from search.feeds import feed_url
from search.following import describe
from search.subscriptions.forms import SubscribeForm
from search.subscriptions.signup import letters_can_be_sent

register = template.Library()


@register.filter
def umpan(query, kind: str = "atom") -> str:
    """Path of the search's feed; `kind` atom or rss."""
    return feed_url(query, kind)


@register.simple_tag
def formulir_langganan(query, office) -> SubscribeForm | None:
    """The empty form by which to follow a search; None where no letter can be sent."""
    return SubscribeForm(query) if office and letters_can_be_sent() else None


@register.filter
def dalam_kata(query) -> str:
    """The search in words."""
    return describe(query)
