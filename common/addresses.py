"""Paths by their names, remembered: a list of hits asks for dozens of them, mostly the same ones again."""

from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse


def path_named(name: str, *args: str | int) -> str:
    """Return the path that `reverse` gives for `name` and `args`."""
    return _path_named(name, args, get_script_prefix(), get_urlconf())


@lru_cache(maxsize=20_000)
def _path_named(name: str, args: tuple, _prefix: str, urlconf: str | None) -> str:
    return reverse(name, args=args, urlconf=urlconf)
