"""A bell inside this process: rung after a commit, heard by the worker and by consumers of the feed.

Other processes hear nothing; they look again after their polling interval.
"""

import threading
import time

_bell = threading.Condition()
_rung = 0


def wake() -> None:
    """Ring: something was committed that somebody may be waiting for."""
    global _rung  # noqa: PLW0603 - one bell per process
    with _bell:
        _rung += 1
        _bell.notify_all()


def count() -> int:
    """How often the bell has rung; take it before looking for work, so that no ring is missed."""
    with _bell:
        return _rung


def wait(heard: int, timeout: float) -> int:
    """Sleep until the bell has rung more than `heard` times, or `timeout` seconds have passed; returns the count."""
    end = time.monotonic() + timeout
    with _bell:
        while _rung == heard:
            left = end - time.monotonic()
            if left <= 0:
                break
            _bell.wait(left)
        return _rung
