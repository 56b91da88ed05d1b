"""The index: one folder, one writing process, any number of readers in threads and processes.

    index = Index(folder)
    with index.writer() as writer:            # raises IndexBusy when another process writes
        writer.write([Entry(...)])
        writer.commit(position)
    results = index.query(Query("政务公开"))    # raises IndexMissing, IndexOutdated, IndexDamaged

A query needs nothing but the folder: no database, no Django.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import tantivy

from mingchuang.search.answer import Answering
from mingchuang.search.engine import (
    SegmentWriter,
    create_engine,
    engine_failures,
    footprint,
    open_engine,
    read_position,
    rebuild_heap,
)
from mingchuang.search.entry import Entry
from mingchuang.search.erasure import Erasure
from mingchuang.search.failures import IndexUnavailable
from mingchuang.search.generations import ENGINE_META, Generations
from mingchuang.search.integrity import damage
from mingchuang.search.query import Query, Results

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """For people and health checks: `state` is ready, missing, outdated or damaged; `message` says it in Chinese."""

    state: str
    message: str
    documents: int = 0
    position: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class _Opened:
    """One generation open for reading, and by which files it was recognised."""

    folder: Path
    engine: tantivy.Index
    schema: tantivy.Schema
    pointer: Stamp
    meta: Stamp


def _stamp(path: Path) -> Stamp:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


class Index:
    """See the module. Safe to share between threads; opened at the first use, so that making one never fails."""

    def __init__(self, folder: Path | str) -> None:
        self.generations = Generations(Path(folder))
        self._opened: _Opened | None = None
        self._refreshing = threading.Lock()

    def query(self, query: Query) -> Results:
        """Answer a question from what was last committed, by whichever process."""
        with engine_failures():
            return self.answering().answer(query)

    def answering(self) -> Answering:
        """One state of the index, to ask several things of: everything answered by it is of the same commit."""
        opened, searcher = self._searcher()
        return Answering(opened.schema, searcher)

    def finds(self, text: str, key: str) -> bool:
        """Whether a query for `text` is answered with this document among all, whatever its rank."""
        with engine_failures():
            return self.answering().finds(text, key)

    def position(self) -> int:
        """The last event whose effect is in the index; 0 when nothing was followed yet."""
        opened, searcher = self._searcher()
        with engine_failures():
            return read_position(searcher, opened.schema)

    def status(self) -> IndexStatus:
        """What there is to say about the index; never raises over its state."""
        try:
            opened, searcher = self._searcher()
            with engine_failures():
                position = read_position(searcher, opened.schema)
                # The position row is in the engine's count.
                documents = max(0, searcher.num_docs - (1 if searcher.num_docs else 0))
        except IndexUnavailable as unavailable:
            return IndexStatus(unavailable.state, unavailable.message)
        size = footprint(opened.folder)
        return IndexStatus(
            "ready", f"检索库正常：{documents:,} 篇，已处理到第 {position} 号事件。", documents, position, size
        )

    def verify(self) -> list[str]:
        """Reads every byte of the index and compares checksums. Returns Chinese sentences; empty means whole."""
        try:
            found = damage(self.generations.current())
            self._searcher()
            return found
        except IndexUnavailable as unavailable:
            return [unavailable.message]

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """The one writer, with the lock held. Raises IndexBusy; a missing or unusable index is for `Writer.rebuild`."""
        with ExitStack() as stack:
            stack.enter_context(self.generations.lock())
            writer = Writer(self.generations)
            stack.callback(writer.close)
            yield writer

    def _searcher(self) -> tuple[_Opened, tantivy.Searcher]:
        """A searcher over the last commit: two `stat` calls when nothing changed."""
        opened = self._opened
        if opened is None or not self._fresh(opened):
            opened = self._refresh()
        with engine_failures():
            return opened, opened.engine.searcher()

    def _fresh(self, opened: _Opened) -> bool:
        try:
            return (
                _stamp(self.generations.pointer) == opened.pointer
                and _stamp(opened.folder / ENGINE_META) == opened.meta
            )
        except OSError:
            return False

    def _refresh(self) -> _Opened:
        with self._refreshing:
            opened = self._opened
            if opened is not None and self._fresh(opened):
                return opened
            for attempt in (1, 2, 3):
                try:
                    self._opened = opened = self._open(opened)
                    return opened
                except (IndexUnavailable, OSError):
                    # A writer may have switched generations between our looking and our opening: look again.
                    opened = None
                    if attempt == 3:
                        self._opened = None
                        raise
            raise AssertionError("unreachable")

    def _open(self, before: _Opened | None) -> _Opened:
        # Stamps are taken before the files are read: a commit in between is seen again at the next query.
        folder = self.generations.current()
        pointer, meta = _stamp(self.generations.pointer), _stamp(folder / ENGINE_META)
        if before is not None and before.folder == folder and before.pointer == pointer:
            with engine_failures():
                before.engine.reload()
            return _Opened(folder, before.engine, before.schema, pointer, meta)
        engine = open_engine(folder)
        return _Opened(folder, engine, engine.schema, pointer, meta)


class Writer:
    """Writes to the generation in use, or builds the next one. Made by `Index.writer`, which holds the lock for it."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._segments: SegmentWriter | None = None
        self._erasure: Erasure | None = None
        self._removed: set[str] = set()

    def _current(self) -> SegmentWriter:
        if self._segments is None:
            folder = self._generations.current()
            engine = open_engine(folder)
            self._segments = SegmentWriter(engine)
            self._erasure = Erasure(folder, engine)
        return self._segments

    def write(self, entries: Iterable[Entry]) -> int:
        """Add or replace by key; visible after `commit`."""
        return self._current().write(entries)

    def remove(self, keys: Iterable[str]) -> None:
        """Take out by key; visible after `commit`. What they said leaves the disk with `erase`."""
        gone = list(keys)
        self._removed.update(gone)
        self._current().remove(gone)

    def commit(self, position: int) -> None:
        """Durably, together: all writes since the last commit, and the event sequence number they come to."""
        segments = self._current()
        if self._removed and self._erasure is not None:
            with engine_failures():
                self._erasure.want(self._removed)
            self._removed.clear()
        segments.commit(position)

    def erase(self, position: int) -> bool:
        """One step of taking removed documents out of the files, a few seconds long; between commits only.

        `position` is that of the last commit. Returns whether there is more to do.
        """
        segments, erasure = self._current(), self._erasure
        if erasure is None or not erasure.is_wanted:
            return False
        with engine_failures():
            beside = erasure.next_to_move()
            segments.write(beside)
            segments.commit(position)
            if beside:
                return True
            segments.settle()
            return not erasure.finish()

    def rebuild(self, batches: Iterable[Iterable[Entry]], position: int) -> int:
        """Build a new generation from nothing and switch to it; the old one answers until then. Returns the count.

        When anything raises, `batches` included, the old generation stays in use and the unfinished one is removed.
        """
        self.close()
        folder = self._generations.begin()
        fresh = SegmentWriter(create_engine(folder), rebuild_heap())
        with ExitStack() as undo:
            undo.callback(self._generations.sweep)
            undo.callback(fresh.close)
            count = sum(fresh.write(batch) for batch in batches)
            fresh.commit(position)
            undo.pop_all()
        fresh.close()
        self._generations.switch(folder)
        self._generations.rebuild_done()
        return count

    def close(self) -> None:
        segments, self._segments, self._erasure = self._segments, None, None
        self._removed.clear()
        if segments is not None:
            segments.close()
