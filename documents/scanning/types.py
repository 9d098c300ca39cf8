"""The values that travel between the checks, the child process and its caller."""

from dataclasses import asdict, dataclass, field

from documents.extraction.types import Limits

INTAKE_LIMITS = Limits(wall_seconds=60.0, memory_bytes=3 * 1024**3 // 2)
"""What looking at one upload may cost, while the officer waits."""

WHOLE, ADDED_TO, ALTERED, UNREADABLE = "utuh", "utuh_ditambah", "berubah", "tidak_terbaca"
"""What became of the bytes that a signature covers (`documents.enums.SignatureState`)."""
KNOWN, UNKNOWN, INVALID = "dikenali", "tidak_dikenali", "tidak_berlaku"
"""What is known of the certificate behind a signature (`documents.enums.IssuerState`)."""

REASON_UNCHECKED = (
    "Berkas ini tidak dapat diperiksa: isinya rusak atau terlalu rumit. Simpan ulang dari program asalnya, "
    "atau cetak ke PDF, lalu unggah hasilnya."
)


class Dangerous(Exception):
    """The file must not be published; the message says why and what to do instead, in Indonesian."""


@dataclass
class Inspection:
    """What was found in one file."""

    refusal: str = ""
    """Why the file must not be published, in Indonesian; empty when it may."""
    signed: bool = False
    """Whether it carries an electronic signature; such a file is never rewritten."""
    notices: list[str] = field(default_factory=list)
    """What the officer should look at before publishing (comments, attachments, hidden rows…)."""
    carried: list[str] = field(default_factory=list)
    """Personal metadata found: names, software, places."""
    cleaned: bool = False
    """Whether a copy without that metadata was written and stands the comparison with the original."""

    def as_dict(self) -> dict:
        return asdict(self)


def once(items: list[str]) -> list[str]:
    """Return the items without repetitions and empty ones, in their order."""
    return list(dict.fromkeys(item.strip() for item in items if item.strip()))


def named(label: str, value: object) -> list[str]:
    """Return "label: value" as a list of one, or nothing when the value says nothing."""
    text = " ".join(str(value).replace("\x00", " ").split()).strip(" ;")[:120]
    return [f"{label}: {text}"] if text and text.lower() not in ("none", "(anonymous)", "anonymous") else []
