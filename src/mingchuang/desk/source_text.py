"""A notice as a page shows it beside its duties: paragraphs whole again, every found character still in its place.

Spans are `[start, end)` in code points of the notice's text. Hard wraps inside a paragraph are not drawn; nothing else
is left out and nothing is added.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mingchuang import reading
from mingchuang.core import files
from mingchuang.ledger.models import Notice
from mingchuang.reading.formats import Unreadable

_WRAP = re.compile(r"[^\S\n]*\n\s*")
_WORDS = re.compile(r"[A-Za-z0-9]")
#: Pieces whose lines stand for themselves.
_BY_LINE = {"head", "signature", "note", "furniture"}

Piece = tuple[int, int, str]


@dataclass(frozen=True)
class Segment:
    """Characters under the same findings. `anchor` is the id of a finding met here first; `more` are further ones."""

    text: str
    keys: tuple[str, ...]
    anchor: str
    more: tuple[str, ...]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; `kind` is the reader's word for it (title, chapter, item …) or `line`."""

    kind: str
    segments: tuple[Segment, ...]


def paragraphs(notice: Notice, spans: Iterable[tuple[str, int, int]]) -> list[Paragraph]:
    """The notice's text in paragraphs, cut where `spans` (key, start, end) begin and end."""
    text = notice.text
    borders = _borders(text, spans)
    named: set[str] = set()
    found = []
    for start, end, kind in _pieces(notice):
        segments = tuple(_segments(text, start, end, borders, named))
        if segments:
            found.append(Paragraph(kind, segments))
    return found


def _pieces(notice: Notice) -> Sequence[Piece]:
    """What the reader takes for one paragraph; single lines where today's reader sees another text."""
    known = _read(notice.source_id, notice.source_name)
    text = notice.text
    if known is None or known[0] != text:
        return list(_lines(text, 0, len(text), "line"))
    return [
        piece
        for start, end, kind in known[1]
        for piece in (_lines(text, start, end, kind) if kind in _BY_LINE else [(start, end, kind)])
    ]


@lru_cache(maxsize=8)
def _read(sha256: str, name: str) -> tuple[str, tuple[Piece, ...]] | None:
    """The reader's pieces of a stored file, with the text that they tile; None when it can't be read any more."""
    try:
        found = reading.read(files.read(sha256), name)
    except (Unreadable, FileNotFoundError):
        return None
    return found.text, tuple((start, end, node.kind) for (start, end), node in found.pieces())


def _lines(text: str, start: int, end: int, kind: str) -> Iterable[Piece]:
    at = start
    for line in text[start:end].splitlines(keepends=True):
        yield at, at + len(line), kind
        at += len(line)


def _borders(text: str, spans: Iterable[tuple[str, int, int]]) -> dict[int, list[tuple[bool, str]]]:
    """Place → what begins (True) and ends (False) there; spans outside the text are left aside."""
    found: dict[int, list[tuple[bool, str]]] = defaultdict(list)
    for key, start, end in spans:
        if 0 <= start < end <= len(text):
            found[start].append((True, key))
            found[end].append((False, key))
    return found


def _segments(
    text: str, start: int, end: int, borders: dict[int, list[tuple[bool, str]]], named: set[str]
) -> Iterable[Segment]:
    """One paragraph, cut at the borders inside it."""
    first = start + len(text[start:end]) - len(text[start:end].lstrip())
    last = start + len(text[start:end].rstrip())
    active = _active_at(borders, start)
    at = first
    for place in [*sorted(place for place in borders if start < place < end), last]:
        if place > at and (words := _joined(text, at, min(place, last))):
            yield _segment(words, active, named)
            at = min(place, last)
        for begins, key in borders.get(place, ()):
            if begins:
                active.append(key)
            elif key in active:
                active.remove(key)


def _active_at(borders: dict[int, list[tuple[bool, str]]], start: int) -> list[str]:
    """The findings that hold from `start` on."""
    active: list[str] = []
    for place in sorted(place for place in borders if place <= start):
        for begins, key in sorted(borders[place]):
            if begins:
                active.append(key)
            elif key in active:
                active.remove(key)
    return active


def _segment(words: str, active: Sequence[str], named: set[str]) -> Segment:
    keys = tuple(dict.fromkeys(active))
    fresh = [key for key in keys if key not in named]
    named.update(fresh)
    return Segment(words, keys, fresh[0] if fresh else "", tuple(fresh[1:]))


def _joined(text: str, start: int, end: int) -> str:
    """The characters without hard wraps; a space stays where two words of letters or digits would touch."""

    def wrap(match: re.Match[str]) -> str:
        before = text[start + match.start() - 1 : start + match.start()]
        after = text[start + match.end() : start + match.end() + 1]
        return " " if _WORDS.match(before) and _WORDS.match(after) else ""

    return _WRAP.sub(wrap, text[start:end])
