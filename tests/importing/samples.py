"""Small sources for the importer's tests."""

import gzip
import json

KIP = {
    "id": "uu/2008/14",
    "jenis": "UU",
    "nomor": "14",
    "tahun": 2008,
    "judul": "KETERBUKAAN INFORMASI PUBLIK",
    "teks": "UNDANG-UNDANG REPUBLIK INDONESIA NOMOR 14 TAHUN 2008\n\nPasal 1\nInformasi adalah keterangan.",
}
PP = {
    "id": "pp/2010/61",
    "jenis": "PP",
    "nomor": "61",
    "tahun": 2010,
    "judul": "PELAKSANAAN UNDANG-UNDANG NOMOR 14 TAHUN 2008 TENTANG KETERBUKAAN INFORMASI PUBLIK",
    "teks": "\n\n".join(
        f"Pasal {n}\n" + "Badan Publik wajib menyediakan informasi. " * 30 for n in range(1, 12)
    ),
}
PERPPU_LAW = {
    "id": "uu/2003/15",
    "jenis": "UU",
    "nomor": "15",
    "tahun": 2003,
    "judul": "PENETAPAN PERATURAN PEMERINTAH PENGGANTI UNDANG-UNDANG NOMOR 1 TAHUN 2002 MENJADI UNDANG-UNDANG",
    "teks": "Pasal 1",
}


def row(number: int, **changes) -> dict:
    """A further record."""
    return {
        "id": f"pp/2001/{number}",
        "jenis": "PP",
        "nomor": str(number),
        "tahun": 2001,
        "judul": f"URUSAN NOMOR URUT {number}",
        "teks": f"Isi peraturan pemerintah yang ke-{number}.",
    } | changes


def write_lines(path, rows):
    """Write rows (dicts, or raw text for broken lines) as JSON lines, packed when the name ends in .gz."""
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in rows)
    data = text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path
