"""The engine (tantivy) behind one door: opening, writing, and turning its failures into ours."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import tantivy

from mingchuang.search.entry import POSITION_KEY, Entry, document, position_row, schema
from mingchuang.search.failures import IndexDamaged, IndexFull, IndexUnavailable

#: Memory the engine may fill before it writes a segment.
HEAP_INCREMENTAL = 32_000_000
_HEAP_REBUILD = (64_000_000, 1_000_000_000)


# The engine passes on the system's own words, with its number.
_FULL = ("No space left on device", "Disk quota exceeded", "os error 28", "os error 122")
_FULL_CODES = frozenset({errno.ENOSPC, errno.EDQUOT})


def rebuild_heap() -> int:
    """For a rebuild a quarter of the free memory, within bounds: few, large segments answer faster."""
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return min(max(free // 4, _HEAP_REBUILD[0]), _HEAP_REBUILD[1])


@contextlib.contextmanager
def engine_failures() -> Iterator[None]:
    """Reports what the engine raises over its files as IndexDamaged; its Rust side panics with a BaseException.

    A disk that takes no more is IndexFull: nothing that was written before is lost then.
    """
    try:
        yield
    except (ValueError, OSError, RuntimeError) as error:
        raise _failure(error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _failure(error) from error


def _failure(error: BaseException) -> IndexUnavailable:
    said = _short(error)
    full = any(part in str(error) for part in _FULL) or getattr(error, "errno", None) in _FULL_CODES
    return IndexFull() if full else IndexDamaged(said)


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__


def open_engine(folder: Path) -> tantivy.Index:
    """Open a generation for reading or writing; it reloads only when told."""
    with engine_failures():
        index = tantivy.Index.open(str(folder))
        index.config_reader("manual")
        index.reload()
    return index


def create_engine(folder: Path) -> tantivy.Index:
    """A new, empty index in an empty folder."""
    with engine_failures():
        return tantivy.Index(schema(), path=str(folder), reuse=False)


def read_position(searcher: tantivy.Searcher, of: tantivy.Schema) -> int:
    """How far in the event sequence these documents are; 0 for a new index."""
    found = searcher.search(tantivy.Query.term_query(of, "key", POSITION_KEY, "basic"), 1, count=False).hits
    return int(searcher.doc(found[0][1]).get_first("position") or 0) if found else 0


class SegmentWriter:
    """Writes entries into one generation. Everything between two commits becomes visible, and durable, at once."""

    def __init__(self, index: tantivy.Index, heap: int = HEAP_INCREMENTAL) -> None:
        self._index, self._heap = index, heap
        self._start()

    def _start(self) -> None:
        # One thread: a commit is then one segment, and the order of deletions and additions is the order of calls.
        with engine_failures():
            self._writer: tantivy.IndexWriter | None = self._index.writer(self._heap, 1)
            # A writer that was killed in the middle of a commit left files that nothing refers to, under the very
            # names that the same commit takes again; the engine refuses to write over them.
            self._writer.garbage_collect_files()

    @property
    def _open(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise RuntimeError("this writer is closed")
        return self._writer

    def write(self, entries: Iterable[Entry]) -> int:
        """Add entries, each in the place of one with the same key. Returns how many."""
        count = 0
        for entry in entries:
            made = document(entry)
            with engine_failures():
                self._open.delete_documents_by_term("key", entry.key)
                self._open.add_document(made)
            count += 1
        return count

    def remove(self, keys: Iterable[str]) -> None:
        """Take documents out; unknown keys are passed over."""
        with engine_failures():
            for key in keys:
                self._open.delete_documents_by_term("key", key)

    def commit(self, position: int) -> None:
        """Make all of it durable together with the position in the event sequence that it has come to."""
        with engine_failures():
            self._open.delete_documents_by_term("key", POSITION_KEY)
            self._open.add_document(position_row(position))
            self._open.commit()

    def settle(self) -> None:
        """After a commit: let running merges end and delete the files of segments that are no more."""
        with engine_failures():
            self._open.wait_merging_threads()
        self._start()

    def close(self) -> None:
        """Let running merges end and give the engine's own lock back; uncommitted writes are dropped."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with engine_failures():
                writer.rollback()
                writer.wait_merging_threads()


def footprint(folder: Path) -> int:
    """Bytes of a generation on disk."""
    return sum(entry.stat().st_size for entry in os.scandir(folder) if entry.is_file())
