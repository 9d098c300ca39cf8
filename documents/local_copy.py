"""A stored file as a path, for programs that open nothing else."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def local_copy(field_file, suffix: str) -> Iterator[Path]:
    """Give the path of a stored file to programs that need one; what is not on this disk is fetched to a temporary one.

    The file must not be written to.
    """
    try:
        own = Path(field_file.storage.path(field_file.name))
    except NotImplementedError:
        own = None
    if own is not None and own.suffix == suffix and own.is_file():
        yield own
        return
    with tempfile.TemporaryDirectory(prefix="eppid-berkas-") as folder:
        path = Path(folder) / f"berkas{suffix}"
        with field_file.storage.open(field_file.name, "rb") as source, path.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
        yield path
