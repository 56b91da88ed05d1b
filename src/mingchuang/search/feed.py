"""Keeps the index at the end of the event sequence.

The position stands in the index and is committed together with the documents, so a process killed at any moment loses
nothing and doubles nothing: what it had not committed is read again, and an entry replaces the one with the same key.
The position never passes an event whose effect is not in the index: when a source fails, following stops at that event,
the failure is raised to the caller (who logs it and tries again), and nothing that was withdrawn is quietly kept.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from mingchuang.core import feed as core_feed
from mingchuang.search import sources
from mingchuang.search.entry import Entry, Gone
from mingchuang.search.failures import IndexBusy, IndexUnavailable
from mingchuang.search.index import Index, Writer

log = logging.getLogger(__name__)

#: Events read at once, subjects asked for at once, and how long one waits for the next event or for the lock.
EVENTS_AT_ONCE = 500
SUBJECTS_AT_ONCE = 200
WAIT_SECONDS = 1.0

Progress = Callable[[int, int], None]
"""(subjects done, subjects in all)"""


class SequencedEvent(Protocol):
    """What is read of an event."""

    seq: int
    subject_kind: str
    subject_id: int


class Feed(Protocol):
    """The event sequence, as `core.feed` offers it."""

    def since(self, seq: int, limit: int = ...) -> Sequence[SequencedEvent]: ...
    def head(self) -> int: ...
    def wait(self, seq: int, timeout: float) -> bool: ...


class Follower:
    """Reads on from the index's own position and writes what the sources say. One in all processes does the work."""

    def __init__(self, folder: Path | str, feed: Feed | None = None) -> None:
        self.index = Index(folder)
        self._feed: Feed = feed if feed is not None else core_feed

    def run(self, stop: threading.Event) -> None:
        """Follow until `stop` is set. While another process holds the lock this one stands by, to take over."""
        told = False
        while not stop.is_set():
            try:
                with self.index.writer() as writer:
                    told = False
                    self._make_usable(writer)
                    self._follow(writer, stop)
            except IndexBusy as busy:
                if not told:
                    log.info("the index follower stands by: %s", busy.message)
                    told = True
                stop.wait(WAIT_SECONDS)

    def catch_up(self) -> int:
        """Bring the index to the end of the sequence once. Returns how many events it took in. Raises IndexBusy."""
        with self.index.writer() as writer:
            before = 0 if self._make_usable(writer) else self.index.position()
            position = self.index.position()
            while (reached := self._step(writer, position)) > position:
                position = reached
            while writer.erase(position):
                pass
            return position - before

    def rebuild(self, progress: Progress | None = None) -> int:
        """Build the index anew from the event sequence. Returns the number of documents.

        When another process writes, a mark is left for it to rebuild at its next turn, and IndexBusy is raised.
        """
        try:
            with self.index.writer() as writer:
                return self._rebuild(writer, progress)
        except IndexBusy:
            self.index.generations.ask_for_rebuild()
            raise

    def _follow(self, writer: Writer, stop: threading.Event) -> None:
        position = self.index.position()
        while not stop.is_set():
            if self.index.generations.rebuild_wanted:
                self._rebuild(writer, None)
                position = self.index.position()
            reached = self._step(writer, position)
            # Between two steps some of what was withdrawn leaves the files; nobody who publishes waits for all of it.
            if writer.erase(reached):
                position = reached
                continue
            idle = reached == position and not self._feed.wait(position, WAIT_SECONDS)
            if idle and self.index.position() < position:
                writer.commit(position)
            position = reached

    def _make_usable(self, writer: Writer) -> bool:
        """Rebuild when there is no usable index, or when it is ahead of a database that was restored from a backup.

        Returns whether it had to.
        """
        try:
            position = self.index.position()
        except IndexUnavailable as unavailable:
            log.warning("the index is rebuilt: %s", unavailable.message)
        else:
            if position <= self._feed.head():
                return False
            log.warning("the index is rebuilt: it is ahead of the database (%d)", position)
        self._rebuild(writer, None)
        return True

    def _step(self, writer: Writer, position: int) -> int:
        """Take in the next events. Returns the new position; the old one when there were none."""
        events = self._feed.since(position, limit=EVENTS_AT_ONCE)
        if not events:
            return position
        known = sources.registered()
        told = [
            said
            for kind, ids in _subjects(events).items()
            if kind in known
            for chunk in _chunks(sorted(ids))
            for said in sources.entries(kind, chunk)
        ]
        writer.remove(said.key for said in told if isinstance(said, Gone))
        writer.write(said for said in told if isinstance(said, Entry))
        reached = events[-1].seq
        # A commit costs the disk some 20 ms; events that nobody searches for wait for one until the feed is idle.
        if told:
            writer.commit(reached)
        return reached

    def _rebuild(self, writer: Writer, progress: Progress | None) -> int:
        """Ask for each subject once, as it is now; what happens meanwhile is followed afterwards."""
        target = self._feed.head()
        subjects = self._all_subjects(target)
        return writer.rebuild(_entries(subjects, progress), target)

    def _all_subjects(self, target: int) -> dict[str, set[int]]:
        """Ids by kind of every subject in the sequence up to `target`, of the kinds that have a source."""
        known = sources.registered()
        subjects: dict[str, set[int]] = {kind: set() for kind in known}
        position = 0
        while position < target and (events := self._feed.since(position, limit=EVENTS_AT_ONCE)):
            for kind, ids in _subjects(events).items():
                if kind in known:
                    subjects[kind] |= ids
            position = events[-1].seq
        return subjects


def _subjects(events: Iterable[SequencedEvent]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for event in events:
        found.setdefault(event.subject_kind, set()).add(event.subject_id)
    return found


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), SUBJECTS_AT_ONCE):
        yield ids[start : start + SUBJECTS_AT_ONCE]


def _entries(subjects: dict[str, set[int]], progress: Progress | None) -> Iterator[list[Entry]]:
    total, done = sum(len(ids) for ids in subjects.values()), 0
    for kind, ids in subjects.items():
        for chunk in _chunks(sorted(ids)):
            yield [said for said in sources.entries(kind, chunk) if isinstance(said, Entry)]
            done += len(chunk)
            if progress is not None:
                progress(done, total)
