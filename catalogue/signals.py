"""What this room tells the rooms above."""

from django.dispatch import Signal

regulations_imported = Signal()
"""Sent with `page_ids` (list of ids of catalogue pages) inside the transaction that wrote them in bulk, or that linked
them to another regulation. No post_save or publication signal was sent for these pages, and no task was queued:
whoever keeps a copy of pages writes them now. Page texts of new documents are in the database already."""
