"""What both stores have in common: how they fail, and files that are stored before their row is written."""

import logging
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO

logger = logging.getLogger(__name__)

BLOCK = 1 << 16


class StoreAway(OSError):
    """The store cannot be used now: out of reach, refusing our keys, or full. The text is for the operator."""


def describe(content: Any, mime_type: str, file_name: str) -> None:
    """Note what a file is, so that the store keeps it with its kind and its name."""
    content.kept_as = (mime_type, file_name)


def store_ahead(field_file) -> None:
    """Put a new file into its store before anything is written to the database.

    A long upload holds no lock there, and what fails leaves no row. Saving the row then takes the stored file. Does
    nothing for a file that is stored. Raises StoreAway.
    """
    content = None if field_file._committed else field_file.file
    if content is None or getattr(content, "stored_key", ""):
        return
    name = field_file.field.generate_filename(field_file.instance, field_file.name)
    content.stored_key = field_file.storage.save(name, content, max_length=field_file.field.max_length)


def discard(field_file) -> None:
    """Delete a new file whose row was not written after all, as far as the store can be reached."""
    key = field_file.name if field_file._committed else vars(field_file.file).pop("stored_key", "")
    if key:
        with suppress(StoreAway):
            field_file.storage.purge(key)


class Forgiving:
    """What both stores do alike: take a file that `store_ahead` has stored, and forgive a deletion that fails."""

    def save(self, name, content, max_length=None):
        """Store the file, or return where it is stored already."""
        if key := getattr(content, "stored_key", ""):
            del content.stored_key
            return key
        return super().save(name, content, max_length=max_length)  # type: ignore[misc]

    def delete(self, name):
        """Delete a file whose row is gone already.

        That cannot be undone because the store is away; what stays is found by `manage.py check_documents`.
        """
        try:
            self._delete(name)
        except StoreAway as error:
            logger.error("A file that nothing names any more could not be deleted (%s): %s", name, error)


def blocks(handle: BinaryIO, length: int) -> Iterator[bytes]:
    """Yield so many bytes of an open file in blocks, and close it."""
    try:
        while length > 0:
            block = handle.read(min(BLOCK, length))
            if not block:
                return
            length -= len(block)
            yield block
    finally:
        handle.close()
