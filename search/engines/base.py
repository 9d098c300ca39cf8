"""What every search engine offers. Views and the API reach an engine only through `search.service`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence

from search.records import IndexRecord
from search.types import SearchQuery, SearchResults


class Engine(ABC):
    """A search engine over public pages.

    Implementations answer from what is public at the moment of the question, whatever they have indexed.
    """

    name: str = ""

    @abstractmethod
    def search(self, query: SearchQuery) -> SearchResults:
        """Answer a query. Raises nothing for anything that was typed."""

    @abstractmethod
    def index(self, records: Iterable[IndexRecord]) -> int:
        """Put records into the index, replacing those of the same pages; returns how many."""

    @abstractmethod
    def remove(self, page_ids: Sequence[int]) -> None:
        """Take pages out of the index at once."""
