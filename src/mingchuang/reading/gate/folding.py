"""Folding of a text before words are sought in it, with the way back to the characters it came from.

Width becomes half, Latin letters lower, white space and invisible characters go; a line break inside a sentence and a
mark that parts nothing (Han on both sides) go too, any other stays. A few arrays do it, so that the fold costs less
than the search.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from mingchuang.reading.gate import unseen
from mingchuang.reading.gate.signs import Array, Signs
from mingchuang.reading.gate.traditional import PAIRS

_GONE = 0
_NEWLINE = 10
_CELL_EDGE = 0x1F  # between the cells of a row: no word runs across it
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF
_FIRST_TAG, _LAST_TAG = 0xE0000, 0xE0FFF
_INVISIBLE = "\r\x0b\x0c \u00a0\u1680\u202f\u205f\u3000"
#: Marks that part nothing: between two Han they go, as line breaks do (试·验·词).
_FILLING = "·•・‧∙⋅*＊_＿-－^~～"


def _table() -> Array:
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
#: The same in 16 bits, with half a pair for what becomes a character beyond the basic plane.
_HALF = 0xD800
_NARROW: Final = np.where(_TABLE > 0xFFFF, _HALF, _TABLE).astype(np.uint16)
_BREAKS: Final = np.isin(np.arange(0x10000), [_NEWLINE, *(_TABLE[ord(mark)] for mark in _FILLING)])


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; ``span`` leads back."""

    text: str
    _offsets: Array

    def span(self, start: int, end: int) -> tuple[int, int]:
        """``[start, end)`` of the folded text in code points of the text it was made from; ``start < end``."""
        return int(self._offsets[start]), int(self._offsets[end - 1]) + 1


def fold(text: str | Signs) -> Folded:
    """The folded text, or that of the text whose signs are given. Lone surrogates stay what they are."""
    signs = text if isinstance(text, Signs) else Signs(text)
    text = signs.text
    folded, encoding = signs.looked_up(_NARROW)[: len(text)], "utf-16-le"
    if (folded >> 11 == _HALF >> 11).any():
        encoding = "utf-32-le"
        codes = np.frombuffer(text.encode(encoding, "surrogatepass"), dtype=np.uint32)
        astral = np.where((codes >= _FIRST_TAG) & (codes <= _LAST_TAG), _GONE, codes)
        folded = np.where(codes > 0xFFFF, astral, _TABLE.take(codes, mode="clip"))
    offsets = np.flatnonzero(folded != _GONE)
    kept = folded.take(offsets)
    stays = _without_inner_breaks(kept)
    if stays is not None:
        offsets, kept = offsets[stays], kept[stays]
    return Folded(kept.tobytes().decode(encoding, "surrogatepass"), offsets)


def fold_word(word: str) -> str:
    """A word of a list, folded like the texts it is sought in."""
    return fold(word).text.replace("\n", "")


def _without_inner_breaks(codes: Array) -> Array | None:
    """Which characters stay once breaks between two Han are gone; None when all do."""
    breaks = np.flatnonzero(_BREAKS.take(codes, mode="clip"))
    if not len(breaks):
        return None
    edges = np.flatnonzero(np.diff(breaks) > 1)
    firsts = np.concatenate([[0], edges + 1])  # of each run of breaks, in ``breaks``
    lasts = np.concatenate([edges, [len(breaks) - 1]])
    before, after = breaks[firsts] - 1, breaks[lasts] + 1
    joins = (before >= 0) & (after < len(codes)) & _is_han(codes.take(before, mode="clip"))
    joins &= _is_han(codes.take(after, mode="clip"))
    stays = np.ones(len(codes), dtype=bool)
    stays[breaks[np.repeat(joins, lasts - firsts + 1)]] = False
    return stays


def _is_han(codes: Array) -> Array:
    return (codes >= _FIRST_HAN) & (codes <= _LAST_HAN)
