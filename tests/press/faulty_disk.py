"""A disk that stops the machine at a chosen operation, with or without losing what was not yet durable."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from mingchuang.press.disk import Disk, StrPath


class Killed(BaseException):
    """The process is dead: nothing catches this, and no operation succeeds afterwards."""


class FaultyDisk(Disk):
    """Dies at operation number `at` (from 1), which it leaves half done where it can be half done.

    With `power` the machine loses its current as well: bytes that no sync has made durable are gone.
    """

    def __init__(self, at: int, *, power: bool = False) -> None:
        self.at, self.power = at, power
        self.count = 0
        self.dead = False
        self._unsynced: dict[tuple[int, int], tuple[int, int]] = {}  # inode → (descriptor kept open, durable size)

    def _step(self) -> bool:
        """Count; True when the machine dies during this operation."""
        if self.dead:
            raise Killed
        self.count += 1
        return self.count == self.at

    def _die(self) -> None:
        self.dead = True
        for descriptor, size in self._unsynced.values():
            if self.power:
                os.ftruncate(descriptor, size)
        self.close()
        raise Killed

    def close(self) -> None:
        for descriptor, _ in self._unsynced.values():
            os.close(descriptor)
        self._unsynced = {}

    def _note(self, path: StrPath, durable: int) -> None:
        status = Path(path).stat()
        key = (status.st_dev, status.st_ino)
        if key not in self._unsynced:
            self._unsynced[key] = (os.open(path, os.O_RDWR), durable)

    def _durable(self, path: StrPath) -> None:
        status = Path(path).stat()
        kept = self._unsynced.pop((status.st_dev, status.st_ino), None)
        if kept:
            os.close(kept[0])

    def create(self, path: StrPath, data: bytes) -> None:
        dies = self._step()
        super().create(path, data[: len(data) // 2] if dies else data)
        self._note(path, 0)
        if dies:
            self._die()

    def append(self, path: StrPath, data: bytes, *, sync: bool) -> None:
        dies = self._step()
        before = Path(path).stat().st_size if Path(path).exists() else 0
        super().append(path, data[: len(data) // 2] if dies else data, sync=sync)
        if sync and not dies:
            self._durable(path)
        else:
            self._note(path, before)
        if dies:
            self._die()

    def _before(self, dies: bool) -> None:
        if dies:
            self._die()

    def truncate(self, path: StrPath, size: int) -> None:
        self._before(self._step())
        super().truncate(path, size)

    def adopt(self, source: Path, path: StrPath) -> None:
        self._before(self._step())
        super().adopt(source, path)

    def rename(self, source: StrPath, target: StrPath) -> None:
        self._before(self._step())
        super().rename(source, target)

    def unlink(self, path: StrPath) -> None:
        self._before(self._step())
        super().unlink(path)

    def make_folder(self, path: StrPath) -> None:
        self._before(self._step())
        super().make_folder(path)

    def remove_folder(self, path: StrPath) -> bool:
        self._before(self._step())
        return super().remove_folder(path)

    def clear(self, path: StrPath) -> None:
        self._before(self._step())
        super().clear(path)

    def sync_file(self, path: StrPath) -> None:
        self._before(self._step())
        super().sync_file(path)
        self._durable(path)

    def sync_folder(self, path: StrPath) -> None:
        self._before(self._step())
        super().sync_folder(path)

    def sync_all(self, path: StrPath) -> bool:
        self._before(self._step())
        self.close()  # everything is durable
        return super().sync_all(path)


class FullDisk(Disk):
    """Takes nothing more while `full`: no new bytes, no new names; names that are there can go."""

    def __init__(self) -> None:
        self.full = False

    def _room(self) -> None:
        if self.full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def create(self, path: StrPath, data: bytes) -> None:
        if self.full:
            Path(path).write_bytes(b"")
        self._room()
        super().create(path, data)

    def append(self, path: StrPath, data: bytes, *, sync: bool) -> None:
        if self.full:
            super().append(path, data[:7], sync=sync)
        self._room()
        super().append(path, data, sync=sync)

    def adopt(self, source: Path, path: StrPath) -> None:
        self._room()
        super().adopt(source, path)

    def make_folder(self, path: StrPath) -> None:
        if not Path(path).is_dir():
            self._room()
        super().make_folder(path)
