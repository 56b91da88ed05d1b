"""Carrying a batch out, the first time or after a crash: the same steps, so that the second is as good as the first."""

from __future__ import annotations

import gzip
import hashlib
import os
import secrets
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from mingchuang.press import content_types, journal, paths
from mingchuang.press.disk import Disk
from mingchuang.press.journal import Batch, Entry, Placed

# From so many folders on, one sync of the file system is cheaper than one for each folder.
_SYNC_EACH_UP_TO = 12
_ENTRIES_A_LINE = 1_000


class Recovery:
    """Keeps the manifest in step with the journal and the folder. The owner holds the store's lock around each call.

    `repairs` collects, in English for a log, what had to be mended; `entries_written` counts the journal's entries.
    """

    def __init__(self, root: Path, inside: Path, disk: Disk, moment: Callable[[], str]) -> None:
        self._root, self._inside, self._disk, self._moment = root, inside, disk, moment
        self._new = inside / "new"
        self.reader = journal.Reader(inside / "journal")
        self.manifest: dict[str, Entry] = {}
        self.entries_written = 0
        self.repairs: list[str] = []

    def catch_up(self) -> None:
        """Read what the journal has gained, and finish what a crash left: to be called by whoever takes the lock."""
        self._read()
        if self.reader.torn:
            self.repairs.append("cut a torn line off the journal")
            self._disk.truncate(self.reader.path, self.reader.offset)
            self.reader.torn = False
        pending = self.reader.pending
        if pending is not None:
            self.repairs.append(f"carried batch {pending.generation} forward")
            self._put_in_place(pending)
            self._correct(sorted(pending.paths()))
        self._show_generation()
        self._clear_new()

    def carry_out(self, batch: Batch) -> None:
        """Announce a batch whose bytes are durable, put it in place, close it and show the new generation.

        Raises `OSError` when the disk refuses; the batch then stands in the journal and is carried forward later.
        """
        self._disk.append(self.reader.path, batch.to_line(), sync=True)
        self._read()
        self._correct(self._put_in_place(batch))
        self._show_generation()
        self._clear_new()

    def recheck(self) -> None:
        """Hold the whole manifest against the files, which somebody may have changed, added or deleted by hand.

        Attachments, gigabytes of them, by their size alone: `verification` reads them.
        """
        doubtful = []
        for path in sorted(self.manifest.keys() | set(self._files())):
            known = self.manifest.get(path)
            if known is None or not paths.is_attachment(path) or _size(self._root / path) != known.size:
                doubtful.append(path)
        self._correct(doubtful)
        self._show_generation()

    def write_anew(self) -> None:
        """Replace the journal by a short one that says the same."""
        self._write_journal(self.manifest, max(self.reader.generation, 1))
        self._read()

    def _read(self) -> None:
        try:
            news = self.reader.poll()
        except journal.DamagedError as error:
            self.repairs.append(f"journal damaged ({error}): derived from the files")
            self._derive()
            return
        if news.restarted:
            self.manifest.clear()
            self.entries_written = 0
        for batch in news.batches:
            self.entries_written += len(batch.placed) + len(batch.removed)
            for path in batch.removed:
                self.manifest.pop(path, None)
            for item in batch.placed:
                self.manifest[item.path] = item.entry
        if self.reader.name is None:
            self._derive()

    # Carrying out. Plain strings instead of Paths: this runs for every page, and Paths cost as much as the disk.

    def _put_in_place(self, batch: Batch) -> list[str]:
        """Renames and removals of a batch, made durable, and its closing line.

        Returns the paths where something stood in the way.
        """
        failed: list[str] = []
        folders: set[str] = set()
        for path in batch.removed:
            self._take_away(path, folders)
        for item in batch.placed:
            try:
                self._place(item, folders)
            except (IsADirectoryError, NotADirectoryError, FileExistsError) as error:
                self.repairs.append(f"{item.path}: {error}")
                failed.append(item.path)
        self._sync(folders)
        # Not synced: without this line the batch is merely carried forward once more.
        self._disk.append(self.reader.path, journal.done_line(batch.generation), sync=False)
        self._read()
        return failed

    def _place(self, item: Placed, folders: set[str]) -> None:
        target = f"{self._root}/{item.path}"
        self._make_folders(target.rpartition("/")[0], folders)
        if item.temporary:
            self._move(f"{self._new}/{item.temporary}", target)
            if item.entry.gzip_size:
                self._move(f"{self._new}/{item.temporary}.gz", f"{target}.gz")
        known = self.manifest.get(item.path)
        if not item.entry.gzip_size and (known is None or known.gzip_size) and content_types.compressible(item.path):
            self._disk.unlink(f"{target}.gz")

    def _move(self, source: str, target: str) -> None:
        with suppress(FileNotFoundError):  # moved before the crash
            self._disk.rename(source, target)

    def _make_folders(self, folder: str, folders: set[str]) -> None:
        """Make the folder of a file and those above it, and note them as to be made durable."""
        if folder in folders:
            return
        missing = []
        each = folder
        while each not in folders and not os.path.isdir(each):  # noqa: PTH112 - see above
            missing.append(each)
            each = each.rpartition("/")[0]
        for each in reversed(missing):
            self._disk.make_folder(each)
            folders.update((each, each.rpartition("/")[0]))
        folders.add(folder)

    def _take_away(self, path: str, folders: set[str]) -> None:
        target, root = f"{self._root}/{path}", str(self._root)
        with suppress(NotADirectoryError):  # a file stands where its folder was: it is gone already
            self._disk.unlink(target)
            if content_types.compressible(path):
                self._disk.unlink(f"{target}.gz")
        folder = target.rpartition("/")[0]
        while folder != root and self._disk.remove_folder(folder):
            folders.discard(folder)
            folder = folder.rpartition("/")[0]
        folders.add(folder)

    def _sync(self, folders: set[str]) -> None:
        if len(folders) > _SYNC_EACH_UP_TO and self._disk.sync_all(self._root):
            return
        for folder in sorted(folders):
            with suppress(FileNotFoundError):  # emptied and removed by a later step of the same batch
                self._disk.sync_folder(folder)

    def _correct(self, doubtful: list[str]) -> None:
        """Hold the manifest against the files and write down what differs."""
        placed, removed = [], []
        for path in doubtful:
            known, found = self.manifest.get(path), self._look(path)
            if found is None and known is not None:
                self.repairs.append(f"{path}: missing")
                removed.append(path)
            elif found is not None and (known is None or known[:3] != found[:3]):
                self.repairs.append(f"{path}: holds other bytes than the journal says")
                # Only the compressed copy is wrong: no hash, so that the next bake writes both again.
                same = known is not None and known.sha256 == found.sha256
                placed.append(Placed(path, found._replace(sha256="") if same else found, ""))
        if placed or removed:
            batch = Batch(self.reader.generation + 1, tuple(placed), tuple(removed))
            self._disk.append(self.reader.path, batch.to_line() + journal.done_line(batch.generation), sync=True)
            self._read()

    def _show_generation(self) -> None:
        """Write the generation file when it is behind: the last step, after which the others look."""
        target = self._inside / "generation"
        said = b"%d\n" % self.reader.generation
        with suppress(FileNotFoundError):
            if target.read_bytes() == said:
                return
        new = self._inside / "generation.new"
        self._disk.create(new, said)
        self._disk.rename(new, target)

    def _clear_new(self) -> None:
        for name in os.listdir(self._new):  # noqa: PTH208 - names are all we need
            self._disk.clear(self._new / name)

    # Deriving the manifest from the files

    def _derive(self) -> None:
        """Make the journal again from what the folder holds: it was lost, damaged, or never there."""
        manifest = {}
        for path in self._files():
            found = self._look(path)
            if found is not None:
                manifest[path] = found
        self._write_journal(manifest, self._shown_generation() + 1)
        self._read()

    def _files(self) -> Iterator[str]:
        for folder, names, files in os.walk(self._root):
            here = os.path.relpath(folder, self._root).replace(os.sep, "/")
            names[:] = sorted(n for n in names if not n.startswith("."))
            for name in sorted(files):
                path = name if here == "." else f"{here}/{name}"
                if path.endswith(".gz") and self._is_copy(path, name[:-3] in files):
                    continue
                if paths.fault(path):
                    self.repairs.append(f"{path!r}: not a public path, left alone")
                    continue
                yield path

    def _is_copy(self, path: str, beside: bool) -> bool:
        """Whether a `.gz` is the compressed copy of a page and no file of its own; one left alone is removed."""
        plain = path[:-3]
        if (
            not content_types.compressible(plain)
            or path in self.manifest
            or (paths.is_attachment(plain) and not beside)
        ):
            return False
        if not beside:
            self.repairs.append(f"{path}: compressed copy of nothing, removed")
            self._disk.unlink(self._root / path)
        return True

    def _look(self, path: str) -> Entry | None:
        """What a file holds; a `.gz` beside it that tells another story is removed."""
        target = self._root / path
        try:
            with target.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = target.stat().st_size
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        packed = target.with_name(target.name + ".gz")
        gzip_size = packed.stat().st_size if content_types.compressible(path) and packed.is_file() else 0
        if gzip_size and not _unpacks_to(packed, digest):
            self.repairs.append(f"{path}: compressed copy differs, removed")
            self._disk.unlink(packed)
            gzip_size = 0
        return Entry(digest, size, gzip_size, content_types.content_type(path), self._moment())

    def _shown_generation(self) -> int:
        try:
            return int((self._inside / "generation").read_bytes() or b"0")
        except (FileNotFoundError, ValueError):
            return 0

    def _write_journal(self, manifest: dict[str, Entry], generation: int) -> None:
        lines = [journal.start_line(secrets.token_hex(8))]
        everything = [Placed(path, entry, "") for path, entry in sorted(manifest.items())]
        for start in range(0, max(len(everything), 1), _ENTRIES_A_LINE):
            chunk = Batch(generation, tuple(everything[start : start + _ENTRIES_A_LINE]))
            lines += [chunk.to_line(), journal.done_line(generation)]
        new = self._inside / "journal.new"
        self._disk.create(new, b"".join(lines))
        self._disk.sync_file(new)
        self._disk.rename(new, self.reader.path)
        self._disk.sync_folder(self._inside)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _unpacks_to(packed: Path, digest: str) -> bool:
    found = hashlib.sha256()
    try:
        with gzip.open(packed, "rb") as file:
            while chunk := file.read(1 << 20):
                found.update(chunk)
    except (OSError, EOFError, zlib.error):
        return False
    return found.hexdigest() == digest
