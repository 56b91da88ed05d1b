"""Locks of a data folder between processes. They are the kernel's (flock): a process that is killed gives them up."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

BACKGROUND = "background.lock"
PREPARATION = "prepare.lock"


def acquire(folder: Path) -> IO[str] | None:
    """The lock of the one process that does the background work, until it is closed; None when another holds it."""
    stream = (folder / BACKGROUND).open("w")
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stream.close()
        return None
    return stream


def is_running(folder: Path) -> bool:
    """Whether some process does the background work of this data folder now."""
    if not (folder / BACKGROUND).exists():
        return False
    lock = acquire(folder)
    if lock is None:
        return True
    lock.close()
    return False


@contextlib.contextmanager
def preparing(folder: Path, wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of preparation; `wait` is called once before another start that is at it is waited for."""
    with (folder / PREPARATION).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            wait()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
