"""The background work of an installation: jobs, the index and the baked pages, each following the event sequence.

It runs inside the serving process, in threads, and in one process only: whoever holds the lock file. The lock is the
kernel's (flock), so a process that is killed gives it up by dying. Work is found again by sequence number, never by
memory: a process that starts after a crash goes on where the last one durably stopped.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import IO

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections, connection

from mingchuang.core.jobs import Worker
from mingchuang.search.failures import IndexUnavailable
from mingchuang.search.feed import Follower as IndexFollower
from mingchuang.site import daily, installation, locks

log = logging.getLogger(__name__)
RETRY_SECONDS = 5.0


class Background:
    """Threads that live as long as the process; `stop` asks them to end and waits."""

    def __init__(self, lock: IO[str]) -> None:
        self._lock = lock
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._forever, args=(name, work), name=name, daemon=True)
            for name, work in (
                ("jobs", self._jobs),
                ("index", self._index),
                ("pages", self._pages),
                ("daily", self._daily),
            )
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float = 10.0) -> None:
        """Ask every thread to end, wait at most `seconds` for all, give up the lock."""
        self._stop.set()
        limit = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, limit - time.monotonic()))
        self._lock.close()

    def _forever(self, name: str, work: Callable[[], None]) -> None:
        """Run one kind of work; what it can't do now (database away, disk full) it tries again and logs why."""
        while not self._stop.is_set():
            try:
                close_old_connections()
                work()
            except (DatabaseError, OSError, IndexUnavailable) as error:
                log.warning("background work «%s» waits: %s", name, error)
            except Exception as error:
                log.exception("background work «%s» failed and will be tried again: %s", name, error)
            finally:
                connection.close()
            self._stop.wait(RETRY_SECONDS)

    def _jobs(self) -> None:
        Worker(self._stop).run()

    def _index(self) -> None:
        IndexFollower(settings.MINGCHUANG_DATA / "index").run(self._stop)

    def _pages(self) -> None:
        installation.page_follower().run(self._stop)

    def _daily(self) -> None:
        daily.follow(installation.page_follower().baker, self._stop)


def start(server: int) -> Background | None:
    """Start the work in this process of the server whose number is given, unless another one does it already."""
    lock = locks.acquire(settings.MINGCHUANG_DATA, server)
    if lock is None:
        log.warning("another process does the background work")
        return None
    running = Background(lock)
    running.start()
    return running
