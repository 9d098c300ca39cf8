"""The values that travel between the readers, the child process and its caller."""

from dataclasses import asdict, dataclass, field

SOURCE_TEXT = "teks"
SOURCE_OCR = "ocr"
SOURCE_NONE = "kosong"

NOTE_NO_OCR = (
    "Halaman hasil pindai; teksnya belum dapat dibaca karena pembaca pindaian (OCR) tidak terpasang."
)
NOTE_UNREADABLE = "Sebagian isi halaman tidak terbaca."
NOTE_UNSURE = "Teks dibaca dari gambar dan mungkin keliru."
NOTE_DAMAGED = "Halaman rusak dan tidak dapat dibaca."

PREVIEW_ROWS = 50
PREVIEW_COLUMNS = 30
PREVIEW_CELL_CHARS = 300
"""How much of a table's beginning is kept beside its text."""


@dataclass(frozen=True)
class Limits:
    """What one reading may cost. A reading that needs more ends in a state with a reason."""

    wall_seconds: float = 180.0
    """Time after which the child process is killed, seconds."""
    chunk_seconds: float = 25.0
    """Time after which the child finishes its page and hands the rest to a later chunk, seconds."""
    chunk_pages: int = 400
    """Pages after which the child hands the rest to a later chunk."""
    memory_bytes: int = 2 * 1024**3
    """Address space of the child and of each program that it starts, bytes."""
    max_pages: int = 3000
    """Pages read of one file; the rest is left out with a reason."""
    page_chars: int = 200_000
    """Characters kept of one page."""
    output_bytes: int = 64 * 1024**2
    """Bytes that the child may report in one chunk."""
    ocr: bool = True
    """Whether pages without usable text are read by OCR."""
    ocr_seconds: float = 60.0
    """Time that OCR may take for one page, seconds."""


@dataclass
class PageText:
    """The text of one page, sheet or part of a file."""

    number: int
    label: str
    text: str
    source: str = SOURCE_TEXT
    confidence: float | None = None
    """How sure the reading is, 0 to 1; None where the file itself gives the text."""
    doubt: bool = False
    """Whether text on the page may be missing or wrong."""
    note: str = ""
    """Why the page is in doubt, in Indonesian."""

    def as_dict(self) -> dict:
        return asdict(self)


@dataclass
class FileFacts:
    """What is known of a file once it is open."""

    part_count: int
    """Pages, sheets or parts that can be read one by one."""
    length: int | None = None
    """What people call its length: pages of paper or sheets; None where that cannot be told."""
    notices: list[str] = field(default_factory=list)
    """What the officer should know before publishing, in Indonesian (hidden sheets, tracked changes…)."""


class Unreadable(Exception):
    """The file cannot be read; the message is the reason in Indonesian, `code` its kind."""

    def __init__(self, code: str, reason: str):
        super().__init__(reason)
        self.code = code
        self.reason = reason
