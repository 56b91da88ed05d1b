"""What changed between two catalogues: items added, removed, changed, with the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingchuang.reading.catalogue.item import Item
from mingchuang.reading.catalogue.rows import COLUMN_TITLES, words_of


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """One column that is different: its id and title, and what stood and stands there, as a person reads it."""

    column: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """An item that stayed, with other words."""

    before: Item
    after: Item
    columns: tuple[ColumnChange, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Between an older and a newer catalogue, each in its order; items that stayed as they were are not listed."""

    added: tuple[Item, ...]
    removed: tuple[Item, ...]
    changed: tuple[Changed, ...]

    @property
    def empty(self) -> bool:
        """Whether the two say the same (the order of their rows aside)."""
        return not (self.added or self.removed or self.changed)


def difference(old: Sequence[Item], new: Sequence[Item]) -> Difference:
    """Compare two catalogues. An item is the same by field and names; of several rows of one name (one for each level)
    those of the same levels belong together first."""
    left: dict[tuple[str, ...], list[Item]] = {}
    for item in old:
        left.setdefault(item.key, []).append(item)
    pairs: list[tuple[Item | None, Item]] = []
    for item in new:
        pairs.append((_take(left.get(item.key, []), item), item))
    removed_ids = {id(item) for items in left.values() for item in items}
    changes = ((before, after, _columns(before, after)) for before, after in pairs if before is not None)
    return Difference(
        added=tuple(after for before, after in pairs if before is None),
        removed=tuple(item for item in old if id(item) in removed_ids),
        changed=tuple(Changed(before, after, columns) for before, after, columns in changes if columns),
    )


def _take(candidates: list[Item], item: Item) -> Item | None:
    """The row of the older catalogue that this one continues, taken out of `candidates`."""
    if not candidates:
        return None
    best = next((old for old in candidates if old.levels == item.levels), candidates[0])
    candidates.remove(best)
    return best


def _columns(before: Item, after: Item) -> tuple[ColumnChange, ...]:
    if before == after:
        return ()
    old, new = words_of(before), words_of(after)
    return tuple(
        ColumnChange(name, title, old[name], new[name])
        for name, title in COLUMN_TITLES.items()
        if old[name] != new[name]
    )
