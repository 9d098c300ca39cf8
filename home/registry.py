"""Places where higher rooms add to the shell without the shell knowing them."""

from collections.abc import Callable
from typing import Any

_home_page_providers: list[Callable[..., dict[str, Any]]] = []


def register_home_page_context(provider: Callable[..., dict[str, Any]]) -> None:
    """Register `provider(home_page, request) -> dict`, merged into the home page's template context."""
    if provider not in _home_page_providers:
        _home_page_providers.append(provider)


def home_page_context(home_page, request) -> dict[str, Any]:
    """Return the merged context of all registered providers for an office's home page."""
    context: dict[str, Any] = {}
    for provider in _home_page_providers:
        context.update(provider(home_page, request))
    return context
