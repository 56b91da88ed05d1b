"""Numbers of people written so that a program passes over them: other digits, unseen characters, broken into pieces.

``regions`` finds by a few arrays where a text has digits enough for such a number; only there is anything read anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from mingchuang.reading.gate import unseen

_BLOCK = 32
_LEAST = 11  # digits of the shortest number that is sought here, within two blocks
_SIZE = 0x20000
_FIRST_TAG = 0xE0000

_Array = np.ndarray[Any, np.dtype[Any]]


def _becomes() -> _Array:
    """What each character becomes; 0: it goes."""
    table = np.arange(_SIZE, dtype=np.uint32)
    for first, last in unseen.RANGES:
        if first < _SIZE:
            table[first : last + 1] = 0
    for code, value in unseen.digits():
        table[code] = ord("0") + value
    for sign in unseen.CROSSES:
        table[ord(sign)] = ord("X")
    return table


_HAN_DIGITS = "〇○零一二三四五六七八九两幺壹贰叁肆伍陆柒捌玖貳參陸弌弍弎"


def _marks(*, odd: bool) -> _Array:
    """Which characters of the basic plane are digits of another kind; with ``odd`` also crosses and what nobody sees,
    and no Han digits, which stand in every text."""
    table = np.zeros(0x10000, dtype=np.uint8)
    for code, _ in unseen.digits():
        if code < len(table) and not (odd and chr(code) in _HAN_DIGITS):
            table[code] = 1
    table[0xD835] = 1  # the first half of mathematical digits
    if odd:
        for first, last in unseen.RANGES:
            table[first : last + 1] = 1
        for sign in set(unseen.CROSSES) - set("XxＸｘ"):
            table[ord(sign)] = 1
    return table


def _planted() -> _Array:
    table = np.zeros(0x10000, dtype=bool)
    for first, last in unseen.PLANTED_RANGES:
        table[first : last + 1] = True
    table[0xDB40] = True  # the first half of tags
    return table


_BECOMES = _becomes()
_PLANTED = _planted()
_OTHER_DIGITS, _ODD = _marks(odd=False), _marks(odd=True)
_ONES, _TOP = np.uint64(0x0101010101010101), np.uint64(56)


@dataclass(frozen=True, slots=True, repr=False)
class Region:
    """A stretch of a text read anew: its plain form, and where in the text each character of it stands."""

    plain: str
    changed: bool
    places: _Array | range

    def span(self, start: int, end: int) -> tuple[int, int]:
        """``[start, end)`` of the plain form in code points of the text."""
        return int(self.places[start]), int(self.places[end - 1]) + 1


def units_of(text: str) -> _Array:
    """The text in units of UTF-16, filled up with zeros to whole blocks."""
    data = text.encode("utf-16-le", "surrogatepass")
    return np.frombuffer(data + bytes(-len(data) % (2 * _BLOCK)), dtype=np.uint16)


def holds(units: _Array, signs: str) -> bool:
    """Whether any of these characters stands in a text; faster than a search where none does."""
    return any(bool((units == ord(sign)).any()) for sign in signs)


def holds_pair(units: _Array, first: str, seconds: str) -> bool:
    """Whether the first character stands in a text with one of the others behind it."""
    behind = units[1:]
    follows = np.logical_or.reduce([behind == ord(second) for second in seconds])
    return bool(((units[:-1] == ord(first)) & follows).any())


def holds_planted(text: str) -> bool:
    """Whether a text may hold one of `unseen.PLANTED`: by a table, as a search for so many ranges is slow."""
    return bool(_PLANTED.take(units_of(text)).any())


def regions(text: str, units: _Array) -> Iterator[Region]:
    """The stretches of a text that have digits enough for a number of a person, of whatever script, and that hold
    something a plain reader passes over. ``units`` are those of the text."""
    dense, has_others = _dense(units)
    if not len(dense):
        return
    if (
        -(-len(text) // _BLOCK) * _BLOCK != len(units) or (units >> 11 == 0b11011).any()
    ):  # pairs of units: places are counted otherwise, so the whole is read
        yield _region(text, 0)
        return
    blocks = units.reshape(-1, _BLOCK)
    both = (blocks[dense], blocks[np.minimum(dense + 1, len(blocks) - 1)])
    is_odd = (_ODD.take(both[0]).any(axis=1) | _ODD.take(both[1]).any(axis=1)).tolist()
    others, numbers = has_others.tolist(), dense.tolist()
    breaks = np.flatnonzero(np.diff(dense) > 2).tolist()
    for first, last in zip((0, *(at + 1 for at in breaks)), (*breaks, len(numbers) - 1), strict=True):
        start, end = max(0, (numbers[first] - 1) * _BLOCK), (numbers[last] + 3) * _BLOCK
        piece = text[start:end]
        if any(is_odd[first : last + 1]) or (any(others[first : last + 1]) and _has_han_number(piece)):
            yield _region(piece, start)
        elif _PARTED.search(piece) or _SINGLED.search(piece):
            yield Region(piece, False, range(start, start + len(piece)))


def _dense(units: _Array) -> tuple[_Array, _Array]:
    """The numbers of the blocks that have, with the next one, digits enough; and whether some are of another script.
    Of those every fourth character is looked at first, and all where two were digits."""
    if not len(units):
        return units, units
    plain = _sums(((units - np.uint16(48)) < 10).view(np.uint8))
    counts = _paired(plain[0::4] + plain[1::4] + plain[2::4] + plain[3::4])
    seen = np.flatnonzero(_paired(_sums(_OTHER_DIGITS.take(units[::4]))) >= 2)
    blocks = units.reshape(-1, _BLOCK)
    others = np.zeros_like(counts)
    for step in (0, 1):
        near = blocks[np.minimum(seen + step, len(blocks) - 1)]
        others[seen] += _OTHER_DIGITS.take(near).sum(axis=1, dtype=np.uint64)
    dense = np.flatnonzero(counts + others >= _LEAST)
    return dense, others[dense] > 0


def _sums(marks: _Array) -> _Array:
    """Eight marks of one byte each, added by one multiplication."""
    return (marks.view(np.uint64) * _ONES) >> _TOP


def _paired(counts: _Array) -> _Array:
    """Each block's count with the next one's."""
    counts[:-1] += counts[1:]
    return counts


def _region(piece: str, start: int) -> Region:
    codes = np.frombuffer(piece.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    plain = np.where(codes < _SIZE, _BECOMES[np.minimum(codes, _SIZE - 1)], np.where(codes < _FIRST_TAG, codes, 0))
    kept = np.flatnonzero(plain)
    shown = plain[kept].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    return Region(shown, True, kept + start)


# -- broken into pieces

_BETWEEN = r"[\s._/·•・‧,，、|｜:：;；()（）\[\]【】\-–—~～*]"
_HAN_RUN: Final = re.compile(rf"[0-9{_HAN_DIGITS}](?:{_BETWEEN}?[0-9{_HAN_DIGITS}]){{10}}")
_HAN_DIGIT = re.compile(f"[{_HAN_DIGITS}]")
_PARTED: Final = re.compile(rf"[0-9]{{3}}{_BETWEEN}{{1,8}}[0-9]{{3}}")
_SINGLED: Final = re.compile(rf"[0-9]{_BETWEEN}{{1,3}}[0-9]{_BETWEEN}{{1,3}}[0-9]{_BETWEEN}{{1,3}}[0-9]{_BETWEEN}")


def _has_han_number(piece: str) -> bool:
    """Whether there is a run of digits as long as a telephone number with Han digits in it."""
    return any(_HAN_DIGIT.search(run.group()) for run in _HAN_RUN.finditer(piece))


_SINGLES: Final = re.compile(rf"(?<![0-9])[1-9](?:{_BETWEEN}{{1,3}}[0-9]){{16}}{_BETWEEN}{{1,3}}[0-9X](?![0-9A-Z])")
_PIECES: Final = re.compile(
    rf"(?<![0-9])[0-9]{{3,15}}(?:{_BETWEEN}{{1,8}}[0-9]{{3,15}}){{1,5}}(?:{_BETWEEN}{{0,3}}X)?(?![0-9A-Z])"
)
_MOBILE: Final = re.compile(
    r"(?<![0-9])1[3-9][0-9](?P<sep>[._/·•・‧,，|｜~～*])[0-9]{4}(?P=sep)[0-9]{4}(?![0-9])"
    r"|(?<![0-9])1[3-9][0-9]{0,8}(?:[ \t]*\r?\n[ \t]*[0-9]{2,10}){1,2}(?![0-9])"
    rf"|(?<![0-9])1(?:{_BETWEEN}{{1,3}}[0-9]){{10}}(?!{_BETWEEN}?[0-9])"
)
_ID_LABEL = re.compile("身份证|公民身份|证件号")
_TELEPHONE_LABEL = re.compile("手机|电话|联系|号码|微信")
_LOOSE = re.compile(r"[\s,，、:：;；()（）\[\]【】|｜]")
_REACH = 60


def broken(plain: str, is_id: Callable[[str], bool]) -> Iterator[tuple[str, int, int, str]]:
    """(kind, start, end, value) of numbers broken into pieces in a plain text; a person has to look at each.

    Pieces in cells, on lines or between commas are taken together only behind a label: beside each other there, an
    area, a date and a figure look the same. ``is_id`` proves 18 characters.
    """
    for match in _SINGLES.finditer(plain):
        value = _joined(match.group())
        if is_id(value):
            yield "id_number", match.start(), match.end(), value
    for match in _PIECES.finditer(plain):
        value = _joined(match.group())
        labelled = _ID_LABEL.search(plain, max(0, match.start() - _REACH), match.start()) is not None
        if len(value) == 18 and (labelled or not _LOOSE.search(match.group())) and is_id(value):
            yield "id_number", match.start(), match.end(), value
    for match in _MOBILE.finditer(plain):
        value = _joined(match.group())
        labelled = _TELEPHONE_LABEL.search(plain, max(0, match.start() - 16), match.start()) is not None
        if len(value) == 11 and value[1] in "3456789" and (match["sep"] or labelled):
            yield "mobile", match.start(), match.end(), value


def _joined(pieces: str) -> str:
    return re.sub("[^0-9X]", "", pieces)
