"""File names as the public sees them, and keys in the storage that reveal nothing."""

import re
import unicodedata
import uuid

MAX_NAME = 160
_PUNCTUATION = frozenset(" .,()&+-_")
_RUNS = re.compile(r"[ _]{2,}|-{2,}")


def _is_safe(char: str) -> bool:
    # A combining mark is part of its letter: Javanese, Arabic and Thai names are unreadable without.
    return char.isalnum() or char in _PUNCTUATION or unicodedata.category(char) in ("Mn", "Mc")


def clean_file_name(name: str, extension: str = "") -> str:
    """Return a name that is safe in an address, in a header and on every file system.

    Letters of any script, digits, spaces and `.,()&+-_` stay; quotes, percent signs, slashes, control characters and
    the like become hyphens; a name of more than 160 characters is cut before its extension. `extension` (without dot)
    replaces the name's own, which may lie.
    """
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, own = name.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,8}", own):
        stem, own = name, ""
    extension = (extension or own).lower()
    stem = "".join(char if _is_safe(char) else "-" for char in stem)
    stem = _RUNS.sub(lambda match: match.group(0)[0], stem).strip(" .-_")
    stem = stem[: MAX_NAME - len(extension) - 1].strip(" .-_") or "dokumen"
    return f"{stem}.{extension}" if extension else stem


def storage_key(instance, filename: str) -> str:
    """Return a new key for a file: random, so that it reveals neither the title nor what else is stored."""
    key = uuid.uuid4().hex
    extension = filename.rpartition(".")[2].lower()
    suffix = f".{extension}" if re.fullmatch(r"[a-z0-9]{1,8}", extension) else ""
    return f"dokumen/{key[:2]}/{key}{suffix}"
