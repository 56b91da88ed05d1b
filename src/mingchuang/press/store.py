"""The public folder: files that any web server can serve, put in place in batches that a crash can't tear.

```
<root>/records/12/index.html      a page, and beside it index.html.gz when that pays
<root>/.press/journal             what the folder holds (mingchuang.press.journal)
<root>/.press/generation          a number that grows with each batch: whoever serves the folder looks at it
<root>/.press/lock                held by the one writer
<root>/.press/new/                bytes on their way into place
```

A batch is: bytes written and made durable under `new/`; one durable line in the journal that says what will be;
renames and removals; the folders made durable; a closing line; the next generation. A crash before the line leaves
the old state, a crash after it is carried forward by the next one who takes the lock.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from mingchuang.core.now import now
from mingchuang.press import content_types, paths
from mingchuang.press.batch import GZIP_LEVEL, BatchWriter, WriterLock
from mingchuang.press.disk import Disk
from mingchuang.press.journal import Entry
from mingchuang.press.recovery import Recovery

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class ForeignFolderError(Exception):
    """The folder holds files that no Store put there. The message is Chinese and names the folder."""


class Store:
    """The public folder at `root`, made when missing and repaired when a crash left something half-done.

    Any number of threads and processes may hold a Store on one root; one batch is written at a time.
    `repairs` tells, in English for a log, what had to be mended since opening. Raises `ForeignFolderError` for a folder
    that holds other people's files: a full bake would remove them.
    """

    def __init__(
        self,
        root: Path | str,
        *,
        disk: Disk | None = None,
        clock: Callable[[], datetime] = now,
        gzip_level: int = GZIP_LEVEL,
    ) -> None:
        self.root = Path(root)
        self.inside = self.root / paths.INTERNAL
        self._disk = disk or Disk()
        self._clock = clock
        self._gzip_level = gzip_level
        self._recovery = Recovery(self.root, self.inside, self._disk, lambda: clock().isoformat())
        self.repairs: list[str] = self._recovery.repairs
        self._make_root()
        self._lock = WriterLock(self.inside / "lock", self._recovery.catch_up)
        self._open: BatchWriter | None = None
        try:
            self.refresh()
        except OSError as error:
            if error.errno not in FULL:
                raise
            # What a batch left stays for whoever next finds room; taking pages away must go on meanwhile.
            self.repairs.append(f"not mended, the disk is full: {error}")

    def _make_root(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        if not self.inside.is_dir() and any(self.root.iterdir()):
            raise ForeignFolderError(f"{self.root} 不是明窗的公开目录，却已有文件；请换一个空目录。")
        for folder in (self.inside, self.inside / "new"):
            self._disk.make_folder(folder)

    @property
    def manifest(self) -> Mapping[str, Entry]:
        """Store path → `Entry`, as of the last batch or `refresh` of this Store."""
        return MappingProxyType(self._recovery.manifest)

    @property
    def generation(self) -> int:
        """The number of the last finished batch."""
        return self._recovery.reader.generation

    def refresh(self) -> None:
        """See what other processes have put in place, and finish what a killed one left."""
        if not self._lock.mine:
            with self._lock:
                pass  # taking the lock catches up

    def recheck(self) -> None:
        """Hold the manifest against the files; what was changed by hand is then written again by the next bake."""
        with self.batch():
            self._recovery.recheck()

    def uncover(self, gone: Iterable[str]) -> list[str]:
        """Take files away at once, without journal, lock or any free space: for a disk that takes no more.

        The application behind the folder answers for them, and the next batch that finds room sets the journal right.
        Returns the paths that could not be taken away. The generation file goes last: without it, no page is held.
        """
        kept = []
        for path in gone:
            try:
                self._disk.unlink(self.root / path)
                if content_types.compressible(path):
                    self._disk.unlink(self.root / f"{path}.gz")
            except NotADirectoryError:
                continue
            except OSError:
                kept.append(path)
        self._disk.unlink(self.inside / "generation")
        return kept

    def under(self, prefix: str) -> list[str]:
        """Every path that begins with `prefix`, sorted."""
        return sorted(path for path in list(self._recovery.manifest) if path.startswith(prefix))

    @contextmanager
    def batch(self) -> Iterator[BatchWriter]:
        """A batch: holds the lock until the end of `with`, commits there; an exception leaves everything as it was.

        Inside it, `write`, `put_file`, `remove` and `batch` of the same Store on the same thread join it.
        """
        if self._lock.mine and self._open is not None:
            yield self._open
            return
        with self._lock:
            writer = BatchWriter(self.root, self._recovery, self._disk, self._clock, self._gzip_level)
            self._open = writer
            try:
                yield writer
                writer.commit()
            finally:
                self._open = None
                writer.abandon()

    def write(self, path: str, data: bytes, media_type: str | None = None) -> bool:
        """Put `data` at `path`; see `BatchWriter.write`."""
        with self.batch() as batch:
            return batch.write(path, data, media_type)

    def put_file(self, path: str, source: Path | str, sha256: str | None = None) -> bool:
        """Put a stored file at `path`; see `BatchWriter.put_file`."""
        with self.batch() as batch:
            return batch.put_file(path, source, sha256)

    def remove(self, path: str) -> bool:
        """Take `path` away; see `BatchWriter.remove`."""
        with self.batch() as batch:
            return batch.remove(path)
