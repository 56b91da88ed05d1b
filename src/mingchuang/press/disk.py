"""The few file operations of the store, in one place, so that a test can stop the machine at any of them.

Plain `os` calls on plain strings: for a page of 27 KB the Path objects cost as much as the disk.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from contextlib import suppress
from pathlib import Path

_LIBC = ctypes.CDLL(None, use_errno=True)
_PUBLIC_FILE = 0o644
_READABLE_BY_ALL = 0o444

StrPath = str | Path


class Disk:
    """File operations as the store needs them. Each call either happens or raises `OSError`."""

    def create(self, path: StrPath, data: bytes) -> None:
        """Write a new file, readable by every server on the machine. Not yet durable: see `sync_file`."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, _PUBLIC_FILE)
        try:
            _write_all(descriptor, data)
        finally:
            os.close(descriptor)

    def append(self, path: StrPath, data: bytes, *, sync: bool) -> None:
        """Append to a file (made when missing); with `sync` the bytes are durable when this returns."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, _PUBLIC_FILE)
        try:
            _write_all(descriptor, data)
            if sync:
                os.fdatasync(descriptor)
        finally:
            os.close(descriptor)

    def truncate(self, path: StrPath, size: int) -> None:
        """Cut a file to `size` bytes."""
        os.truncate(path, size)

    def adopt(self, source: Path, path: StrPath) -> None:
        """A second name for `source` where one file system and its mode allow it, a copy otherwise."""
        if source.stat().st_mode & _READABLE_BY_ALL == _READABLE_BY_ALL:
            with suppress(OSError):  # another file system, or too many links: copy instead
                os.link(source, path)
                return
        shutil.copyfile(source, path)
        os.chmod(path, _PUBLIC_FILE)  # noqa: PTH101

    def rename(self, source: StrPath, target: StrPath) -> None:
        """Put `source` in the place of `target` at once. (Two names of one file stay both: the caller clears up.)"""
        os.replace(source, target)  # noqa: PTH105 - half the cost of Path.replace, and called for every page

    def unlink(self, path: StrPath) -> None:
        """Remove a file; one that isn't there is no error."""
        with suppress(FileNotFoundError):
            os.unlink(path)  # noqa: PTH108

    def make_folder(self, path: StrPath) -> None:
        """Make one folder; one that is there is no error."""
        with suppress(FileExistsError):
            os.mkdir(path, 0o755)  # noqa: PTH102

    def remove_folder(self, path: StrPath) -> bool:
        """Remove a folder when it is empty; False when it isn't or isn't there."""
        try:
            os.rmdir(path)  # noqa: PTH106
        except OSError:
            return False
        return True

    def clear(self, path: StrPath) -> None:
        """Remove a file, or a folder with all that is in it."""
        if os.path.isdir(path):  # noqa: PTH112
            shutil.rmtree(path)
        else:
            self.unlink(path)

    def sync_file(self, path: StrPath) -> None:
        """Make a file's bytes durable."""
        _sync(path, os.O_RDONLY)

    def sync_folder(self, path: StrPath) -> None:
        """Make the names in a folder durable."""
        _sync(path, os.O_RDONLY | os.O_DIRECTORY)

    def sync_all(self, path: StrPath) -> bool:
        """Make the whole file system of `path` durable in one go; False where the system has no such call."""
        if not hasattr(_LIBC, "syncfs"):
            return False
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            return bool(_LIBC.syncfs(descriptor) == 0)
        finally:
            os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _sync(path: StrPath, flags: int) -> None:
    descriptor = os.open(path, flags | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
