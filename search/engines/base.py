"""What every search engine offers. Views and the API reach an engine only through `search.service`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence

from search.records import IndexRecord
from search.types import Completion, EngineHealth, Explanation, SearchQuery, SearchResults


class Engine(ABC):
    """A search engine over public pages.

    Implementations answer from what is public at the moment of the question, whatever they have indexed.
    """

    name: str = ""

    @abstractmethod
    def search(self, query: SearchQuery) -> SearchResults:
        """Answer a query. Raises nothing for anything that was typed."""

    @abstractmethod
    def complete(self, query: SearchQuery, limit: int = 8) -> list[Completion]:
        """Titles and citations of public records that ``query.text`` may be the beginning of, best first.

        Every typed word must begin a word of the title or citation; scope and office are those of the query.
        """

    @abstractmethod
    def explain(self, query: SearchQuery, page_id: int) -> Explanation:
        """Why a page stands where it stands in the answer to a query, in words (for editors)."""

    @abstractmethod
    def health(self) -> EngineHealth:
        """Whether the engine answers and its index is fit for use. Raises nothing."""

    @abstractmethod
    def index(self, records: Iterable[IndexRecord]) -> int:
        """Put records into the index, replacing those of the same pages; returns how many."""

    @abstractmethod
    def remove(self, page_ids: Sequence[int]) -> None:
        """Take pages out of the index at once."""
