"""One batch of the store: what is staged under a name of its own, and how it gets into place all at once."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Self

from isal import isal_zlib

from mingchuang.press import content_types, paths
from mingchuang.press.disk import Disk
from mingchuang.press.journal import Batch, Entry, Placed
from mingchuang.press.recovery import Recovery

# Measured here on 17 KB Chinese pages: levels 1 and 2 compress 20,000 pages/s to within 2 % of level 3, which is half
# as fast; zlib 6 is six times slower for 9 % less (docs/adr/0201).
GZIP_LEVEL = 2
_GZIP_CONTAINER = 31  # a zlib window of 15 bits, in a gzip frame without time or name: same bytes in, same bytes out
_SMALLEST_WORTH_GZIP = 256
_GZIP_MUST_SAVE = 0.9
# From so many files on, one sync of the file system is cheaper than one for each file.
_SYNC_EACH_UP_TO = 12
_COMPACT_FROM = 20_000


class WriterLock:
    """The one writer's lock: between threads, between processes; free again when its holder is killed."""

    def __init__(self, path: Path, on_taken: Callable[[], None]) -> None:
        self._path, self._on_taken = path, on_taken
        self._threads = threading.Lock()
        self._owner: int | None = None
        self._descriptor = -1

    @property
    def mine(self) -> bool:
        """Whether this thread holds it."""
        return self._owner == threading.get_ident()

    def __enter__(self) -> Self:
        self._threads.acquire()
        taken = False
        try:
            self._owner = threading.get_ident()
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
            self._on_taken()
            taken = True
        finally:
            if not taken:
                self._release()
        return self

    def __exit__(self, *_: object) -> None:
        self._release()

    def _release(self) -> None:
        descriptor, self._descriptor, self._owner = self._descriptor, -1, None
        if descriptor >= 0:
            os.close(descriptor)
        self._threads.release()


class BatchWriter:
    """Collects writes and removals and puts them in place together. Made by `Store.batch`, which holds the lock."""

    def __init__(
        self, root: Path, recovery: Recovery, disk: Disk, clock: Callable[[], datetime], gzip_level: int
    ) -> None:
        self._root, self._recovery, self._disk, self._clock, self._gzip_level = root, recovery, disk, clock, gzip_level
        self._manifest = recovery.manifest
        self._new = f"{root}/{paths.INTERNAL}/new"  # strings: see Recovery
        self._begin()

    def _begin(self) -> None:
        self._placed: dict[str, Placed] = {}
        self._removed: set[str] = set()
        self._folders: set[str] = set()
        self._name = secrets.token_hex(6)
        self._count = 0
        self._announced = False

    def write(self, path: str, data: bytes, media_type: str | None = None) -> bool:
        """Stage `data` for `path`; False when the same bytes are there already.

        `media_type`, where given, must fit the path's extension. Raises `BadPathError` for a path that may not stand in
        the public folder or collides with another, `ValueError` for a media type that another server would not give.
        """
        if media_type is not None and not content_types.same_kind(media_type, path):
            raise ValueError(f"{path}: {media_type} does not fit {content_types.content_type(path)}")
        digest = hashlib.sha256(data).hexdigest()
        if self._unchanged(path, digest, len(data)):
            return False
        self._check_room(path)
        packed = self._compress(path, data)
        temporary = self._next_temporary()
        self._disk.create(f"{self._new}/{temporary}", data)
        if packed:
            self._disk.create(f"{self._new}/{temporary}.gz", packed)
        self._stage(path, temporary, digest, len(data), len(packed))
        return True

    def put_file(self, path: str, source: Path | str, sha256: str | None = None) -> bool:
        """Stage a stored, unchanging file for `path` by a hard link, or a copy where that can't be; never compressed.

        `sha256` (hex) saves reading the file. False when it is there already. Raises `BadPathError` and
        `FileNotFoundError`.
        """
        source = Path(source)
        size = source.stat().st_size
        if sha256 is None:
            with source.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if self._unchanged(path, sha256, size):
            return False
        self._check_room(path)
        temporary = self._next_temporary()
        self._disk.adopt(source, f"{self._new}/{temporary}")
        self._stage(path, temporary, sha256, size, 0)
        return True

    def remove(self, path: str) -> bool:
        """Stage the removal of `path`, its `.gz` and the folders it leaves empty; False when it isn't there."""
        staged = self._placed.pop(path, None)
        if path in self._manifest and path not in self._removed:
            self._removed.add(path)
            return True
        return staged is not None

    def commit(self) -> bool:
        """Put everything staged in place; False when there was nothing. The end of `with` does it as well."""
        if not self._placed and not self._removed:
            return False
        moment = self._clock().isoformat()
        placed = tuple(p._replace(entry=p.entry._replace(written_at=moment)) for p in self._placed.values())
        batch = Batch(self._recovery.reader.generation + 1, placed, tuple(sorted(self._removed)))
        if placed:
            self._make_durable(placed)
        self._announced = True
        self._recovery.carry_out(batch)
        self._begin()
        if self._recovery.entries_written > _COMPACT_FROM + 2 * len(self._manifest):
            self._recovery.write_anew()
        return True

    def abandon(self) -> None:
        """Forget what is staged. Once the journal knows the batch its bytes stay: the next one carries it forward."""
        if self._count and not self._announced:
            self._disk.clear(f"{self._new}/{self._name}")
        self._begin()

    def _unchanged(self, path: str, digest: str, size: int) -> bool:
        if path in self._placed:
            return self._placed[path].entry.sha256 == digest
        known = self._manifest.get(path)
        if known is None or known.sha256 != digest or path in self._removed:
            return False
        try:
            # Someone may have deleted or cut the file behind our back: then it is written again.
            return os.stat(f"{self._root}/{path}").st_size == size  # noqa: PTH116 - the hot path of a full bake
        except OSError:
            return False

    def _compress(self, path: str, data: bytes) -> bytes:
        """`data` as gzip when that pays, else nothing."""
        if len(data) < _SMALLEST_WORTH_GZIP or paths.is_attachment(path) or not content_types.compressible(path):
            return b""
        packed = isal_zlib.compress(data, self._gzip_level, _GZIP_CONTAINER)
        return packed if len(packed) < len(data) * _GZIP_MUST_SAVE else b""

    def _check_room(self, path: str) -> None:
        paths.check(path)
        if self._holds(path):
            return
        if (path.endswith(".gz") and self._holds(path[:-3])) or self._holds(f"{path}.gz"):
            raise paths.BadPathError(f"公开路径与压缩副本的名字冲突：{path!r}")
        parent = path.rpartition("/")[0]
        while parent:
            if self._holds(parent):
                raise paths.BadPathError(f"公开路径的上级已是文件：{path!r}")
            parent = parent.rpartition("/")[0]
        if path in self._folders or os.path.isdir(f"{self._root}/{path}"):  # noqa: PTH112
            raise paths.BadPathError(f"公开路径已是目录：{path!r}")

    def _holds(self, path: str) -> bool:
        return path in self._placed or (path in self._manifest and path not in self._removed)

    def _next_temporary(self) -> str:
        if not self._count:
            self._disk.make_folder(f"{self._new}/{self._name}")
        self._count += 1  # never the same name twice: the first may be a second name of a stored file
        return f"{self._name}/{self._count}"

    def _stage(self, path: str, temporary: str, digest: str, size: int, gzip_size: int) -> None:
        entry = Entry(digest, size, gzip_size, content_types.content_type(path), "")
        self._placed[path] = Placed(path, entry, temporary)
        self._removed.discard(path)
        parent = path.rpartition("/")[0]
        while parent and parent not in self._folders:
            self._folders.add(parent)
            parent = parent.rpartition("/")[0]

    def _make_durable(self, placed: tuple[Placed, ...]) -> None:
        if len(placed) > _SYNC_EACH_UP_TO and self._disk.sync_all(self._new):
            return
        for item in placed:
            self._disk.sync_file(f"{self._new}/{item.temporary}")
            if item.entry.gzip_size:
                self._disk.sync_file(f"{self._new}/{item.temporary}.gz")
        self._disk.sync_folder(f"{self._new}/{self._name}")
        self._disk.sync_folder(self._new)
