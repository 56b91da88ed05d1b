"""The index's folder: one generation in use, a header that says what made it, and the writer's lock.

    index/current          name of the generation in use, replaced in one step
    index/writer.lock      held (flock) by the one process that writes; its text names the holder
    index/rebuild.wanted   present when someone who may not write asks the holder to rebuild
    index/g-000001/        the engine's files and header.json

A rebuild writes the next generation beside the one in use and then replaces `current`; readers that still have files
of the old one open keep them until they look again.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from mingchuang.search.entry import header
from mingchuang.search.failures import IndexBusy, IndexDamaged, IndexMissing, IndexOutdated

HEADER = "header.json"
ENGINE_META = "meta.json"


class Generations:
    """The folder; every method is one step that a kill leaves done or not done."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pointer = root / "current"
        self._wanted = root / "rebuild.wanted"

    def current(self) -> Path:
        """Folder of the generation in use. Raises IndexMissing, IndexOutdated or IndexDamaged."""
        try:
            name = self.pointer.read_text(encoding="ascii").strip()
        except (FileNotFoundError, NotADirectoryError):
            raise IndexMissing from None
        except UnicodeDecodeError:
            raise IndexDamaged("current") from None
        folder = self.root / name
        if not name.startswith("g-") or "/" in name or not (folder / ENGINE_META).is_file():
            raise IndexDamaged(f"{name or 'current'}/{ENGINE_META}")
        self._check_header(folder)
        return folder

    def _check_header(self, folder: Path) -> None:
        try:
            found = json.loads((folder / HEADER).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise IndexDamaged(f"{folder.name}/{HEADER}") from None
        if not isinstance(found, dict):
            raise IndexDamaged(f"{folder.name}/{HEADER}")
        wanted = header()
        differing = [
            f"{name} {found.get(name)} → {value}" for name, value in wanted.items() if found.get(name) != value
        ]
        if differing:
            raise IndexOutdated("，".join(differing))

    def begin(self) -> Path:
        """A new, empty folder for the next generation; leftovers of an unfinished one go first."""
        self.root.mkdir(parents=True, exist_ok=True)
        self.sweep()
        numbers = [int(path.name[2:]) for path in self.root.glob("g-*") if path.name[2:].isdigit()]
        folder = self.root / f"g-{max(numbers, default=0) + 1:06d}"
        folder.mkdir()
        (folder / HEADER).write_text(json.dumps(header()), encoding="utf-8")
        return folder

    def switch(self, folder: Path) -> None:
        """Make a finished generation the one in use, durably, then remove the others."""
        _flush(folder / HEADER)
        _flush(folder)
        partial = self.root / "current.new"
        partial.write_text(folder.name, encoding="ascii")
        _flush(partial)
        partial.replace(self.pointer)
        _flush(self.root)
        self.sweep()

    def sweep(self) -> None:
        """Remove every generation that isn't in use. Only the holder of the lock may call it."""
        used = self.pointer.read_text(encoding="ascii", errors="replace").strip() if self.pointer.is_file() else ""
        for path in self.root.glob("g-*"):
            if path.name != used:
                shutil.rmtree(path, ignore_errors=True)

    def ask_for_rebuild(self) -> None:
        """Leave a mark for the process that writes; it rebuilds at its next turn."""
        self.root.mkdir(parents=True, exist_ok=True)
        self._wanted.touch()

    @property
    def rebuild_wanted(self) -> bool:
        return self._wanted.exists()

    def rebuild_done(self) -> None:
        self._wanted.unlink(missing_ok=True)

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the writer's lock. Raises IndexBusy when another holds it; a killed holder gives it up by dying."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "writer.lock").open("a+", encoding="utf-8") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                stream.seek(0)
                raise IndexBusy(stream.read(80).strip() or "未知进程") from None
            stream.truncate(0)
            stream.write(f"进程 {os.getpid()}")
            stream.flush()
            yield


def _flush(path: Path) -> None:
    """Ask the disk to keep a file or a folder's entries now."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
