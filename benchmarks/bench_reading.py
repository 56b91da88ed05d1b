"""Reading: the notice against the issue's limit; twenty times its text against twenty-five times the time.

Method: process time, the best of several rounds; rounds of both lengths alternate, so that a busy machine slows both.
Rows are (name, ours, unit, limit's name, limit, goal); for times and for the growth the ratio is limit ÷ ours.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import mingchuang.site.demo
from mingchuang.reading import read

Row = tuple[str, float, str, str, float, float | None]
ROUNDS = 7
TIMES = 20
#: Seconds, and times; issue 2 asks for no more.
LIMIT = 0.2
GROWTH_LIMIT = 25.0


def main() -> list[Row]:
    """All rows; prints nothing."""
    notice = (Path(mingchuang.site.demo.__file__).parent / "notice-2019-60.txt").read_bytes()
    many = notice * TIMES
    assert len(read(notice, "notice.txt").duties) == 27
    assert len(read(many, "many.txt").text) == TIMES * len(notice.decode())
    rounds = [(_timed(notice), _timed(many)) for _ in range(ROUNDS)]
    one, twenty = (min(column) for column in zip(*rounds, strict=True))
    return [
        ("the notice (6,272 characters)", one, "s", "the issue's limit", LIMIT, 1),
        ("twenty notices in one file", twenty, "s", "twenty-five times one", GROWTH_LIMIT * one, 1),
    ]


def _timed(data: bytes) -> float:
    begin = time.process_time()
    read(data, "notice.txt")
    return time.process_time() - begin


def show(rows: list[Row]) -> int:
    """Print the rows; the number of goals missed."""
    missed = 0
    for name, ours, unit, peer, limit, goal in rows:
        ratio = limit / ours
        missed += goal is not None and ratio < goal
        print(f"{name:<32} {ours:10.4f} {unit}   {peer}: {limit:.4f} {unit}   ratio {ratio:.2f} (goal ≥ {goal})")
    return missed


if __name__ == "__main__":
    sys.exit(1 if show(main()) else 0)
