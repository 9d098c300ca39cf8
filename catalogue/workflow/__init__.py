"""Moderation: who approves what, what must be there before, and what exactly goes live."""
