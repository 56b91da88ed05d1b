"""What cleaning hands back: the bytes without what was hidden, and a list of what went."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

#: What becomes of tracked changes.
Choice = Literal["accept", "reject"]


@dataclass(frozen=True, slots=True)
class Removed:
    """``what`` in Chinese, without any value: ``批注``, ``隐藏的工作表“附表”``; how many of them."""

    what: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Cleaned:
    """``data`` is a whole new file of the same format; ``removed`` is empty when nothing had to go."""

    data: bytes
    removed: tuple[Removed, ...] = ()


@dataclass(slots=True)
class Tally:
    """Counts what goes, in the order in which it went first."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, what: str, count: int = 1) -> None:
        """Note that ``count`` of ``what`` went; nothing is noted for 0."""
        if count:
            self.counts[what] += count

    def removed(self) -> tuple[Removed, ...]:
        """The list for ``Cleaned``."""
        return tuple(Removed(what, count) for what, count in self.counts.items())
