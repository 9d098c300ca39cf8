"""Runs an import from end to end: read, write in batches, link, count."""

from collections.abc import Callable
from pathlib import Path

from django.db import reset_queries, transaction

from catalogue.importing.json_lines import JsonLines
from catalogue.importing.linking import link_pending_relations
from catalogue.importing.records import BadRow, RegulationRecord, SettledRow, SourceError
from catalogue.importing.report import Report
from catalogue.importing.writer import RegulationWriter
from catalogue.models import RegulationPage
from catalogue.signals import regulations_imported
from home.models import Office

BATCH_RECORDS = 50
BATCH_CHARACTERS = 2_000_000
Progress = Callable[[int, int, int], None]
"""Called with what is read, the size of the source in the same unit, and the number of rows so far."""


def import_regulations(
    path: Path,
    office: Office,
    *,
    limit: int | None = None,
    as_draft: bool = False,
    progress: Progress = lambda done, size, rows: None,
) -> Report:
    """Import a source into an office's regulations and return what was done.

    `path` is a file of JSON lines (.gz too), an index sheet (.csv, .xlsx), or a folder of files with an index sheet.
    `limit` stops after so many rows; with `as_draft` nothing is published. Raises SourceError when nothing of the
    source can be read; a source that breaks off later gives a report with `broken` set. What is imported already is
    left as it is, so a run that was broken off is simply run again.
    """
    source = _open(path)
    report = Report(path.name)
    writer = RegulationWriter(office, path.name, as_draft)
    _write_all(source, writer, report, limit, progress)
    with transaction.atomic():
        linked = link_pending_relations(writer.parent)
        if linked:
            regulations_imported.send(RegulationPage, page_ids=linked)
    report.linked = len(linked)
    return report


def _open(path: Path):
    """The reader for a source, by what it is."""
    if not path.exists():
        raise SourceError(f"{path} tidak ada.")
    if path.is_dir():
        from catalogue.importing.folder import Folder

        return Folder(path)
    if path.suffix.lower() in (".csv", ".xlsx"):
        from catalogue.importing.index_sheet import IndexSheet

        return IndexSheet(path)
    return JsonLines(path)


def _write_all(
    source, writer: RegulationWriter, report: Report, limit: int | None, progress: Progress
) -> None:
    batch: list[RegulationRecord] = []
    characters = read = 0
    seen: dict[str, int] = {}

    def flush() -> None:
        nonlocal characters
        for result in writer.write(batch) if batch else ():
            report.add_result(result)
        batch.clear()
        characters = 0
        reset_queries()  # with DEBUG on, every statement would be kept
        progress(source.position, source.size, report.rows)

    try:
        for row in source:
            if limit is not None and read >= limit:
                break
            read += 1
            if isinstance(row, RegulationRecord) and row.source_id in seen:
                reason = f"Tanda pengenal “{row.source_id}” sudah dipakai di baris {seen[row.source_id]}."
                row = BadRow(row.line, reason, f"{row.title} tentang {row.tentang}", row.source_id)
            if isinstance(row, BadRow):
                report.add_bad(row)
                continue
            if isinstance(row, SettledRow):
                report.add_settled(row)
                continue
            seen[row.source_id] = row.line
            batch.append(row)
            characters += len(row.text)
            if len(batch) >= BATCH_RECORDS or characters >= BATCH_CHARACTERS:
                flush()
    except SourceError as error:
        report.broken = str(error)
    flush()
