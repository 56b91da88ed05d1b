"""Where the responsibility clauses are: （…负责落实）, （责任单位：…）, 【…】, and 责任单位：… without brackets.

A clause is found by its shape and its place; ``owners.py`` reads it. A bracket that lost its partner is still looked
into, as far as its sentence goes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Sequence
from itertools import pairwise

from mingchuang.reading import units
from mingchuang.reading.brackets import CLOSING, match_brackets
from mingchuang.reading.owners import ANY_LABEL, BARE_LABEL, ROLE_OF_LABEL, TAIL, Clause, read_clause
from mingchuang.reading.projection import Projection

_SPEAKING = "|".join(pattern for role, pattern in ROLE_OF_LABEL if role in {"lead", "main", "support"})
LABEL = re.compile(rf"(?:{_SPEAKING})：")
_LABELLED_START = re.compile(rf"(?:{_SPEAKING})(?:：|为|由)")
_NOT_A_CLAUSE = re.compile(
    "(?:以下|下同|简称|含|包括|不含|如|即|见|附|详见|不再|注|其中|例如|试行|暂行|此件|联系|原|以上|除|截至|自|从|至|第)"
)
_ANY_LABELLED = re.compile(rf"(?:{ANY_LABEL.pattern})：")
_LONGEST = 600
_LONGEST_LINE = 160
_CALL = re.compile("请|望|[本该](?:要点|方案|通知|意见|办法|计划|细则|规定)|各(?!.*(?:负责|牵头|分别|职责))")


def clauses_in(projection: Projection, start: int, end: int, paragraphs: Sequence[int] = ()) -> list[Clause]:
    """All responsibility clauses between two places, in order; they do not overlap.

    ``paragraphs`` are places at which paragraphs begin: a clause without brackets ends there.
    """
    folded = projection.folded
    brackets = match_brackets(folded, start, end)
    spans = list(brackets.pairs)
    ends = sorted({*brackets.unclosed, *brackets.unopened, *paragraphs, end})
    for at in brackets.unclosed:
        following = ends[bisect_right(ends, at)]
        closing = _where_it_should_close(folded, at, min(following, at + _LONGEST))
        if closing == following or following not in brackets.unclosed:
            spans.append((at, closing))
    closed = {closing for _, closing in spans}
    spans += [(_where_it_should_open(folded, at, start), at) for at in brackets.unopened if at not in closed]
    found: list[Clause] = []
    begins = set(paragraphs)
    for opening, closing in sorted(spans):
        clause = _bracketed(projection, opening, closing, (start, end), begins) if closing > opening else None
        if clause is not None and (not found or clause.start >= found[-1].end):
            found.append(clause)
    taken = [(c.start, c.end) for c in found]
    for at, stop in _labelled_runs(projection, start, end, taken, paragraphs):
        clause = read_clause(projection, (at, stop), (at, stop), breaks=paragraphs)
        if clause is not None:
            found.append(clause)
    taken += [(c.start, c.end) for c in found]
    found += _bare_lines(projection, end, taken, paragraphs)
    return sorted(found, key=lambda clause: clause.start)


def _bare_lines(
    projection: Projection, end: int, taken: list[tuple[int, int]], paragraphs: Sequence[int]
) -> list[Clause]:
    """市财政局牵头落实 as a paragraph of its own below another, without brackets and without label."""
    found = []
    spans = sorted(taken)
    starts = [begin for begin, _ in spans]
    for at, stop in pairwise([*paragraphs[1:], end]):
        content = projection.folded[at:stop].rstrip("。；")
        if not 3 < len(content) <= _LONGEST_LINE or "。" in content or _CALL.match(content) or not TAIL.search(content):
            continue
        nearest = bisect_left(starts, stop) - 1  # the last clause that begins before the line ends
        if nearest >= 0 and spans[nearest][1] > at:
            continue
        clause = read_clause(projection, (at, stop), (at, stop))
        if clause is not None and not clause.odd and not clause.is_labelled:
            found.append(clause)
    return found


def is_clause_line(projection: Projection, start: int, end: int) -> bool:
    """Whether a paragraph is nothing but responsibility clauses: （…负责）, 责任单位：…, 市财政局牵头落实."""
    if end - start > _LONGEST:
        return False
    at = start
    for clause in clauses_in(projection, start, end, (start, start)):
        if projection.folded[at : clause.start].strip("。；"):
            return False
        at = clause.end
    return at > start and not projection.folded[at:end].strip("。；")


def _where_it_should_close(folded: str, opening: int, limit: int) -> int:
    """The end of the sentence in which a bracket was opened and not closed."""
    stop = folded.find("。", opening, limit)
    return stop if stop > 0 else limit


def _where_it_should_open(folded: str, closing: int, start: int) -> int:
    """One before the sentence that a closing bracket without partner ends."""
    first = max(start, closing - _LONGEST)
    return max(folded.rfind("。", first, closing), folded.rfind("）", first, closing), first - 1)


def _bracketed(
    projection: Projection, opening: int, closing: int, within: tuple[int, int], paragraphs: Container[int]
) -> Clause | None:
    folded, (start, end) = projection.folded, within
    first, last = opening + 1, closing
    begins = opening >= start and folded[opening] in CLOSING
    is_whole = begins and closing < end and folded[closing] == CLOSING[folded[opening]]
    if last - first < 2 or last - first > _LONGEST or _NOT_A_CLAUSE.match(folded, first, last):
        return None
    content = folded[first:last]
    labelled = bool(_LABELLED_START.match(content) or BARE_LABEL.match(content) or LABEL.search(content))
    sentence = content.split("。", 1)[0]
    if not labelled and not TAIL.search(sentence) and (sentence != content.rstrip("。") or not is_whole):
        return None
    clause = read_clause(projection, (first, last), (opening if begins else first, min(closing + 1, end)))
    if clause is None or (labelled and (is_whole or not clause.odd)):
        return clause
    names = len(clause.units) + len(clause.odd)
    if TAIL.search(sentence.rstrip("；")) and len(clause.odd) * 2 <= names:
        return clause
    is_list = is_whole and not clause.odd and folded[opening] in "（【〔"
    return clause if is_list and _stands_alone(folded, opening, closing, (start, end), paragraphs) else None


def _stands_alone(folded: str, opening: int, closing: int, within: tuple[int, int], paragraphs: Container[int]) -> bool:
    """（市财政局） without a word of duty is a clause only behind a full stop or at the end, not inside a sentence."""
    start, end = within
    if opening == start or folded[opening - 1] in "。；！）":
        return True
    at_end = closing + 1 >= end or folded[closing + 1] in "。；" or closing + 1 in paragraphs
    is_part_of_name = folded[opening] == "（" and units.SHAPE.search(folded[max(start, opening - 8) : opening])
    return at_end and not is_part_of_name


def _labelled_runs(
    projection: Projection, start: int, end: int, taken: list[tuple[int, int]], paragraphs: Sequence[int]
) -> list[tuple[int, int]]:
    """责任单位：… without brackets, from the first label to the end of the sentence that is no label any more."""
    folded = projection.folded
    runs: list[tuple[int, int]] = []
    breaks = set(paragraphs)
    at = start
    while (match := LABEL.search(folded, at, end)) is not None:
        first = match.start()
        inside = next((stop for begin, stop in taken if begin <= first < stop), None)
        if inside is not None or not _may_begin(projection, first, start, breaks):
            at = inside or match.end()
            continue
        first = _with_labels_before(folded, first, max([start, at, *(place for place in breaks if place <= first)]))
        later = [place for place in [*(begin for begin, _ in taken), *breaks] if place > first]
        stop = _end_of_run(folded, first, min([end, first + _LONGEST, *later]))
        while stop in breaks and _ANY_LABELLED.match(folded, stop, end):  # 完成时限：… in the next line
            stop = _end_of_run(folded, stop, min([end, stop + _LONGEST, *(place for place in later if place > stop)]))
        runs.append((first, stop))
        at = stop
    return runs


def _may_begin(projection: Projection, first: int, start: int, breaks: set[int]) -> bool:
    """A label counts at the beginning of a paragraph, behind a mark, or behind a blank."""
    return (
        first == start
        or first in breaks
        or projection.folded[first - 1] in "。；）】！、"
        or bool(projection.gap(first))
    )


def _with_labels_before(folded: str, first: int, earliest: int) -> int:
    """责任领导：某某 责任科室：…: the run begins with the first label of its line."""
    return earliest if earliest < first and _ANY_LABELLED.match(folded, earliest, first) else first


def _end_of_run(folded: str, first: int, limit: int) -> int:
    stop = first
    while stop < limit:
        found = folded.find("。", stop, limit)
        stop = limit if found < 0 else found + 1
        if stop < limit and not _ANY_LABELLED.match(folded, stop, limit):
            break
    return stop
