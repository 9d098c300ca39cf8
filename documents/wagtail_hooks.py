"""What Wagtail's admin learns of this room."""

from django.http import Http404
from django.shortcuts import redirect
from wagtail import hooks

from documents import access
from documents.verification import admin_hooks  # noqa: F401  (registers its own)


@hooks.register("before_serve_document", order=-1)
def serve_by_the_one_rule(document, request):
    """Send Wagtail's own address of a file to ours, for those who may see it; for all others there is nothing."""
    if not access.may_read(request.user, document):
        raise Http404
    return redirect(document.url)
