"""The child process: looks at one file, writes its cleaned copy, and reports on one line.

It runs with an empty environment and hard limits, because the file may be hostile.
"""

import json
import sys
from pathlib import Path

from documents.extraction.child import confine, report_channel
from documents.extraction.types import Limits
from documents.scanning.danger import REASON_EICAR, is_test_virus
from documents.scanning.segments import NotCleanable
from documents.scanning.types import REASON_UNCHECKED, Dangerous, Inspection, once

_PICTURES = ("png", "jpeg", "tiff")
NOT_UNDERSTOOD = (
    "Susunan berkas video ini tidak kami kenali, sehingga catatan di dalamnya (nama, perangkat, tempat) tidak dapat "
    "kami baca atau hapus. Ekspor ulang dengan penyunting video bila itu tidak boleh terbuka."
)


def examine(path: Path, kind: str, target: Path | None, title: str) -> Inspection:
    """Look at a file (see :func:`inspect`) and return a value whatever stands in it."""
    try:
        return inspect(path, kind, target, title)
    except Dangerous as danger:
        return Inspection(refusal=str(danger))
    except Exception:  # libraries raise of everything for broken files; what cannot be looked at is refused
        return Inspection(refusal=REASON_UNCHECKED)


def inspect(path: Path, kind: str, target: Path | None, title: str) -> Inspection:
    """Look at a file of a kind (a name of `extraction.kinds.KINDS`); write the cleaned copy to `target`, if given.

    Raises Dangerous.
    """
    with path.open("rb") as handle:
        if is_test_virus(handle.read(256)):
            raise Dangerous(REASON_EICAR)
    if kind == "pdf":
        return _pdf(path, target, title)
    if kind in ("docx", "xlsx"):
        return _office(path, kind, target, title)
    if kind in _PICTURES:
        return _picture(path, kind, target)
    if kind in ("mp4", "webm"):
        return _video(path, kind, target)
    return Inspection()


def _pdf(path: Path, target: Path | None, title: str) -> Inspection:
    from documents.scanning import pdf_cleaning
    from documents.scanning.pdf_checks import look_into, open_pdf

    with open_pdf(path) as pdf:
        result = look_into(pdf)
        result.carried = pdf_cleaning.metadata_of(pdf, title)
        if target is None or result.signed:
            return result
        try:
            removed = pdf_cleaning.clean_pdf(pdf, path, target, title)
        except Exception:  # a file too odd to be written anew is published as it is, and the officer told
            target.unlink(missing_ok=True)
            return result
    return _finish(result, removed, target, lambda: pdf_cleaning.stands_comparison(path, target))


def _office(path: Path, kind: str, target: Path | None, title: str) -> Inspection:
    from documents.scanning import office_cleaning
    from documents.scanning.office_checks import BROKEN, DAMAGED, check_office

    result = check_office(path, kind)
    if target is None:
        return result
    try:
        removed = office_cleaning.clean_office(path, target, title)
    except BROKEN as error:
        raise Dangerous(DAMAGED) from error
    return _finish(result, removed, target, lambda: office_cleaning.stands_comparison(path, target))


def _picture(path: Path, kind: str, target: Path | None) -> Inspection:
    from documents.scanning import pictures

    pictures.check_picture(path)
    result = Inspection(carried=pictures.carried_by(path))
    if target is None:
        return result
    try:
        removed = pictures.clean_picture(path, target, kind)
    except NotCleanable:
        target.unlink(missing_ok=True)
        return result
    return _finish(result, removed, target, lambda: pictures.stands_comparison(path, target))


def _video(path: Path, kind: str, target: Path | None) -> Inspection:
    from documents.scanning import mp4_cleaning, webm_cleaning
    from documents.scanning.pictures import place_in_video

    plan = (mp4_cleaning if kind == "mp4" else webm_cleaning).plan
    try:
        edits = plan(path)
    except NotCleanable:
        return Inspection(notices=place_in_video(path) or [NOT_UNDERSTOOD])
    result = Inspection(carried=edits.removed, notices=edits.notices)
    if target is None or not edits.removed:
        return result
    edits.copy(path, target)
    return _finish(
        result,
        edits.removed,
        target,
        lambda: edits.alone_differ(path, target) and not plan(target).removed,
    )


def _finish(result: Inspection, removed: list[str], target: Path, same) -> Inspection:
    """Keep the cleaned copy only where it shows the same as the original."""
    result.carried = once(result.carried + removed)
    if removed and target.exists() and same():
        result.cleaned = True
    else:
        target.unlink(missing_ok=True)
        if not removed:
            result.carried = []
    return result


def main() -> None:
    """Read the order from the command line; report on the inherited standard output and nowhere else."""
    order = json.loads(sys.argv[1])
    confine(Limits(**order["limits"]))
    channel = report_channel()
    target = Path(order["target"]) if order["target"] else None
    result = examine(Path(order["path"]), order["kind"], target, order["title"])
    channel.write(json.dumps(result.as_dict()))
    channel.flush()


if __name__ == "__main__":
    main()
