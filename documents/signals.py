"""What this room tells the rooms above."""

from django.dispatch import Signal

document_text_ready = Signal()
"""Sent with `document` inside the transaction that changed its page texts as a whole: when a file is read to its end,
and when a replaced file's texts are dropped. Whoever keeps a copy of the texts refreshes it (by a task row)."""

document_downloaded = Signal()
"""Sent with `document`, `request` and `is_public` when somebody fetches a file from its beginning."""
