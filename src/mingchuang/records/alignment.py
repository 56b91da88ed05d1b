"""What of two sequences belongs together, within a bounded time whatever they hold.

Anchors first: elements that stand once on each side and in the same order (Bram Cohen's patience diff) part a long text
into short gaps at almost no cost; only gaps are compared pair by pair, and only while that is cheap. What is too costly
to pair is one replacement: nothing is lost by it, it is only marked more coarsely.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

#: Pairs of equal elements that one gap may hold to be compared pair by pair: about a tenth of a second at worst.
MOST_PAIRS: Final = 60_000
#: Elements of one gap on either side: the matcher's work grows with both.
_MOST_LONG: Final = 3_000
#: Gaps within gaps; no text that people write comes near it.
_DEEPEST: Final = 40


class Change(NamedTuple):
    """`a[a_start:a_end]` was replaced by `b[b_start:b_end]`; one of both may be empty."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


def changes(a: Sequence[Hashable], b: Sequence[Hashable], *, most_pairs: int = MOST_PAIRS) -> list[Change]:
    """The replacements that make `b` of `a`, in order, none touching the next."""
    return list(_joined(_between(a, b, Change(0, len(a), 0, len(b)), most_pairs, _DEEPEST)))


def _joined(found: Iterator[Change]) -> Iterator[Change]:
    last: Change | None = None
    for change in found:
        if last is not None and (last.a_end, last.b_end) == (change.a_start, change.b_start):
            last = Change(last.a_start, change.a_end, last.b_start, change.b_end)
            continue
        if last is not None:
            yield last
        last = change
    if last is not None:
        yield last


def _between(
    a: Sequence[Hashable], b: Sequence[Hashable], whole: Change, most_pairs: int, deeper: int
) -> Iterator[Change]:
    gap = _trimmed(a, b, whole)
    a_start, a_end, b_start, b_end = gap
    if a_start == a_end and b_start == b_end:
        return
    if a_start == a_end or b_start == b_end:
        yield gap
        return
    anchors = _anchors(a, b, gap) if deeper else []
    if not anchors:
        yield from _paired(a, b, gap, most_pairs)
        return
    for a_at, b_at in (*anchors, (a_end, b_end)):
        yield from _between(a, b, Change(a_start, a_at, b_start, b_at), most_pairs, deeper - 1)
        a_start, b_start = a_at + 1, b_at + 1


def _trimmed(a: Sequence[Hashable], b: Sequence[Hashable], gap: Change) -> Change:
    """Without what is equal at both ends."""
    a_start, a_end, b_start, b_end = gap
    while a_start < a_end and b_start < b_end and a[a_start] == b[b_start]:
        a_start, b_start = a_start + 1, b_start + 1
    while a_start < a_end and b_start < b_end and a[a_end - 1] == b[b_end - 1]:
        a_end, b_end = a_end - 1, b_end - 1
    return Change(a_start, a_end, b_start, b_end)


def _anchors(a: Sequence[Hashable], b: Sequence[Hashable], gap: Change) -> list[tuple[int, int]]:
    """The places of what stands once on both sides: the longest run of them that is in order on both."""
    here = {key for key, count in Counter(a[gap.a_start : gap.a_end]).items() if count == 1}
    there = {key for key, count in Counter(b[gap.b_start : gap.b_end]).items() if count == 1}
    places = {b[at]: at for at in range(gap.b_start, gap.b_end) if b[at] in there and b[at] in here}
    pairs = [(at, places[a[at]]) for at in range(gap.a_start, gap.a_end) if a[at] in places]
    return _longest_rising(pairs)


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs whose second members rise, as their first do."""
    ends: list[int] = []
    last: list[int] = []
    before = [-1] * len(pairs)
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        before[number] = last[at - 1] if at else -1
        ends[at : at + 1] = [place]
        last[at : at + 1] = [number]
    found: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _paired(a: Sequence[Hashable], b: Sequence[Hashable], gap: Change, most_pairs: int) -> Iterator[Change]:
    """A gap without anchors, compared pair by pair; one replacement where that would take long."""
    old, new = a[gap.a_start : gap.a_end], b[gap.b_start : gap.b_end]
    counts = Counter(new)
    pairs = sum(counts[key] for key in old)
    if pairs > most_pairs or max(len(old), len(new)) > _MOST_LONG:
        yield gap
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Change(gap.a_start + i1, gap.a_start + i2, gap.b_start + j1, gap.b_start + j2)
