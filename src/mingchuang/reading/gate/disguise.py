"""Numbers of people written so that a program passes over them: other digits, unseen characters, broken into pieces.

``regions`` finds by a few arrays where a text has digits enough for such a number; only there is anything read anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from mingchuang.reading.gate import unseen
from mingchuang.reading.gate.signs import BLOCK, Array, Signs, marked

_LEAST = 11  # digits of the shortest number that is sought here, within two blocks
_SIZE = 0x20000
_FIRST_TAG = 0xE0000


def _becomes() -> Array:
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


def _marks(*, odd: bool) -> Array:
    """Which characters of the basic plane are digits of another kind; with ``odd`` also crosses and what nobody sees,
    and no Han digits, which stand in every text."""
    table = np.zeros(0x10000, dtype=bool)
    for code, _ in unseen.digits():
        if code < len(table) and not (odd and chr(code) in _HAN_DIGITS):
            table[code] = True
    table[0xD835] = True  # the first half of mathematical digits
    if odd:
        for first, last in unseen.RANGES:
            table[first : last + 1] = True
        for sign in set(unseen.CROSSES) - set("XxＸｘ"):
            table[ord(sign)] = True
    return table


def _planted() -> Array:
    table = np.zeros(0x10000, dtype=bool)
    for first, last in unseen.PLANTED_RANGES:
        table[first : last + 1] = True
    table[0xDB40] = True  # the first half of tags
    return table


_BECOMES = _becomes()
_PLANTED = _planted()
_BETWEEN = r"[\s._/·•・‧,，、|｜:：;；()（）\[\]【】\-–—~～*]"
_MAY_PART = marked("._/·•・‧,，、|｜:：;；()（）[]【】-–—~～*" + "".join(filter(str.isspace, map(chr, range(0x3001)))))
_ANY_DIGIT = re.compile("[0-9\U0001d400-\U0001d7ff" + "".join(chr(code) for code, _ in unseen.digits()) + "]")
_OTHER_DIGITS, _ODD = _marks(odd=False), _marks(odd=True)


@dataclass(frozen=True, slots=True, repr=False)
class Region:
    """A stretch of a text read anew: its plain form, and where in the text each character of it stands."""

    plain: str
    changed: bool
    places: Array | range

    def span(self, start: int, end: int) -> tuple[int, int]:
        """``[start, end)`` of the plain form in code points of the text."""
        return int(self.places[start]), int(self.places[end - 1]) + 1


def holds_planted(signs: Signs) -> bool:
    """Whether a text may hold one of `unseen.PLANTED`: by a table, as a search for so many ranges is slow."""
    return bool(signs.looked_up(_PLANTED).any())


def regions(signs: Signs) -> Iterator[Region]:
    """The stretches of a text that have digits enough for a number of a person, of whatever script, and that hold
    something a plain reader passes over."""
    text = signs.text
    if signs.is_short and len(_ANY_DIGIT.findall(text)) < _LEAST:
        return
    dense, has_others = _dense(signs)
    if not len(dense):
        return
    starts, stops = _parted(signs)
    if signs.has_pairs():  # digits beyond the basic plane are in none of the tables
        yield _anew(text, 0)
        if len(starts):
            yield _as_is(text, 0)
        return
    blocks = signs.units.reshape(-1, BLOCK)
    is_odd = _ODD.take(blocks[dense]).any(axis=1)
    is_odd |= _ODD.take(blocks[np.minimum(dense + 1, len(blocks) - 1)]).any(axis=1)
    breaks = np.flatnonzero(np.diff(dense) > 2)
    firsts = np.concatenate([[0], breaks + 1])
    begins = np.maximum(dense[firsts] - 1, 0) * BLOCK
    ends = (dense[np.concatenate([breaks, [len(dense) - 1]])] + 3) * BLOCK
    odd, other = np.logical_or.reduceat(is_odd, firsts), np.logical_or.reduceat(has_others, firsts)
    parted = np.searchsorted(stops, begins) < np.searchsorted(starts, ends)
    for at in np.flatnonzero(odd | other | parted).tolist():
        begin = int(begins[at])
        piece = text[begin : int(ends[at])]
        if odd[at] or (other[at] and _has_han_number(piece)):
            yield _anew(piece, begin)
        if parted[at] and (_PARTED.search(piece) or _SINGLED.search(piece)):
            yield _as_is(piece, begin)


def _dense(signs: Signs) -> tuple[Array, Array]:
    """The numbers of the blocks that have, with the next one, digits enough; and whether some are of another script."""
    blocks = len(signs.units) // BLOCK
    plain = np.bincount(signs.digits // BLOCK, minlength=blocks)
    others = _paired(np.bincount(np.flatnonzero(signs.looked_up(_OTHER_DIGITS)) // BLOCK, minlength=blocks))
    dense = np.flatnonzero(_paired(plain) + others >= _LEAST)
    return dense, others[dense] > 0


def _parted(signs: Signs) -> tuple[Array, Array]:
    """Where each row begins and ends that has digits enough for a number, some parted by what a writer may put between.

    That is looked at near both of the digits which it parts.
    """
    digits = signs.digits
    far = np.flatnonzero(np.diff(digits) > 1)
    held = (digits[far] + 1, np.minimum(digits[far] + 2, digits[far + 1] - 1), digits[far + 1] - 1)
    ends = far[~np.logical_and.reduce([_MAY_PART.take(signs.at(places)) for places in held])]
    firsts, lasts = np.concatenate([[0], ends + 1]), np.concatenate([ends, [len(digits) - 1]])
    rows = lasts - firsts >= _LEAST - 1
    starts, stops = digits[firsts[rows]], digits[lasts[rows]]
    are_parted = stops - starts > (lasts - firsts)[rows]
    return starts[are_parted], stops[are_parted]


def _paired(counts: Array) -> Array:
    """Each block's count with the next one's."""
    counts[:-1] += counts[1:]
    return counts


def _as_is(piece: str, start: int) -> Region:
    return Region(piece, False, range(start, start + len(piece)))


def _anew(piece: str, start: int) -> Region:
    codes = np.frombuffer(piece.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    plain = np.where(codes < _SIZE, _BECOMES[np.minimum(codes, _SIZE - 1)], np.where(codes < _FIRST_TAG, codes, 0))
    kept = np.flatnonzero(plain)
    shown = plain[kept].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    return Region(shown, True, kept + start)


# -- broken into pieces

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
