"""Records of a corpus file (JSON lines `{id, jenis, nomor, tahun, judul, teks}`), for evaluation and benchmarks."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from common.citations import parse_number
from common.regulation_types import REGULATION_TYPES, type_code
from search.indexing_names import citation_of, names_of
from search.records import IndexRecord, PageText


def corpus_records(path: str | Path) -> Iterator[IndexRecord]:
    """One record a line of the file (plain or gzip); memory stays flat."""
    path = Path(path)
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield _record(json.loads(line))


def _record(row: dict) -> IndexRecord:
    jenis = type_code(str(row.get("jenis", ""))) or "lainnya"
    number = parse_number(str(row["nomor"])) if row.get("nomor") else None
    tahun = int(row["tahun"]) if row.get("tahun") else None
    short = REGULATION_TYPES[jenis].short
    return IndexRecord(
        external_id=row["id"],
        kategori="regulasi",
        title=row["judul"],
        citation=citation_of(short, str(row.get("nomor", "")), tahun),
        names=names_of(jenis, number, tahun),
        texts=(PageText(row["teks"]),),
        jenis=jenis,
        nomor=str(row.get("nomor", "")),
        nomor_key=number.key if number else "",
        nomor_urut=number.nomor_urut if number else None,
        tahun=tahun,
    )
