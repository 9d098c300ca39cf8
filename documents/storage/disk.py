"""Files in a folder."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from django.core.files.storage import FileSystemStorage

from documents.storage.common import Forgiving, StoreAway, blocks


class DiskStorage(Forgiving, FileSystemStorage):
    """Files in a folder."""

    redirects = False

    def _delete(self, name: str) -> None:
        self.purge(name)

    def _save(self, name, content):
        with _disk_faults(name):
            try:
                return super()._save(name, content)
            except OSError:
                with suppress(OSError):
                    FileSystemStorage.delete(self, name)  # a disk that ran full keeps the beginning
                raise

    def _open(self, name, mode="rb"):
        with _disk_faults(name):
            return super()._open(name, mode)

    def purge(self, name: str) -> None:
        """Delete a file; one that is not there is deleted already. Raises StoreAway."""
        with _disk_faults(name):
            FileSystemStorage.delete(self, name)

    def stat(self, name: str) -> int:
        """Return the file's size. Raises FileNotFoundError, StoreAway."""
        with _disk_faults(name):
            return self.size(name)

    def read_part(self, name: str, first: int, length: int) -> Iterator[bytes]:
        """Return so many bytes of the file, from `first` on, in blocks; opened now, so that faults come now."""
        handle = self.open(name)
        handle.seek(first)
        return blocks(handle, length)

    def walk(self) -> Iterator[tuple[str, int, datetime]]:
        """Yield key, size and time of writing of every stored file."""
        folders = [""]
        while folders:
            folder = folders.pop()
            try:
                below, files = self.listdir(folder)
            except FileNotFoundError:
                continue
            folders += [f"{folder}{name}/" for name in below]
            for name in files:
                key = f"{folder}{name}"
                with suppress(FileNotFoundError):  # gone meanwhile
                    yield key, self.size(key), self.get_modified_time(key)


@contextmanager
def _disk_faults(name: str) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, FileExistsError, StoreAway):
        raise
    except OSError as error:
        raise StoreAway(f"{name}: {error}") from error
