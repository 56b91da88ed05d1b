"""Two texts side by side, with the characters that differ: yours and theirs, the public one and the new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from mingchuang.records import form_values, markup, tables
from mingchuang.records.kind import Field, Kind

Span = tuple[int, int]
# Character by character up to here, line by line beyond: the comparison of a long text must not keep a page waiting.
_MOST_CHARACTERS = 4000
_MOST_PARTS = 4000


@dataclass(frozen=True)
class Difference:
    """One field on both sides; spans are `[start, end)` in code points of each text."""

    label: str
    before: str
    after: str
    before_spans: Sequence[Span]
    after_spans: Sequence[Span]


def difference(label: str, before: str, after: str) -> Difference:
    """Where two texts differ."""
    old, new = (text if len(before) + len(after) <= _MOST_CHARACTERS else _lines(text) for text in (before, after))
    moves = _moves(old, new)
    ends_old, ends_new = _ends(old), _ends(new)
    return Difference(
        label,
        before,
        after,
        [(ends_old[i1], ends_old[i2]) for i1, i2, _, _ in moves if i1 < i2],
        [(ends_new[j1], ends_new[j2]) for _, _, j1, j2 in moves if j1 < j2],
    )


def _moves(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """What was replaced, as ranges of both. Beyond `_MOST_PARTS` that differ, all between the first and the last of
    them is one: pairing them costs their product and more, and nobody reads so many single marks."""
    most = min(len(old), len(new))
    start = next((i for i in range(most) if old[i] != new[i]), most)
    end = next((i for i in range(most - start) if old[-1 - i] != new[-1 - i]), most - start)
    old_end, new_end = len(old) - end, len(new) - end
    if max(old_end, new_end) - start > _MOST_PARTS:
        return [(start, old_end, start, new_end)]
    matcher = SequenceMatcher(None, old[start:old_end], new[start:new_end], autojunk=False)
    found = (move[1:] for move in matcher.get_opcodes() if move[0] != "equal")
    return [(i1 + start, i2 + start, j1 + start, j2 + start) for i1, i2, j1, j2 in found]


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _ends(parts: Sequence[str]) -> list[int]:
    """Offset of the start of each part, and of the end of the last."""
    found = [0]
    for part in parts:
        found.append(found[-1] + len(part))
    return found


def shown(field: Field, value: Any) -> str:
    """A value as a person compares it: markup as its words."""
    return markup.plain_text(str(value or "")) if field.type == "html" else form_values.shown(field, value)


def shown_text(field: Field, text: str) -> str:
    """The same for a value that is text already, as a conflict holds it."""
    return markup.plain_text(text) if field.type == "html" else text


def of_values(declared: Kind, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """The fields and tables in which two texts of a kind differ, in the order of the form."""
    rows = [
        difference(table.label, *(tables.as_text(table, side[table.name]) for side in (before, after)))
        for table in declared.tables
        if before[table.name] != after[table.name]
    ]
    return [
        difference(field.label, shown(field, before[field.name]), shown(field, after[field.name]))
        for field in declared.fields
        if before[field.name] != after[field.name]
    ] + rows
