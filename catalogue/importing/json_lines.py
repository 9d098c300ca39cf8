"""Reads regulations from JSON lines `{id, jenis, nomor, tahun, judul, teks}`, plain or gzip, one line at a time."""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

from catalogue.importing.index_titles import MAX_NUMBER
from catalogue.importing.records import BadRow, RegulationRecord, SourceError
from catalogue.importing.relations import citation_text
from catalogue.importing.titles import clean_title, complete_title, mend_numbers, squeeze
from common.citations import find_citations, parse_number
from common.regulation_types import GENERAL_TYPES, type_code

MAX_LINE_BYTES = 64 * 1024**2  # a line above this is refused unread; the longest law has 1.3 MB
MAX_ID = 160
_EARLIEST, _LATEST = 1800, 2100
_KEPT_OF_BAD_LINE = 20_000  # characters; a whole text of a law may follow a missing comma
_HEADING = 400  # characters in which a text names itself


class JsonLines:
    """The records of a file. `position` and `size` (bytes of the file on disk) tell how far the reading is."""

    def __init__(self, path: Path):
        self.path, self.size, self.position = path, path.stat().st_size, 0

    def __iter__(self) -> Iterator[RegulationRecord | BadRow]:
        """Yield a record or a bad row a line; blank lines are skipped. Raises SourceError where the file breaks off."""
        line = 0
        try:
            with self.path.open("rb") as raw:
                packed = raw.read(2) == b"\x1f\x8b"
                raw.seek(0)
                stream = gzip.GzipFile(fileobj=raw) if packed else raw
                while content := stream.readline(MAX_LINE_BYTES + 1):
                    line += 1
                    self.position = raw.tell()
                    if len(content) > MAX_LINE_BYTES:
                        yield BadRow(line, "Baris lebih panjang dari 64 MB.", _shown(content))
                        while content and not content.endswith(b"\n"):
                            content = stream.readline(MAX_LINE_BYTES)
                    elif content.strip(b" \t\r\n\xef\xbb\xbf"):
                        yield parse_line(line, content)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise SourceError(
                f"Berkas rusak atau terpotong setelah baris {line}. Baris-baris sebelumnya sudah dimuat; "
                f"unduh ulang berkasnya lalu jalankan perintah ini lagi."
            ) from error


def parse_line(line: int, content: bytes) -> RegulationRecord | BadRow:
    """Read one line: a record, or a bad row with the reason in words."""
    try:
        row = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return BadRow(line, "Baris bukan teks UTF-8.", _shown(content))
    except (ValueError, RecursionError) as error:
        return BadRow(line, f"Baris bukan JSON yang sah ({error}).", _shown(content))
    if not isinstance(row, dict):
        return BadRow(line, "Baris bukan objek JSON.", _shown(content))
    try:
        return _record(line, row)
    except _Refused as refused:
        return BadRow(line, str(refused), _shown(content), str(row.get("id") or "")[:MAX_ID])


class _Refused(Exception):
    """A field is missing or cannot be read."""


def _record(line: int, row: dict) -> RegulationRecord:
    source_id = _text(row, "id", MAX_ID)
    jenis = type_code(_text(row, "jenis", MAX_NUMBER))
    if not jenis:
        raise _Refused(f"Jenis “{squeeze(str(row['jenis']))[:60]}” tidak dikenal.")
    tahun = _year(row.get("tahun"))
    nomor = _text(row, "nomor", MAX_NUMBER - len(" Tahun 2000"))
    number = parse_number(nomor)
    if number is None:
        raise _Refused(f"Nomor “{nomor}” tidak terbaca.")
    if number.tahun and number.tahun != tahun:
        raise _Refused(f"Nomor “{nomor}” memuat tahun lain daripada kolom tahun ({tahun}).")
    text = row.get("teks") or ""
    if not isinstance(text, str):
        raise _Refused("Kolom “teks” bukan teks.")
    text = _storable(text)
    tentang = complete_title(clean_title(str(row.get("judul") or "")), text)
    written = nomor if number.tahun else f"{nomor} Tahun {tahun}"
    return RegulationRecord(
        line=line,
        source_id=source_id,
        jenis=jenis,
        nomor=written,
        tahun=tahun,
        title=citation_text(jenis, written, tahun),
        tentang=tentang,
        text=text,
        note=_doubt(jenis, number.nomor_urut, tahun, text) if text.strip() else "Teksnya kosong.",
    )


def _text(row: dict, name: str, longest: int) -> str:
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _Refused(f"Kolom “{name}” tidak ada atau kosong.")
    value = squeeze(_storable(str(value)))
    if not value:
        raise _Refused(f"Kolom “{name}” tidak ada atau kosong.")
    if len(value) > longest:
        raise _Refused(f"Kolom “{name}” lebih panjang dari {longest} huruf.")
    return value


def _year(value) -> int:
    try:
        year = int(str(value).strip())
    except ValueError:
        raise _Refused(f"Tahun “{squeeze(str(value))[:20]}” bukan angka.") from None
    if not _EARLIEST <= year <= _LATEST:
        raise _Refused(f"Tahun {year} tidak masuk akal.")
    return year


def _storable(text: str) -> str:
    """Drop what no database or file holds: NUL, and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def _doubt(jenis: str, nomor_urut: int, tahun: int, text: str) -> str:
    """Say when the text's own heading names another regulation, as a few texts in real archives do."""
    head = mend_numbers(squeeze(text[: 2 * _HEADING])[:_HEADING])
    named = next(
        (citation for citation in find_citations(head) if citation.is_complete and citation.jenis), None
    )
    if named is None:
        return ""
    same_kind = named.jenis == jenis or jenis in GENERAL_TYPES.get(named.jenis, ())
    if same_kind and (named.nomor_urut, named.tahun) == (nomor_urut, tahun):
        return ""
    before = head[: named.start]
    if before != before.upper() or "TENTANG" in before:
        return ""  # cited in the title or the preamble: not the text's own name
    return f"Teksnya menyebut diri {citation_text(named.jenis, str(named.nomor_urut), named.tahun)}."


def _shown(content: bytes) -> str:
    return content.decode("utf-8", "replace").rstrip("\r\n")[:_KEPT_OF_BAD_LINE]
