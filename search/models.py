"""Tables of the search room: the editors' vocabulary, the query log, and the embedded engine's index."""

from search.changes import IndexChange, IndexClock
from search.handled import HandledQuery
from search.index_models import IndexedRecord, Posting, SearchIndex, Segment, Term
from search.pins import PinnedResult
from search.query_log import LoggedQuery
from search.subscriptions.models import SavedSearch
from search.vocabulary import Abbreviation, Synonym

__all__ = [
    "Abbreviation",
    "HandledQuery",
    "IndexChange",
    "IndexClock",
    "IndexedRecord",
    "LoggedQuery",
    "PinnedResult",
    "Posting",
    "SavedSearch",
    "SearchIndex",
    "Segment",
    "Synonym",
    "Term",
]
