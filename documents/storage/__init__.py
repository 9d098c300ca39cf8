"""Where files live: on disk, or in one private bucket. The rest of the site sees no difference.

Both stores raise :class:`StoreAway` when they cannot be used now and FileNotFoundError for what they do not hold; no
other exception of theirs leaves this module. Nothing here decides who may read (`documents.access`), and nothing is
ever addressed by its key: readers get a link to the bucket that lives a minute (`documents.delivery`).
"""

from documents.storage.bucket import BucketStorage
from documents.storage.common import StoreAway, describe, discard, store_ahead
from documents.storage.disk import DiskStorage

__all__ = ["BucketStorage", "DiskStorage", "StoreAway", "describe", "discard", "store_ahead"]
