"""Two changes of one body, put together paragraph by paragraph (three-way merge); nothing of either is lost.

What only one side changed is taken; what both changed in the same way is taken once; where they changed the same place
differently, a person chooses one or both. A table is one block: half of one table and half of another is none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from mingchuang.records import alignment, blocks
from mingchuang.records.blocks import Block

Side = Literal["same", "mine", "theirs", "agreed", "conflict"]
#: What a person may choose where both changed the same place.
MINE: Final = "mine"
THEIRS: Final = "theirs"
BOTH: Final = "both"
CHOICES: Final = (MINE, THEIRS, BOTH)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the body: what it was, what each side made of it, and who changed it."""

    side: Side
    base: tuple[Block, ...]
    mine: tuple[Block, ...]
    theirs: tuple[Block, ...]

    @property
    def key(self) -> str:
        """The same for the same words on all three sides: a choice that was made holds as long as they stand."""
        told = "\0".join("\1".join(block.html for block in side) for side in (self.base, self.mine, self.theirs))
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def taken(self, choice: str = "") -> tuple[Block, ...]:
        """The blocks that stand in the merged body."""
        if self.side in {"same", "theirs"} or (self.side == "conflict" and choice == THEIRS):
            return self.theirs
        if self.side == "conflict" and choice == BOTH:
            return (*self.mine, *self.theirs)
        return self.mine


@dataclass(frozen=True, slots=True)
class Merge:
    """Both changes of one body, part by part."""

    parts: tuple[Part, ...]

    @property
    def conflicts(self) -> tuple[Part, ...]:
        """The places that both changed differently."""
        return tuple(part for part in self.parts if part.side == "conflict")

    def open_conflicts(self, chosen: Mapping[str, str]) -> tuple[Part, ...]:
        """Those about which nobody has said yet what stands; `chosen` maps `Part.key` to one of `CHOICES`."""
        return tuple(part for part in self.conflicts if chosen.get(part.key) not in CHOICES)

    def html(self, chosen: Mapping[str, str] | None = None) -> str:
        """The merged body; a place that is still open has my side of it."""
        told = chosen or {}
        return "".join(blocks.join(part.taken(told.get(part.key, ""))) for part in self.parts)

    def changed(self, side: Side) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.side == side)


def merge(base: str, mine: str, theirs: str) -> Merge:
    """Merge two bodies of cleaned markup that were both made from `base`."""
    started, one, other = blocks.split(base), blocks.split(mine), blocks.split(theirs)
    return Merge(tuple(_parts(started, one, other)))


def _parts(base: Sequence[Block], mine: Sequence[Block], theirs: Sequence[Block]) -> Iterator[Part]:
    """Walk both lists of changes along the base; changes that touch each other make one region (diff3)."""
    of_mine, of_theirs = _one_by_one(alignment.changes(base, mine)), _one_by_one(alignment.changes(base, theirs))
    at = shift_mine = shift_theirs = 0
    while of_mine or of_theirs:
        start = min(change.a_start for change in (*of_mine[:1], *of_theirs[:1]))
        end, taken_mine, taken_theirs = _region(start, of_mine, of_theirs)
        if start > at:
            yield _same(base, at, start)
        own = tuple(mine[start + shift_mine : end + shift_mine + _growth(taken_mine)])
        other = tuple(theirs[start + shift_theirs : end + shift_theirs + _growth(taken_theirs)])
        yield Part(_side(own, other, taken_mine, taken_theirs), tuple(base[start:end]), own, other)
        shift_mine, shift_theirs = shift_mine + _growth(taken_mine), shift_theirs + _growth(taken_theirs)
        del of_mine[: len(taken_mine)], of_theirs[: len(taken_theirs)]
        at = end
    if at < len(base):
        yield _same(base, at, len(base))


def _one_by_one(found: Sequence[alignment.Change]) -> list[alignment.Change]:
    """As many blocks replaced by as many are so many changes: a person who changes two paragraphs has not touched one
    place, and somebody else's change of the second meets that one alone."""
    single: list[alignment.Change] = []
    for change in found:
        count = change.a_end - change.a_start
        if count != change.b_end - change.b_start:
            single.append(change)
            continue
        for a, b in zip(range(change.a_start, change.a_end), range(change.b_start, change.b_end), strict=True):
            single.append(alignment.Change(a, a + 1, b, b + 1))
    return single


def _same(base: Sequence[Block], start: int, end: int) -> Part:
    found = tuple(base[start:end])
    return Part("same", found, found, found)


def _growth(taken: Sequence[alignment.Change]) -> int:
    return sum((change.b_end - change.b_start) - (change.a_end - change.a_start) for change in taken)


def _region(
    start: int, of_mine: Sequence[alignment.Change], of_theirs: Sequence[alignment.Change]
) -> tuple[int, list[alignment.Change], list[alignment.Change]]:
    """The end of the region that begins at `start`, with the changes of both sides inside it.

    What is put in before a paragraph stands before whatever became of the paragraph: so an insertion meets only another
    insertion at its place (which comes first is for a person to say), and a replacement what overlaps it.
    """
    both = (of_mine, of_theirs)
    mine, theirs = ([change for change in side[:1] if change.a_start == change.a_end == start] for side in both)
    if mine or theirs:
        return start, mine, theirs
    mine, theirs = ([change for change in side[:1] if change.a_start == start] for side in both)
    end = max(change.a_end for change in (*mine, *theirs))
    grown = True
    while grown:
        grown = False
        for own, side in zip((mine, theirs), both, strict=True):
            while len(own) < len(side) and side[len(own)].a_start < end:
                end = max(end, side[len(own)].a_end)
                own.append(side[len(own)])
                grown = True
    return end, mine, theirs


def _side(
    mine: tuple[Block, ...],
    theirs: tuple[Block, ...],
    taken_mine: Sequence[alignment.Change],
    taken_theirs: Sequence[alignment.Change],
) -> Side:
    if not taken_theirs:
        return "mine"
    if not taken_mine:
        return "theirs"
    return "agreed" if mine == theirs else "conflict"
