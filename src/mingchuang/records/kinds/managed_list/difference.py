"""What changed from one version of a list to the next: 新增, 取消, 保留, and of the kept ones 调整. Plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Rows = Sequence[Mapping[str, Any]]
#: What makes a kept matter an adjusted one; words that only spreadsheets differ in are folded before.
COMPARED = (
    *("code", "name", "category", "basis", "level", "authority"),
    *("counterpart", "purpose", "standard", "materials", "limit"),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A matter that is in both versions, with the columns in which it differs."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The matters that came, those that went, and those that stayed, each in the order of its version."""

    added: tuple[Mapping[str, Any], ...]
    removed: tuple[Mapping[str, Any], ...]
    kept: tuple[Kept, ...]

    @property
    def adjusted(self) -> tuple[Kept, ...]:
        return tuple(one for one in self.kept if one.changed)


def difference(before: Rows, after: Rows) -> Difference:
    """Matters are the same by code; those that have no code in either version, or whose code the other version does
    not know, by name. Each matter is paired at most once, so a name that stands twice is paired in order."""
    pairs = dict(_pairs(before, after))
    met = set(pairs.values())
    kept = tuple(_kept(before[pairs[place]], row) for place, row in enumerate(after) if place in pairs)
    added = tuple(row for place, row in enumerate(after) if place not in pairs)
    removed = tuple(row for place, row in enumerate(before) if place not in met)
    return Difference(added, removed, kept)


def _pairs(before: Rows, after: Rows) -> Iterator[tuple[int, int]]:
    """(place in `after`, place in `before`) of the same matter; codes first, then names among the rest."""
    left, right = set(range(len(before))), set(range(len(after)))
    for name in ("code", "name"):
        waiting: dict[str, list[int]] = {}
        for place in sorted(left, reverse=True):
            key = folded(before[place][name])
            if key:
                waiting.setdefault(key, []).append(place)
        for place in sorted(right):
            places = waiting.get(folded(after[place][name]))
            if places:
                found = places.pop()
                left.discard(found)
                right.discard(place)
                yield place, found


def _kept(before: Mapping[str, Any], after: Mapping[str, Any]) -> Kept:
    changed = tuple(name for name in COMPARED if folded(before[name]) != folded(after[name]))
    return Kept(before, after, changed)


def folded(text: str) -> str:
    """A cell as it is compared: without blanks and line breaks, brackets and colons of either width."""
    return "".join(text.split()).translate(_WIDTHS).casefold()


_WIDTHS = str.maketrans("（）：；，〔〕", "():;,[]")
