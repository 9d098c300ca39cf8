"""Names of the offices in whose trees pages stand, looked up once for a whole list."""

from __future__ import annotations

from wagtail.models import Page

from home.models import Office


class OfficeNames:
    """Office names by the path of a page. One query."""

    def __init__(self):
        rows = Office.objects.values_list("site__root_page__path", "name")
        self._names = dict(rows)

    def of(self, path: str) -> str:
        """The name of the nearest office above a page's path, "" for none."""
        for length in range(len(path), 0, -Page.steplen):
            if name := self._names.get(path[:length]):
                return name
        return ""
