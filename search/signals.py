"""What this room tells the rooms above."""

from django.dispatch import Signal

search_answered = Signal()
"""Sent with `request` and `results` (`search.types.SearchResults`) when a reader's search was answered with its first
page. Not for the API, feeds, filters alone, or what was refused."""
