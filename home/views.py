"""Error pages in the site's own frame."""

from django.shortcuts import render


def page_not_found(request, exception=None):
    """404: what happened and where to look instead."""
    return render(request, "404.html", status=404)


def server_error(request):
    """500: an apology that needs no database."""
    return render(request, "500.html", status=500)
