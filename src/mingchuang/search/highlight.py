"""What was looked for, marked in title and body: pairs of (text, whether it is a hit), never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from mingchuang.search.language import Parsed
from mingchuang.search.query import Marked
from mingchuang.search.tokens import fold_with_origin, units_pattern

#: Length of a fragment in characters, and how many places of one document are weighed against each other.
FRAGMENT_LENGTH = 120
MOST_PLACES = 400
_LEAD = 24
_SENTENCE_START = re.compile(r"[。；！？\n]\s*")
_BLANK = re.compile(r"\s+")

Span = tuple[int, int, int]
"""start, end (original characters), number of the part that matched"""


class Marker:
    """Finds the parts of one query in texts."""

    def __init__(self, parsed: Parsed) -> None:
        patterns = {
            units_pattern(list(stretch)): number
            for number, part in enumerate(parsed.wanted)
            for phrase in part.phrases
            for stretch in phrase
        }
        # The longest first, so that a phrase is marked whole before one of its words.
        ordered = sorted(patterns.items(), key=lambda item: -len(item[0]))
        self._numbers = [number for _, number in ordered]
        self._pattern = _any_of([pattern for pattern, _ in ordered], parsed) if ordered else None

    def mark(self, text: str) -> Marked:
        """The whole text, marked."""
        return _segments(text, self._spans(text), 0, len(text))

    def fragment(self, body: str, summary: str = "") -> Marked:
        """The stretch of the body that shows most different parts of the query; else the summary, or how it begins."""
        spans = list(islice(self._spans(body), MOST_PLACES))
        if not spans:
            text = summary or body
            shown = _segments(text, self._spans(text[: FRAGMENT_LENGTH * 4]), 0, FRAGMENT_LENGTH)
            return _tidy(shown, cut_after=len(text) > FRAGMENT_LENGTH)
        start, end = _best_window(body, spans)
        return _tidy(_segments(body, spans, start, end), cut_before=start > 0, cut_after=end < len(body))

    def _spans(self, text: str) -> Iterator[Span]:
        if self._pattern is None or not text:
            return
        folded = fold_with_origin(text)
        for match in self._pattern.finditer(folded.text):
            yield (*folded.span(match.start(), match.end()), self._numbers[(match.lastindex or 1) - 1])


def _any_of(patterns: list[str], parsed: Parsed) -> re.Pattern[str]:
    """One pattern with a group for each; a look at the next character first spares most places the alternatives."""
    heads = {stretch[0][0] for part in parsed.wanted for phrase in part.phrases for stretch in phrase}
    ahead = "".join(re.escape(character) for character in sorted(heads))
    return re.compile(f"(?=[{ahead}])(?:{'|'.join(f'({pattern})' for pattern in patterns)})")


def _best_window(text: str, spans: list[Span]) -> tuple[int, int]:
    """Start and end of the window with most different parts, then most hits, the earliest of equals."""
    best, best_score = spans[0], (0, 0)
    first = 0
    counts: dict[int, int] = {}
    for start, end, part in spans:
        counts[part] = counts.get(part, 0) + 1
        while end - spans[first][0] > FRAGMENT_LENGTH - _LEAD and spans[first][0] < start:
            left = spans[first][2]
            counts[left] -= 1
            if not counts[left]:
                del counts[left]
            first += 1
        score = (len(counts), sum(counts.values()))
        if score > best_score:
            best, best_score = spans[first], score
    start = max(0, best[0] - _LEAD)
    sentence = [match.end() for match in _SENTENCE_START.finditer(text, start, best[0] + 1)]
    if sentence and start > 0:
        start = min(sentence[-1], best[0])
    return start, min(len(text), max(start + FRAGMENT_LENGTH, best[1]))


def _segments(text: str, spans: Iterable[Span], start: int, end: int) -> Marked:
    """`text[start:end]` cut at the spans; neighbouring hits are one."""
    end = min(end, len(text))
    pieces: list[tuple[str, bool]] = []
    at = start
    for left, right, _ in spans:
        if right <= start or left >= end:
            continue
        hit, after = max(left, at), min(right, end)
        if after <= hit:
            continue
        if hit > at:
            pieces.append((text[at:hit], False))
        if pieces and pieces[-1][1]:
            pieces[-1] = (pieces[-1][0] + text[hit:after], True)
        else:
            pieces.append((text[hit:after], True))
        at = after
    if at < end:
        pieces.append((text[at:end], False))
    return tuple(pieces)


def _tidy(marked: Marked, cut_before: bool = False, cut_after: bool = False) -> Marked:
    """Line ends become blanks, and an ellipsis says where text was left out."""
    pieces = [(_BLANK.sub(" ", text), hit) for text, hit in marked]
    if cut_before and pieces:
        pieces.insert(0, ("…", False))
    if cut_after and pieces:
        pieces.append(("…", False))
    return tuple(pieces)
