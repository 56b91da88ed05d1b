"""Where the signs stand with which a rule begins: a text as one array, made once and asked by every rule.

A search by a pattern looks at each character for each rule; most rules begin with a sign that is rare. An array tells
where it stands in a fraction of the time, and only there does a pattern have to look.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

BLOCK: Final = 32
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FA5
_SHORT = 512
_STRETCH = 0x10000
_FIRST_HALF = 0xD7C0  # the first half of a pair is this and the code point without its last ten bits

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, repr=False)
class Signs:
    """A text as an array, made when it is first asked for."""

    text: str

    @cached_property
    def units(self) -> Array:
        """Units of 16 bits, one for each code point, filled up with zeros to whole blocks of 32, one of them empty.

        A character beyond the basic plane is there as the first half of its pair; lone surrogates stay what they are.
        """
        data = self.text.encode("utf-16-le", "surrogatepass")
        if len(data) != 2 * len(self.text):
            codes = np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
            data = np.where(codes > 0xFFFF, (codes >> 10) + _FIRST_HALF, codes).astype(np.uint16).tobytes()
        return np.frombuffer(data + bytes(-len(data) % (2 * BLOCK) + 2 * BLOCK), dtype=np.uint16)

    @property
    def is_short(self) -> bool:
        """Whether a search in the text itself is faster than the array."""
        return len(self.text) < _SHORT

    @cached_property
    def digits(self) -> Array:
        """Where the digits 0 to 9 stand, in order."""
        return self.places("09")

    def has_pairs(self) -> bool:
        """Whether there are characters beyond the basic plane, or lone surrogates."""
        return bool((self.units >> 11 == 0b11011).any())

    def holds(self, signs: str) -> bool:
        """Whether any of these stands in the text; faster than a search where none does."""
        if self.is_short:
            return any(sign in self.text for sign in signs)
        return any(bool((self.units == ord(sign)).any()) for sign in signs)

    def places(self, *spans: str) -> Array:
        """Where signs stand, in order. Each span is one sign, or the first and the last of neighbours: ``"09"``."""
        found = self._within(spans[0])
        for span in spans[1:]:
            found |= self._within(span)
        return np.flatnonzero(found)

    def at(self, places: Array, by: int = 0) -> Array:
        """What stands ``by`` characters behind the places (before them, if negative); beyond an end, zeros do.

        ``by`` is less than a block: so the empty block is what is met beyond either end.
        """
        return self.units.take(places + by if by else places)

    def looked_up(self, values: Array) -> Array:
        """The value of each unit in a table of all; in stretches that stay in the processor's cache."""
        found = np.empty(len(self.units), dtype=values.dtype)
        for start in range(0, len(found), _STRETCH):
            stretch = slice(start, start + _STRETCH)
            values.take(self.units[stretch], out=found[stretch], mode="clip")
        return found

    def followed(self, places: Array, marks: Array, by: int = 1) -> Array:
        """Those of the places where one of the signs of a table stands ``by`` characters behind."""
        return places[marks.take(self.at(places, by))]

    def _within(self, span: str) -> Array:
        first, last = ord(span[0]), ord(span[-1])
        return self.units == first if first == last else (self.units - np.uint16(first)) <= last - first


def marked(signs: str, *, han: bool = False) -> Array:
    """Of each unit, whether it is one of these signs; with ``han``, or a Han character."""
    marks = np.zeros(0x10000, dtype=bool)
    marks[[ord(sign) for sign in signs]] = True
    marks[_FIRST_HAN : _LAST_HAN + 1] |= han
    return marks
