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


_data_addresses: list[Callable[..., str]] = []


def register_data_address(provider: Callable[..., str]) -> None:
    """Register `provider(page, request) -> str`: where a program finds the data of what `request` shows, or ""."""
    if provider not in _data_addresses:
        _data_addresses.append(provider)


def data_address(page, request) -> str:
    """Return the address of the JSON of a page (None for a view that is no page), or "" when there is none."""
    return next((address for provider in _data_addresses if (address := provider(page, request))), "")


_embed_addresses: list[Callable[..., str]] = []


def register_embed_address(provider: Callable[..., str]) -> None:
    """Register `provider(page, request) -> str`: the oEmbed address of what `request` shows, or ""."""
    if provider not in _embed_addresses:
        _embed_addresses.append(provider)


def embed_address(page, request) -> str:
    """Return where other sites learn how to embed a page (None for a view that is no page), "" if it cannot be."""
    return next((address for provider in _embed_addresses if (address := provider(page, request))), "")
