"""The tree of numbered nodes: which number belongs where, and what is wrong with the numbering.

The parser keeps the open nodes on a stack. A number of a level that is open closes everything below it and goes on
with that level; a number of a new level opens below. Numbers may run on across chapters: （七） may open chapter 二.
Where a number stands decides how much it must prove. At the beginning of a paragraph it is believed, and a gap is
reported; inside a paragraph it counts only when it is exactly the next one.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace

from mingchuang.reading.markers import RANK, Fault, Marker, marker_at, ordinal_at, token_of
from mingchuang.reading.model import Node, ReadWarning
from mingchuang.reading.paragraphs import Paragraph
from mingchuang.reading.projection import Projection

_STOPS = "。！？）】”；"
_BLOB = 1500
"""A paragraph longer than this has lost its line breaks; numbers inside it open nodes."""


@dataclass(slots=True, eq=False)
class Item:
    """A numbered node while it is built. ``ranges`` are places of its own text, one per paragraph or part of one."""

    marker: Marker
    node: Node
    parent: Item | None
    children: list[Item] = field(default_factory=list)
    ranges: list[tuple[int, int]] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.marker.start

    def path(self) -> list[Item]:
        """From the outermost node to this one."""
        found: list[Item] = []
        item: Item | None = self
        while item is not None:
            found.append(item)
            item = item.parent
        return found[::-1]


def confirmed_firsts(projection: Projection, paragraphs: Sequence[Paragraph], only: Fault = "") -> set[int]:
    """Places of damaged first numbers (1 健全台账, l.健全台账) whose list goes on in a later paragraph.

    One without point or bracket needs a second number of its own make; one misread needs any second number, and no
    other first number before that. ``only`` asks for those with this fault."""
    found: set[int] = set()
    followed: set[str] = set()
    alike: set[str] = set()
    for paragraph in reversed(paragraphs):
        marker = marker_at(projection, paragraph.start, paragraph.end)
        if marker is None or (only and marker.is_damaged and marker.fault != only):
            continue
        series = marker.series
        if marker.value == 2:
            followed.add(series)
            if marker.is_damaged:
                alike.add(series)
        elif marker.value == 1:
            if marker.is_damaged and series in (followed if marker.fault == "misread" else alike):
                found.add(marker.start)
                alike.discard(series)
            if not marker.is_damaged or marker.start in found:
                followed.discard(series)
    return found


def _misread(said: str, marker: Marker) -> str:
    proof = "它前面的编号" if marker.value > 1 else "它后面的编号"
    point = {"han": "、", "arabic": "."}.get(marker.level, "")
    return f"编号“{said}”疑是识别错误，由{proof}推定为“{marker.token}{point}”；原文未改，请核对。"


class Outline:
    """Feed it the paragraphs of a part's body in order; ``roots`` and ``items`` hold the tree."""

    def __init__(
        self,
        projection: Projection,
        warnings: list[ReadWarning],
        *,
        ordinals: bool = False,
        firsts: Container[int] = (),
    ) -> None:
        self._projection = projection
        self._warnings = warnings
        self._ordinals = ordinals
        self._firsts = firsts
        """Places of damaged first numbers that a second one follows."""
        self._stack: list[Item] = []
        self._last: dict[str, int] = {}
        self._has_decimals = False
        self._lines: set[int] = set()
        self.roots: list[Item] = []
        self.items: list[Item] = []
        self.loose: list[Paragraph] = []
        """Paragraphs before the first number."""

    @property
    def current(self) -> Item | None:
        """The node that the text now belongs to."""
        return self._stack[-1] if self._stack else None

    def add(self, paragraph: Paragraph) -> None:
        """Take in a paragraph: the nodes that begin in it, or more text for the current one."""
        at = paragraph.start
        self._begin(paragraph)
        if self.current is None:
            self.loose.append(paragraph)
        for place in self._inner_places(paragraph):
            marker = self._inner(place, paragraph)
            if marker is not None:
                self._take(at, place)
                self._open(marker)
                at = place
        self._take(at, paragraph.end)

    def _take(self, start: int, end: int) -> None:
        if self.current is not None and start < end:
            self.current.ranges.append((start, end))

    # --- where a number may stand

    def _marker(self, place: int, end: int) -> Marker | None:
        marker = marker_at(self._projection, place, end)
        if self._ordinals and (marker is None or marker.is_damaged):
            marker = ordinal_at(self._projection, place, end) or marker
        if marker is None:
            return None
        if (
            marker.fault == "doubled"
            and self._has_decimals
            and not self._projection.gap(place + len(str(marker.value)) + 1)
        ):
            return replace(marker, level="decimal", fault="", token=f"{marker.value}.{marker.value}")
        return marker

    def _begin(self, paragraph: Paragraph) -> None:
        marker = self._marker(paragraph.start, paragraph.end)
        if marker is None:
            return
        fits = self._fits(marker)
        if marker.is_damaged and not (fits and self._is_open(marker)):
            return
        if marker.fault == "misread" and not self._is_proven(marker):
            return
        if not fits and not self._may_jump(marker, paragraph):
            return
        self._open(marker)

    def _may_jump(self, marker: Marker, paragraph: Paragraph) -> bool:
        """A number that is not the next one is believed where a paragraph certainly begins, or behind a full stop or a
        bare heading; a first number also opens a list anew."""
        if paragraph.is_certain or not self.items or marker.value == 1:
            return True
        stops = self._projection.folded[paragraph.start - 1] in _STOPS
        return stops or self._is_bare_heading(paragraph.start)

    def _inner_places(self, paragraph: Paragraph) -> list[int]:
        """Places inside a paragraph at which a number could stand: line starts, and behind a full stop."""
        folded, start, end = self._projection.folded, paragraph.start, paragraph.end
        lines = self._lines = set(paragraph.lines)
        stops = [at + 1 for at in range(start, end - 1) if folded[at] in "。！？）】"]
        return sorted(lines.union(stops) - {start})

    def _inner(self, place: int, paragraph: Paragraph) -> Marker | None:
        marker = self._marker(place, paragraph.end)
        if marker is None or marker.level == "decimal" or not self._fits(marker):
            return None
        stops = self._projection.folded[place - 1] in _STOPS
        is_line = place in self._lines and (stops or self._is_bare_heading(place) or self._is_next_line(marker))
        if marker.is_damaged:
            return marker if is_line and stops and marker.value > 1 and marker.series in self._last else None
        return marker if is_line or (stops and self._inline(marker, paragraph)) else None

    def _inline(self, marker: Marker, paragraph: Paragraph) -> bool:
        if marker.level in {"han", "bracket_han"}:
            return self._is_open(marker) or marker.value > 1 or self._has_next(marker, paragraph)
        is_blob = paragraph.end - paragraph.start > _BLOB
        own_clause = self._projection.folded[marker.start - 1] in "）】"
        if marker.level != "arabic" or not (is_blob or own_clause):
            return False
        return marker.value > 1 or self._has_next(marker, paragraph)

    def _has_next(self, marker: Marker, paragraph: Paragraph) -> bool:
        """Whether the list goes on: a first number inside a paragraph is believed only when there is a second."""
        second = token_of(marker.level, marker.value + 1, "")
        ends = ("、", ".") if marker.level in {"han", "arabic"} else ("",)
        limit = min(paragraph.end, marker.end + 20 * _BLOB)
        return any(
            self._projection.folded.find(f"{stop}{second}{end}", marker.end, limit) > 0
            for end in ends
            for stop in "。）；！？】"
        )

    def _is_next_line(self, marker: Marker) -> bool:
        """A whole number at a line start that is exactly the next of the list now open, no part of 第 / （二）项."""
        current = self.current
        before = self._projection.folded[marker.start - 1]
        return (
            marker.value > 1
            and current is not None
            and current.marker.series == marker.series
            and before not in "第和与及至到、，；：（《“-"
        )

    def _is_bare_heading(self, place: int) -> bool:
        """The current node so far is a heading without a full stop, so that a number behind it begins anew."""
        item = self.current
        return (
            item is not None
            and place - item.start <= 50
            and not any(char in "。；！？" for char in self._projection.folded[item.start : place])
        )

    # --- the stack

    def _is_open(self, marker: Marker) -> bool:
        """The series was seen before, or the number keeps a bracket to be known by."""
        return (
            marker.series in self._last
            or marker.start in self._firsts
            or self._projection.folded[marker.start : marker.end][-1:] in "）、."
        )

    def _is_proven(self, marker: Marker) -> bool:
        """A number read otherwise than it is written: the one before it stands in the list, or the second behind it."""
        if marker.value == 1:
            return marker.start in self._firsts
        return self._last.get(marker.series) == marker.value - 1

    def _fits(self, marker: Marker) -> bool:
        """Whether this is exactly the number to come."""
        for item in reversed(self._stack):
            if item.marker.series == marker.series:
                return marker.value == item.marker.value + 1 or (marker.value == 1 and self._stack[-1] is not item)
        return marker.value == 1 or marker.value == self._last.get(marker.series, 0) + 1

    def _open(self, marker: Marker) -> None:
        before = self._close_for(marker)
        self._check(marker, before)
        parent = self.current
        item = Item(marker, Node("item", marker.token), parent)
        (parent.children if parent else self.roots).append(item)
        self._stack.append(item)
        self.items.append(item)
        self._last[marker.series] = marker.value
        self._has_decimals = self._has_decimals or marker.level == "decimal"

    def _close_for(self, marker: Marker) -> Marker | None:
        """Close what the number ends; the number before it in the same list, if that list is open."""
        for at in range(len(self._stack) - 1, -1, -1):
            if self._stack[at].marker.series == marker.series:
                before = self._stack[at].marker
                del self._stack[at:]
                return before
        outer = [at for at, item in enumerate(self._stack) if RANK[item.marker.level] < RANK[marker.level]]
        if outer:
            del self._stack[outer[-1] + 1 :]
        elif (
            marker.level in {"part", "article", "han"}
            and self._stack[:1]
            and self._stack[0].marker.level != marker.level
        ):
            self._stack.clear()  # 一、 never stands below 1.
        return None

    # --- what is wrong

    def _check(self, marker: Marker, before: Marker | None) -> None:
        if marker.fault == "doubled":
            self._warn("number_doubled", f"编号“{self._said(marker)}”重复书写，按一个编号读取。", marker)
        if marker.fault == "lost_brackets":
            self._warn("number_lost_brackets", f"编号“{self._said(marker)}”缺少括号，按“{marker.token}”读取。", marker)
        if marker.fault == "misread":
            self._warn("number_misread", _misread(self._said(marker), marker), marker)
        if marker.fault == "lost_point":
            self._warn("number_lost_point", f"编号“{self._said(marker)}”后缺少点号，按“{marker.token}.”读取。", marker)
        if before is None:
            last = self._last.get(marker.series, 0)
            if marker.level == "decimal":
                return
            if 1 < marker.value <= last:
                self._warn("number_repeated", f"编号“{marker.token}”与前面的编号重复或不连续。", marker)
            elif marker.value not in {1, last + 1}:
                self._warn("number_gap", f"编号从“{marker.token}”开始，前面的编号不在文中。", marker)
        elif marker.value <= before.value and not (marker.value == 1 and before.value > 1):
            self._warn("number_repeated", f"编号“{marker.token}”再次出现或顺序颠倒，前一个是“{before.token}”。", marker)
        elif marker.value == 1:
            self._warn("number_restarted", f"编号在“{before.token}”之后又从“{marker.token}”开始。", marker)
        elif marker.value > before.value + 1:
            self._warn("number_gap", f"编号从“{before.token}”跳到“{marker.token}”，中间可能有遗漏。", marker)

    def _said(self, marker: Marker) -> str:
        return self._projection.clean(marker.start, marker.end)

    def _warn(self, code: str, message: str, marker: Marker) -> None:
        self._warnings.append(ReadWarning(code, message, self._projection.span(marker.start, marker.end)))
