"""From the tree to duties: heading, clauses, subtasks, measures of each numbered node, and the closing sentences.

A node is a duty when it demands something itself: every node without nodes below it, and a node above others when
it has a responsibility clause or a measure of its own. A heading alone is no duty; neither is 总体要求 and its kin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from mingchuang.reading.clauses import clauses_in
from mingchuang.reading.deadlines import DEADLINE, DocumentYear
from mingchuang.reading.measures import measures_in
from mingchuang.reading.model import Assignment, Duty, Measure, ReadWarning, Subtask
from mingchuang.reading.outline import Item
from mingchuang.reading.owners import Clause
from mingchuang.reading.projection import Projection
from mingchuang.reading.sentences import sentences_in
from mingchuang.reading.suggest import units_in_running_text

_LONGEST_HEADING = 45
_GENERAL = re.compile(
    r"^(?:总体要求|总体思路|总体目标|指导思想|基本原则|工作原则|工作思路|工作目标|主要目标|目标要求|目标任务|基本思路|总体要求和目标|附则|适用范围|"
    r"指导思想[和与及、].{2,8}|总体要求[和与及、].{2,8})[。：]?$"
)
_HARD = {"limit", "deadline", "period", "rate", "weight", "count", "recurrence"}


@dataclass(slots=True)
class Draft:
    """A numbered node with what was found in its own text. ``stretches`` are places, joined where they touch."""

    item: Item
    ref: str
    stretches: list[tuple[int, int]]
    heading: tuple[int, int] | None
    clauses: list[Clause]
    sentences: list[tuple[int, int]]
    speaks_below: bool = False
    """Whether a node right below has a clause of its own."""
    shared: list[Clause] = field(default_factory=list)
    """Clauses that stand below the last child and speak of all children."""

    @property
    def start(self) -> int:
        return self.stretches[0][0]

    @property
    def end(self) -> int:
        return self.stretches[-1][1]


def draft(projection: Projection, item: Item, ref: str) -> Draft:
    """Read a node's own text: where its heading ends, its clauses, the sentences of its body."""
    stretches = joined(item.ranges)
    breaks = [start for start, _ in item.ranges]
    clauses = [c for start, end in stretches for c in clauses_in(projection, start, end, breaks)]
    heading = _heading(projection, item, clauses)
    begin = heading[1] if heading else item.marker.end
    body = list(_without(clauses, [(max(start, begin), end) for start, end in item.ranges]))
    return Draft(item, ref, stretches, heading, clauses, sentences_in(projection, body))


def odd_units(projection: Projection, clauses: list[Clause]) -> Iterable[ReadWarning]:
    """Names in clauses that do not look like names of units."""
    for clause in clauses:
        for a, b in _unlike_units(projection, clause):
            said = projection.clean(a, b)
            yield ReadWarning("unit_shape", f"责任单位“{said}”不像单位名称，请核对。", projection.span(a, b))


def _unlike_units(projection: Projection, clause: Clause) -> Iterable[tuple[int, int]]:
    """The odd names, less those that share the last word of a later one: 市教育、卫生健康、民政局."""
    odd = set(clause.odd)
    run: list[tuple[int, int]] = []
    for place in clause.units:
        name = projection.folded[place[0] : place[1]]
        is_short = 1 < len(name) <= 6
        if place in odd and is_short and (run or name[0] in "国省市州县区旗镇"):
            run.append(place)
        elif place not in odd and is_short and name[0] not in "国省市州县区旗镇各" and run:
            odd.difference_update(run)
            run = []
        else:
            run = []
    return [place for place in clause.odd if place in odd]


def joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges that touch become one."""
    found: list[tuple[int, int]] = []
    for start, end in ranges:
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _without(clauses: list[Clause], ranges: list[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """The ranges less the clauses; both in order."""
    first = 0
    for start, end in ranges:
        at = start
        while first < len(clauses) and clauses[first].end <= start:
            first += 1
        for index in range(first, len(clauses)):
            clause = clauses[index]
            if clause.start >= end:
                break
            if clause.end <= at:
                continue
            if clause.start > at:
                yield at, clause.start
            at = min(end, clause.end)
        if at < end:
            yield at, end


def _heading(projection: Projection, item: Item, clauses: list[Clause]) -> tuple[int, int] | None:
    """Places of the heading, with the full stop behind it; None when the node is one plain sentence."""
    folded = projection.folded
    first, last = item.marker.end, item.ranges[0][1]
    inside = [c for c in clauses if first <= c.start < last]
    text_end = inside[0].start if inside else last
    stop = _first_stop(folded, first, text_end)
    has_more = len(item.ranges) > 1 or bool(item.children)
    if stop is None:
        is_line = bool(item.children) or (has_more and not _only_clauses(item.ranges[1:], clauses))
        return (first, text_end) if is_line and text_end > first else None
    behind = (
        stop + 1 < text_end
        or bool(item.children)
        or (len(item.ranges) > 1 and not _only_clauses(item.ranges[1:], clauses))
    )
    says_when = "，" in folded[first:stop] and DEADLINE.search(folded, first, stop) is not None
    if behind and not says_when and stop - first <= _LONGEST_HEADING:
        return first, stop + 1
    return None


def _first_stop(folded: str, first: int, end: int) -> int | None:
    """The place of the mark that ends the first sentence: a full stop, or an early colon."""
    for at in range(first, min(end, first + _LONGEST_HEADING + 2)):
        if folded[at] in "。！？":
            return at
        if folded[at] == "：" and 4 <= at - first <= 24 and at + 1 < end:
            return at if "，" not in folded[first:at] else None
        if folded[at] == "；":
            return None
    return None if folded.find("。", first, end) < 0 else folded.find("。", first, end)


def _only_clauses(ranges: list[tuple[int, int]], clauses: list[Clause]) -> bool:
    return not any(True for _ in _without(clauses, ranges))


def clean_heading(projection: Projection, places: tuple[int, int] | None) -> str | None:
    """The heading without its full stop."""
    if places is None:
        return None
    return projection.clean(*places).rstrip("。．.：:；;") or None


def is_general(projection: Projection, drafts: dict[int, Draft], made: Draft) -> bool:
    """总体要求, 指导思想, 附则 and all below them: what the document says before or after it demands anything."""
    if made.clauses:
        return False
    return any(_is_general(projection, drafts[id(step)]) for step in made.item.path())


def _is_general(projection: Projection, item: Draft) -> bool:
    heading = (
        projection.folded[item.heading[0] : item.heading[1]]
        if item.heading
        else projection.folded[item.item.marker.end : item.end]
    )
    return bool(_GENERAL.match(heading)) and not item.clauses


def share_clauses(drafts: dict[int, Draft], roots: list[Item]) -> None:
    """A clause in a paragraph of its own below the last of several nodes without clause speaks of all of them."""
    for root in roots:
        pending = [root]
        while pending:
            item = pending.pop()
            pending += item.children
            if len(item.children) > 1:
                _share(drafts, item)
            drafts[id(item)].speaks_below = any(drafts[id(child)].clauses for child in item.children)


def _share(drafts: dict[int, Draft], parent: Item) -> None:
    last = drafts[id(parent.children[-1])]
    others = [drafts[id(child)] for child in parent.children[:-1]]
    if last.item.children or any(child.item.children or child.clauses for child in others):
        return
    own = [(start, end) for start, end in last.item.ranges[1:]]
    behind = [c for c in last.clauses if any(start <= c.start and c.end >= end - 1 for start, end in own)]
    if behind and len(behind) == len(last.clauses) and _only_clauses(last.item.ranges[1:], behind):
        drafts[id(parent)].shared = behind
        last.clauses = []


def inherited(drafts: dict[int, Draft], item: Item) -> list[Clause]:
    """Clauses of the nearest node above that speak of what is below it."""
    above = item.parent
    while above is not None:
        found = drafts[id(above)]
        if found.shared:
            return found.shared
        in_heading = found.clauses and not found.sentences
        if found.clauses and (in_heading or not found.speaks_below):
            return found.clauses
        above = above.parent
    return []


def assignments_of(projection: Projection, made: Draft, clauses: list[Clause]) -> tuple[Assignment, ...]:
    """The clauses as assignments; each governs what stands between the clause before it and itself."""
    found = []
    at = made.start
    for clause in clauses:
        inside = made.start <= clause.start and clause.end <= made.end
        governs = (at, clause.start) if inside and clause.start > at else (made.start, made.end)
        found.append(clause.assignment(projection, governs))
        at = clause.end if inside else at
    return tuple(found)


class DutyMaker:
    """Makes duties of places; holds what all of them need."""

    def __init__(self, projection: Projection, year: DocumentYear, warnings: list[ReadWarning]) -> None:
        self.projection = projection
        self.year = year
        self.warnings = warnings
        self._refs: dict[str, int] = {}

    def measures(self, stretches: list[tuple[int, int]], *, are_due: bool = False) -> tuple[Measure, ...]:
        """All measures in these places. ``are_due``: they say when something is due, a bare date is a deadline."""
        return tuple(
            m
            for a, b in stretches
            for m in measures_in(self.projection, a, b, year=self.year, warnings=self.warnings, is_due=are_due)
        )

    def unique(self, ref: str) -> str:
        """The reference, with #2, #3 … when the document uses its number again."""
        self._refs[ref] = self._refs.get(ref, 0) + 1
        return ref if self._refs[ref] == 1 else f"{ref}#{self._refs[ref]}"

    def duty(self, made: Draft, assignments: tuple[Assignment, ...], measures: tuple[Measure, ...]) -> Duty:
        """The duty of a numbered node."""
        projection = self.projection
        named: dict[str, None] = {}
        for a, b in made.sentences:
            named.update(dict.fromkeys(units_in_running_text(projection, a, b)))
        owners = {unit for assignment in assignments for unit in assignment.units}
        return Duty(
            ref=made.ref,
            heading=clean_heading(projection, made.heading),
            text="".join(projection.clean(a, b) for a, b in made.stretches),
            span=projection.span(made.start, made.end),
            assignments=assignments,
            suggested_units=tuple(name for name in named if name not in owners),
            subtasks=tuple(Subtask(projection.clean(a, b), projection.span(a, b)) for a, b in made.sentences),
            measures=measures,
        )

    def sentence_duty(self, ref: str, start: int, end: int) -> Duty:
        """A duty that is one sentence of unnumbered text, with the clauses inside it."""
        projection = self.projection
        clauses = clauses_in(projection, start, end)
        bare = list(_without(clauses, [(start, end)])) or [(start, end)]
        owners = {projection.clean(a, b) for clause in clauses for a, b in clause.units}
        named = [name for a, b in bare for name in units_in_running_text(projection, a, b) if name not in owners]
        return Duty(
            ref=ref,
            heading=None,
            text=projection.clean(start, end),
            span=projection.span(start, end),
            assignments=tuple(c.assignment(projection, (start, end)) for c in clauses),
            suggested_units=tuple(dict.fromkeys(named)),
            subtasks=tuple(Subtask(projection.clean(a, b), projection.span(a, b)) for a, b in bare),
            measures=self.measures([(start, end)]),
        )


def is_duty(made: Draft, measures: tuple[Measure, ...]) -> bool:
    """Whether a node demands something itself. Measures count only in its body, not in its heading."""
    if not made.item.children:
        return True
    return bool(made.sentences) and (bool(made.clauses) or any(m.kind in _HARD for m in measures))
