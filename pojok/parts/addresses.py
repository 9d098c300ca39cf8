"""Addresses of what parts show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from home.models import Office


def path_of(page: Page, office: Office) -> str:
    """The page's path on its office's site, without a query (the site's root page is at hand)."""
    return "/" + page.url_path.removeprefix(office.home_page.url_path)


def absolute(data: Any, request: HttpRequest) -> Any:
    """The data of a part with every address (`url` and keys that end in `_url`) made absolute for this visitor."""
    if isinstance(data, Mapping):
        return {
            key: request.build_absolute_uri(value)
            if isinstance(value, str) and value and (key == "url" or key.endswith("_url"))
            else absolute(value, request)
            for key, value in data.items()
        }
    return [absolute(item, request) for item in data] if isinstance(data, list) else data
