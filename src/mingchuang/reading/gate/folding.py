"""Folding of a text before words are sought in it, with the way back to the characters it came from.

Width becomes half, Latin letters lower, white space and invisible characters go; a line break inside a sentence and a
mark that parts nothing (Han on both sides) go too, any other stays. A few arrays do it, so that the fold costs less
than the search.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from mingchuang.reading.gate import unseen
from mingchuang.reading.gate.traditional import PAIRS

_GONE = 0
_NEWLINE = 10
_CELL_EDGE = 0x1F  # between the cells of a row: no word runs across it
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF
_FIRST_TAG, _LAST_TAG = 0xE0000, 0xE0FFF
_INVISIBLE = "\r\x0b\x0c \u00a0\u1680\u202f\u205f\u3000"
#: Marks that part nothing: between two Han they go, as line breaks do (试·验·词).
_FILLING = "·•・‧∙⋅*＊_＿-－^~～"


def _table() -> np.ndarray[Any, np.dtype[np.uint32]]:
    """What each character of the basic plane becomes; 0 where it goes."""
    table = np.arange(0x10000, dtype=np.uint32)
    table[0xFF01:0xFF5F] = np.arange(0x21, 0x7F)
    table[ord("A") : ord("Z") + 1] += 32
    table[0xFF21:0xFF3B] = np.arange(ord("a"), ord("z") + 1)
    for char in _INVISIBLE:
        table[ord(char)] = _GONE
    table[ord("\t")] = _CELL_EDGE
    table[0x2000:0x200B] = _GONE
    for first, last in unseen.RANGES:
        table[first : min(last + 1, len(table))] = _GONE
    for code, shown in unseen.compatible():
        table[code] = shown
    for old, new in PAIRS:
        table[ord(old)] = ord(new)
    return table


_TABLE: Final = _table()
_BREAKS: Final = np.isin(np.arange(0x10000), [_NEWLINE, *(_TABLE[ord(mark)] for mark in _FILLING)])


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; ``span`` leads back."""

    text: str
    _offsets: np.ndarray[Any, np.dtype[np.intp]]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """``[start, end)`` of the folded text in code points of the text it was made from; ``start < end``."""
        return int(self._offsets[start]), int(self._offsets[end - 1]) + 1


def fold(text: str) -> Folded:
    """The folded text. Lone surrogates stay what they are."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    is_astral = codes > 0xFFFF
    if is_astral.any():
        astral = np.where((codes >= _FIRST_TAG) & (codes <= _LAST_TAG), _GONE, codes)
        folded = np.where(is_astral, astral, _TABLE[np.minimum(codes, 0xFFFF)])
    else:
        folded = _TABLE[codes]
    offsets = np.flatnonzero(folded != _GONE)
    kept = folded[offsets]
    inside = _breaks_inside_sentences(kept)
    if inside is not None:
        offsets, kept = offsets[inside], kept[inside]
    return Folded(kept.tobytes().decode("utf-32-le", "surrogatepass"), offsets)


def fold_word(word: str) -> str:
    """A word of a list, folded like the texts it is sought in."""
    return fold(word).text.replace("\n", "")


def _breaks_inside_sentences(
    codes: np.ndarray[Any, np.dtype[np.uint32]],
) -> np.ndarray[Any, np.dtype[np.bool_]] | None:
    """Which characters stay once line breaks between Han are gone; None when there are none."""
    is_break = _BREAKS[codes.clip(0, 0xFFFF)]
    if not is_break.any():
        return None
    places = np.flatnonzero(~is_break)
    if len(places) < 2:
        return None
    is_han = (codes[places] >= _FIRST_HAN) & (codes[places] <= _LAST_HAN)
    joins = (np.diff(places) > 1) & is_han[:-1] & is_han[1:]
    depth = np.zeros(len(codes) + 1, dtype=np.int8)
    depth[places[:-1][joins] + 1] = 1
    depth[places[1:][joins]] = -1
    dropped = np.cumsum(depth[:-1]).astype(bool)
    return ~dropped
