"""What the page tree learns of the one rule of visibility."""

from django.http import Http404
from django.utils import timezone
from wagtail import hooks


@hooks.register("before_serve_page")
def refuse_expired(page, request, serve_args, serve_kwargs):
    """A page whose expiry has passed is not there, also while the scheduler that unpublishes it is late.

    Wagtail itself asks for liveness and view restrictions (`common.visibility.public` states all three).
    """
    if page.expire_at is not None and page.expire_at <= timezone.now():
        raise Http404
