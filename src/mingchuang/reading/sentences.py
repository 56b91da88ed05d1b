"""Sentences: the pieces at which a 责任分解表 works."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingchuang.reading.brackets import match_brackets
from mingchuang.reading.projection import Projection

_STOP = re.compile(
    r"[。！？]+[”’）】」』]*|；(?=[一二三四五六七八九十]{1,2}(?:是|要)|（\d{1,2}）|\d{1,2}[.、]|[①-⑳]|第[一二三四五六]，)"
)


def sentences_in(projection: Projection, ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places of the sentences in these ranges. A range ends a sentence, a full stop inside brackets does not.

    A semicolon parts sentences where the next piece begins with its own number (；二是…, ；（2）…).
    """
    found = []
    for start, end in ranges:
        closed = match_brackets(projection.folded, start, end).pairs
        bracket = 0
        at = start
        for match in _STOP.finditer(projection.folded, start, end):
            while bracket < len(closed) and closed[bracket][1] < match.start():
                bracket += 1
            if bracket < len(closed) and closed[bracket][0] < match.start():
                continue
            if match.end() > at:
                found.append((at, match.end()))
                at = match.end()
        if at < end:
            found.append((at, end))
    return [(a, b) for a, b in found if not _is_mark_only(projection.folded[a:b])]


def _is_mark_only(text: str) -> bool:
    return all(char in "。！？；，、：”“’）（】【.…" for char in text)
