"""What an import did: counts for the terminal, and a file that keeps every line that was not simply imported."""

import json
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from catalogue.importing.records import BadRow, Outcome, SettledRow
from catalogue.importing.writer import Result

#: Outcomes whose rows stand in the report file one by one.
_WRITTEN_OUT = {Outcome.BAD, Outcome.DRAFTED, Outcome.MERGED, Outcome.ATTACHED, Outcome.CHECK}


class Report:
    """Counts what became of each row; rows worth a look go to `var/impor/<source>-<time>.jsonl`, made when needed."""

    def __init__(self, source: str):
        self.source = source
        self.rows = 0
        self.counts: Counter[Outcome] = Counter()
        self.bad_lines: list[int] = []
        self.linked = 0
        self.broken = ""
        self._path: Path | None = None

    @property
    def path(self) -> Path | None:
        """The report file, or None while there was nothing to report."""
        return self._path

    @property
    def regulations(self) -> int:
        """Rows that lead a regulation of the site, new or there before."""
        return self.counts[Outcome.CREATED] + self.counts[Outcome.KNOWN]

    @property
    def accounted(self) -> int:
        """Rows with an outcome; equal to `rows`, or something was lost."""
        return sum(count for outcome, count in self.counts.items() if outcome != Outcome.CHECK)

    def add_bad(self, row: BadRow) -> None:
        """Count and keep a row that gave no record."""
        self._add(row.line, row.source_id, Outcome.BAD, row.reason, row.content)

    def add_result(self, result: Result) -> None:
        """Count what the writer did with a record."""
        record = result.record
        links = [link.url for link in record.links]
        self._add(
            record.line, record.source_id, result.outcome, result.note, page=result.page_id, links=links
        )
        if result.outcome == Outcome.CREATED and result.note:
            self._count(Outcome.CHECK)
            self._write(record.line, record.source_id, Outcome.CHECK, result.note, page=result.page_id)

    def add_settled(self, row: SettledRow) -> None:
        """Count a row that the reader settled by itself."""
        self._add(row.line, row.source_id, row.outcome, row.note)

    def _add(self, line, source_id, outcome, note, content="", page=None, links=()) -> None:
        self.rows += 1
        self._count(outcome)
        if outcome == Outcome.BAD:
            self.bad_lines.append(line)
        if outcome in _WRITTEN_OUT:
            self._write(line, source_id, outcome, note, content, page, links)

    def _count(self, outcome: Outcome) -> None:
        self.counts[outcome] += 1

    def _write(self, line, source_id, outcome, note, content="", page=None, links=()) -> None:
        if self._path is None:
            folder = Path(settings.VAR_DIR) / "impor"
            folder.mkdir(parents=True, exist_ok=True)
            stamp = timezone.localtime().strftime("%Y%m%d-%H%M%S-%f")
            self._path = folder / f"{Path(self.source).name}-{stamp}.jsonl"
        entry = {"baris": line, "id": source_id, "hasil": str(outcome), "alasan": note}
        if page:
            entry["halaman"] = page
        if links:
            entry["tautan"] = list(links)
        if content:
            entry["isi"] = content
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
