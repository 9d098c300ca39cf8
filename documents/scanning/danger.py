"""What no office publishes: programs, scripts, and the antivirus test file, also inside other files."""

import io
import zipfile
import zlib

from documents.extraction.kinds import EXECUTABLES, Refused, detect
from documents.scanning.types import Dangerous

# Written in two halves, so that this source is not taken for the test file itself (www.eicar.org).
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PROGRAM_EXTENSIONS = frozenset(
    [
        *(
            "bat",
            "chm",
            "cmd",
            "com",
            "cpl",
            "dll",
            "docm",
            "dotm",
            "exe",
            "hta",
            "htm",
            "html",
            "jar",
            "js",
            "jse",
        ),
        *(
            "lnk",
            "msi",
            "msp",
            "ppam",
            "pptm",
            "ps1",
            "psm1",
            "py",
            "reg",
            "scf",
            "scr",
            "sh",
            "svg",
            "swf",
            "url",
        ),
        *("vbe", "vbs", "wsf", "wsh", "xlam", "xlsm", "xltm"),
    ]
)
_MAX_MEMBER = 64 * 1024**2
_MAX_DEPTH = 3

REASON_EICAR = (
    "Berkas memuat tanda uji antivirus (EICAR). Periksa komputer Anda dengan antivirus, "
    "lalu unggah berkas yang bersih."
)


def is_test_virus(data: bytes) -> bool:
    """Tell whether the bytes are the EICAR test file: its 68 bytes at the beginning, as its definition has it."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(EICAR)


def check_embedded(name: str, data: bytes, depth: int = 1) -> None:
    """Look at a file that lies inside another (an attachment, a member of an archive). Raises Dangerous."""
    label = " ".join(name.split())[:80] or "tanpa nama"
    if is_test_virus(data):
        raise Dangerous(REASON_EICAR)
    extension = name.rpartition(".")[2].lower().strip()
    if data.startswith(EXECUTABLES) or extension in PROGRAM_EXTENSIONS:
        raise Dangerous(
            f"Di dalam berkas ada program atau skrip (“{label}”). Hapus lampiran itu, lalu unggah ulang."
        )
    if data.startswith(b"PK\x03\x04"):
        check_archive(label, data, depth)
    elif b"%PDF-" in data[:1024] and depth < _MAX_DEPTH:
        from documents.scanning.pdf_checks import check_pdf

        check_pdf(io.BytesIO(data), depth + 1)


def check_archive(label: str, data: bytes, depth: int) -> None:
    """Look into an archive that lies inside another file. Raises Dangerous, also for what is too deep to look at."""
    if depth >= _MAX_DEPTH:
        raise Dangerous(
            f"Arsip di dalam berkas (“{label}”) bertumpuk terlalu dalam. Hapus, lalu unggah ulang."
        )
    try:
        detect(io.BytesIO(data), "")  # bounds on what it unpacks to, and macros
    except Refused as refused:
        if "arsip" not in str(refused).lower():
            raise Dangerous(f"Lampiran “{label}” di dalam berkas: {refused}") from refused
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as member:
                    check_embedded(entry.filename, member.read(_MAX_MEMBER), depth + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise Dangerous(
            f"Arsip di dalam berkas (“{label}”) tidak dapat diperiksa. Hapus, lalu unggah ulang."
        ) from error
