"""Locks of a data folder between processes. They are the kernel's (flock): a process that is killed gives them up.

Each lock file holds the number of the process to stop, for whoever finds it taken. Imports nothing but Python's own.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

BACKGROUND = "background.lock"
PREPARATION = "prepare.lock"


def acquire(folder: Path, process: int | None = None) -> IO[str] | None:
    """The lock of the one process that does the background work, until it is closed; None when another holds it.

    `process`: the number of the process that has to be stopped for it to be given up, when it isn't this one.
    """
    stream = _try(folder / BACKGROUND)
    if stream is not None:
        _sign(stream, process or os.getpid())
    return stream


def is_running(folder: Path) -> bool:
    """Whether some process does the background work of this data folder now."""
    return _holder(folder / BACKGROUND) is not None


def holder(folder: Path) -> str | None:
    """Which process serves this data folder or prepares it now, in Chinese with its number; None when none does."""
    return _holder(folder / BACKGROUND) or _holder(folder / PREPARATION)


@contextlib.contextmanager
def preparing(folder: Path, wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of preparation; `wait` is called once before another start that is at it is waited for."""
    with (folder / PREPARATION).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            wait()
            fcntl.flock(lock, fcntl.LOCK_EX)
        _sign(lock, os.getpid())
        yield


def _try(path: Path) -> IO[str] | None:
    # Not "w": that would wipe out the number before the lock is ours.
    stream = path.open("a+")
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stream.close()
        return None
    return stream


def _sign(stream: IO[str], process: int) -> None:
    """A full disk must not keep a server from serving: then the lock is held unsigned."""
    with contextlib.suppress(OSError):
        os.ftruncate(stream.fileno(), 0)
        os.write(stream.fileno(), str(process).encode())


def _holder(path: Path) -> str | None:
    if not path.exists():
        return None
    lock = _try(path)
    if lock is not None:
        lock.close()
        return None
    number = path.read_text(errors="replace").strip()
    return f"进程 {number}" if number.isdecimal() else "另一个进程"
