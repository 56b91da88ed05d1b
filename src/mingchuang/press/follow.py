"""Following the event sequence: what is published or withdrawn is baked within moments, in any process's wake.

The position is stored after the pages are durable. A crash between the two bakes the same pages once more, to the
same bytes. After downtime the events since then are caught up with; a public folder that has never been baked, or is
ahead of the database (an older backup was restored), is baked whole.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Protocol

from django.db import DatabaseError

from mingchuang.press import paths, sources
from mingchuang.press.bake import Baker, Report
from mingchuang.press.sources import Attachment, Change, Gone, Item, Source
from mingchuang.press.store import Store

log = logging.getLogger(__name__)

_EVENTS_A_STEP = 500
_WAIT_SECONDS = 1.0
_RETRY_SECONDS = 30.0


class Feed(Protocol):
    """What is asked of `core.feed`."""

    def head(self) -> int:
        """The number of the last event; 0 when there is none."""

    def since(self, seq: int, limit: int) -> Sequence[Any]:
        """The events after `seq`, oldest first, at most `limit`."""

    def wait(self, seq: int, timeout: float) -> Any:
        """Return as soon as there is an event after `seq`, or when `timeout` seconds have passed."""


class Follower:
    """Keeps the public folder of `store` in step with the events. One at a time works; others wait for the lock."""

    def __init__(self, store: Store, baker: Baker | None = None, feed: Feed | None = None) -> None:
        self.store = store
        self._feed = feed or _core_feed()
        self.baker = baker or Baker(store, head=self._feed.head)
        self._retry_at = 0.0

    def run(self, stop: threading.Event) -> None:
        """Follow until `stop` is set. Raises `DatabaseError` or `OSError` when they can't be reached: call again."""
        while not stop.is_set():
            if self.step() == 0:
                self._feed.wait(self.baker.position.read() or 0, _WAIT_SECONDS)

    def catch_up(self) -> Report:
        """Bake whatever the events since the last time ask for, and return."""
        report = Report()
        while self.step(report):
            pass
        return report

    def step(self, report: Report | None = None) -> int:
        """Bake what the next events touch; returns how many events that were.

        What the disk doesn't take is tried again by the next call. The pages that it concerns are taken away before the
        `OSError` goes on: nobody reads a withdrawn text because there was no room for the page that says so.
        """
        try:
            return self._step(report)
        except OSError:
            self._uncover()
            raise

    def _step(self, report: Report | None) -> int:
        total = report if report is not None else Report()
        position, head = self.baker.position.read(), self._feed.head()
        if position is None or position > head:
            total.add(self.baker.bake_all())
        again = self._due_again()
        if position == head and not again:
            return 0
        with self.store.batch():
            # Read under the lock: another process may just have baked the same events.
            position = self.baker.position.read() or 0
            events = list(self._feed.since(position, _EVENTS_A_STEP))
            items = self._touched(events) + again
            if items:
                total.add(self.baker.bake(items))
            if events:
                self.baker.position.write(events[-1].seq, durable=bool(items))
        return len(events)

    def _uncover(self) -> None:
        """Take away every public page that the events not yet followed touch; the application shows them meanwhile."""
        position = self.baker.position.read() or 0
        while events := list(self._feed.since(position, _EVENTS_A_STEP)):
            position = events[-1].seq
            kept = self.store.uncover(self._stale(self._touched(events)))
            for path in kept:
                log.error("out of date and could not be taken away: %s", path)

    def _stale(self, items: Sequence[Item]) -> set[str]:
        """The paths at which something else should stand; attachments never change."""
        found = set()
        for item in items:
            if isinstance(item, Attachment):
                continue
            address = item if isinstance(item, str) else item.address
            with suppress(paths.BadPathError):
                found.add(paths.from_address(address))
            if isinstance(item, Gone) and address.endswith("/") and address != "/":
                found.update(self.store.under(address[1:]))
        return found

    def _due_again(self) -> list[Item]:
        """What failed before, every half minute."""
        if time.monotonic() < self._retry_at:
            return []
        self._retry_at = time.monotonic() + _RETRY_SECONDS
        return list[Item](sorted(self.baker.failed.read()))

    def _touched(self, events: Sequence[Any]) -> list[Item]:
        items: dict[Item, None] = {}
        for source in sources.registered():
            for event in events:
                change = Change(event.subject_kind, event.subject_id, event.seq, event.move)
                items.update(dict.fromkeys(_pages_for(source, change)))
        return list(items)


def _pages_for(source: Source, change: Change) -> list[Item]:
    """What a source names for a change. One that fails there is asked for all it has: slower, but nothing is stale."""
    try:
        return list(source.pages_for(change))
    except (DatabaseError, OSError):
        raise
    except Exception as error:
        log.exception("source %s failed on %s (%s): baking all its pages", source.name, change, error)
        return list(source.all_pages())


def _core_feed() -> Feed:
    from mingchuang.core import feed  # noqa: PLC0415 - needs models, which exist only in a running Django

    return feed
