"""Any two texts of a record against each other: words put in and taken out, cells of tables, files added and removed.

The work is bounded by what is compared, not by luck: a budget of word-level comparisons is spent from the top, and what
comes after it, or is too long, is shown paragraph by paragraph (taken out, put in). What did not change is left out.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from mingchuang.desk import comparison, record_text
from mingchuang.records import alignment, blocks, form_values
from mingchuang.records.blocks import Block
from mingchuang.records.kind import Field, Kind, Table, kind
from mingchuang.records.models import Revision

#: Pairs of equal words that one page may compare, and one paragraph of it.
_BUDGET: Final = 2_000_000
_MOST_PAIRS: Final = 60_000
#: Paragraphs and rows of one field that are shown; the others are counted.
MOST_SHOWN: Final = 300
#: A run of letters and digits is a word, and so is every other character: Chinese is compared sign by sign.
_WORD = re.compile(r"[A-Za-z0-9.]+|\s+|.", re.DOTALL)
#: A paragraph of which less than this stays is another paragraph.
_KIN: Final = 0.25

Mark = Literal["same", "in", "out"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: in both texts, put in, or taken out."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One changed paragraph with its pieces; `whole` is set where it came or went as a whole."""

    pieces: tuple[Piece, ...]
    whole: Mark | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One changed row of a table: its cells, each as pieces; `number` counts rows of the text that has it, from 1."""

    number: int
    cells: tuple[tuple[Piece, ...], ...]
    whole: Literal["", "in", "out"] = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in which cells differ: its changed rows alone, and how many stay as they were."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    same: int
    more: int = 0


@dataclass(frozen=True, slots=True)
class Changed:
    """One field or table of the form that differs; `more` changed places are not shown."""

    label: str
    parts: tuple[Paragraph | Grid, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Differences:
    """All of two texts: fields and tables in the order of the form; files by their titles."""

    fields: tuple[Changed, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    coarse: bool

    @property
    def nothing(self) -> bool:
        return not (self.fields or self.added or self.removed)


@dataclass
class _Budget:
    """What is left of the page's word-level comparisons."""

    left: int = _BUDGET
    coarse: bool = field(default=False)

    def spend(self, old: Sequence[str], new: Sequence[str]) -> bool:
        counts = Counter(new)
        pairs = sum(counts[word] for word in old)
        if pairs > _MOST_PAIRS or pairs + len(old) + len(new) > self.left:
            self.coarse = True
            return False
        self.left -= pairs + len(old) + len(new)
        return True


def between(before: Revision, after: Revision) -> Differences:
    """What changed from one text of a record to another (in either direction of time)."""
    declared = kind(after.record.kind)
    budget = _Budget()
    fields = tuple(_fields(declared, record_text.values(before), record_text.values(after), budget))
    old, new = (_files(revision) for revision in (before, after))
    added = [title for key, title in new.items() if key not in old]
    removed = [title for key, title in old.items() if key not in new]
    return Differences(fields, tuple(added), tuple(removed), budget.coarse)


def _files(revision: Revision) -> dict[tuple[str, str], str]:
    """(content, title) → title: the same name with other bytes is another file."""
    rows = revision.attachments.order_by("order").values_list("file_id", "title", "name")
    return {(file, title): f"{title}（{name}）" if name != title else title for file, title, name in rows}


def _fields(declared: Kind, old: Mapping[str, Any], new: Mapping[str, Any], budget: _Budget) -> Iterator[Changed]:
    for one in declared.fields:
        if old[one.name] != new[one.name]:
            yield _field(one, old[one.name], new[one.name], budget)
    for table in declared.tables:
        if old[table.name] != new[table.name]:
            yield _table(table, old[table.name], new[table.name], budget)


def _field(one: Field, old: Any, new: Any, budget: _Budget) -> Changed:
    if one.type != "html":
        words = (comparison.shown(one, old), comparison.shown(one, new))
        return Changed(one.label, (Paragraph(_pieces(*words, budget)),))
    before, after = blocks.split(old or ""), blocks.split(new or "")
    pairs = [pair for change in alignment.changes(before, after) for pair in _paired(before, after, change)]
    parts = [part for pair in pairs[:MOST_SHOWN] for part in _shown(*pair, budget)]
    # What differs in markup alone (alignment, emphasis) has no words to mark.
    told = [part for part in parts if not isinstance(part, Paragraph) or part.pieces]
    return Changed(one.label, tuple(told), max(0, len(pairs) - MOST_SHOWN))


def _paired(
    before: Sequence[Block], after: Sequence[Block], change: alignment.Change
) -> Iterator[tuple[Block | None, Block | None]]:
    """The blocks of one replacement, in order, side by side while they are of one sort."""
    old, new = deque(before[change.a_start : change.a_end]), deque(after[change.b_start : change.b_end])
    while old or new:
        if old and new and old[0].is_table == new[0].is_table:
            yield old.popleft(), new.popleft()
        elif old and (not new or old[0].is_table or len(old) > len(new)):
            yield old.popleft(), None
        else:
            yield None, new.popleft()


def _shown(old: Block | None, new: Block | None, budget: _Budget) -> Iterator[Paragraph | Grid]:
    """One place: what came, what went, or what became of a block."""
    if old is None or new is None:
        if old is not None:
            yield _whole(old, "out")
        if new is not None:
            yield _whole(new, "in")
        return
    if old.is_table:
        one, other = blocks.rows(old), blocks.rows(new)
        yield _grid(tuple(other[0]) if other else (), one, other, budget)
        return
    pieces = _pieces(old.text, new.text, budget)
    kept = sum(len(piece.text) for piece in pieces if piece.mark == "same")
    if pieces and kept < _KIN * min(len(old.text), len(new.text)):
        yield from (_whole(old, "out"), _whole(new, "in"))
        return
    yield Paragraph(pieces)


def _whole(block: Block, mark: Mark) -> Paragraph:
    return Paragraph((Piece(mark, block.text),) if block.text else (), mark)


def _table(
    table: Table, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], budget: _Budget
) -> Changed:
    one, other = (
        [tuple(form_values.shown(column, row[column.name]) for column in table.columns) for row in rows]
        for rows in (old, new)
    )
    return Changed(table.label, (_grid(tuple(column.label for column in table.columns), one, other, budget),))


def _grid(
    heads: tuple[str, ...], old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]], budget: _Budget
) -> Grid:
    found = alignment.changes(old, new)
    pairs = [pair for change in found for pair in _row_pairs(old, new, change)]
    rows = tuple(_row(old, new, pair, budget) for pair in pairs[:MOST_SHOWN])
    same = len(new) - sum(change.b_end - change.b_start for change in found)
    return Grid(heads, rows, same, max(0, len(pairs) - MOST_SHOWN))


def _row_pairs(
    old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]], change: alignment.Change
) -> Iterator[tuple[int | None, int | None]]:
    """(old place, new place) of the rows of one replacement: those with the same first cell belong together, of as many
    as before those in the same place; one of both is None where a row came or went."""
    gone = range(change.a_start, change.a_end)
    come = range(change.b_start, change.b_end)
    partner = _partners(old, new, gone, come)
    taken = set(partner.values())
    yield from ((at, None) for at in gone if at not in taken)
    yield from ((partner.get(at), at) for at in come)


def _row(
    old: Sequence[tuple[str, ...]],
    new: Sequence[tuple[str, ...]],
    pair: tuple[int | None, int | None],
    budget: _Budget,
) -> Row:
    before, after = pair
    if before is not None and after is not None:
        return Row(after + 1, tuple(_cells(old[before], new[after], budget)))
    at, cells, mark = (before, old, "out") if before is not None else (after, new, "in")
    place = at or 0
    return Row(place + 1, tuple((Piece(mark, cell),) if cell else () for cell in cells[place]), mark)  # type: ignore[arg-type]


def _partners(
    old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]], gone: Sequence[int], come: Sequence[int]
) -> dict[int, int]:
    """Place of a new row → place of the old one that it was."""
    if len(gone) == len(come):
        return dict(zip(come, gone, strict=True))
    by_name: dict[str, list[int]] = {}
    for at in gone:
        by_name.setdefault(old[at][0] if old[at] else "", []).append(at)
    found = {}
    for at in come:
        places = by_name.get(new[at][0] if new[at] else "", [])
        if places:
            found[at] = places.pop(0)
    return found


def _cells(old: tuple[str, ...], new: tuple[str, ...], budget: _Budget) -> Iterator[tuple[Piece, ...]]:
    for at in range(max(len(old), len(new))):
        yield _pieces(old[at] if at < len(old) else "", new[at] if at < len(new) else "", budget)


def _pieces(before: str, after: str, budget: _Budget) -> tuple[Piece, ...]:
    """Word by word while it is cheap; the whole of both otherwise."""
    if before == after:
        return (Piece("same", after),) if after else ()
    old, new = _WORD.findall(before), _WORD.findall(after)
    if not budget.spend(old, new):
        return tuple(Piece(mark, text) for mark, text in (("out", before), ("in", after)) if text)  # type: ignore[arg-type]
    found: list[Piece] = []
    at = 0
    for change in alignment.changes(old, new):
        found += [
            Piece("same", "".join(old[at : change.a_start])),
            Piece("out", "".join(old[change.a_start : change.a_end])),
            Piece("in", "".join(new[change.b_start : change.b_end])),
        ]
        at = change.a_end
    found.append(Piece("same", "".join(old[at:])))
    return tuple(piece for piece in found if piece.text)
