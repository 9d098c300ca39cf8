"""The editors' side of search: trying it out, what is searched for, pinned results, the health of the index."""
