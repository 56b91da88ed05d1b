"""Where in a text a number of a person may begin: by arrays, so that the pattern looks at a thousandth of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from mingchuang.reading.gate.personal_numbers import BRACKETS, CANDIDATE, DASHES, SPACES
from mingchuang.reading.gate.signs import Array, Signs, marked

_FIGURES, _CAPITALS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WIDE_CAPITALS = "".join(chr(code) for code in range(0xFF21, 0xFF3B))
_RUN = marked(_FIGURES + SPACES + DASHES + BRACKETS)
_BEFORE = marked(_CAPITALS + _WIDE_CAPITALS + "·•・. ")
_CODE = marked(_FIGURES + _CAPITALS)
_ROOM, _HOUSE, _OF_HOUSE = marked("室栋幢号单户"), marked("号户"), marked("组队社排巷")
_WHOLE_ROOM, _FLOOR, _STAIRCASE = marked("室栋幢"), marked("楼"), marked("元")
_NUMBER, _UNIT = marked("号"), marked("单")
_COLONS = marked("：:")
_LEAST = 6  # that follow the first digit


def numbers(signs: Signs) -> Iterator[re.Match[str]]:
    """What `CANDIDATE` finds in a text, as ``finditer`` would."""
    if signs.is_short:
        yield from CANDIDATE.finditer(signs.text)
        return
    last = 0
    for at in _beginnings(signs):
        match = CANDIDATE.match(signs.text, at) if at >= last else None
        if match:
            last = match.end()
            yield match


def has_label_of_person(signs: Signs) -> bool:
    """Whether 人 stands before a colon: the label of a name may."""
    if signs.is_short:
        return "人：" in signs.text or "人:" in signs.text
    return len(signs.followed(signs.places("人"), _COLONS)) > 0


def _beginnings(signs: Signs) -> list[int]:
    """The digits where the pattern may match, each of its four branches allowing for all that it takes."""
    digits = signs.digits
    run = digits
    for step in (_LEAST, *range(1, _LEAST)):  # the farthest first: most numbers are short
        run = signs.followed(run, _RUN, step)
    behind_letter = signs.followed(digits, _BEFORE, -1)
    for step in (1, 2):
        behind_letter = signs.followed(behind_letter, _CODE, step)
    return sorted(set(np.concatenate([run, behind_letter, *_rooms(signs, digits)]).tolist()))


def _rooms(signs: Signs, digits: Array) -> Iterator[Array]:
    """Digits with a room, a staircase or a household behind them, or behind up to three further digits."""
    for step in (1, 2, 3, 4):
        before = signs.followed(digits, _ROOM, step)
        yield signs.followed(before, _WHOLE_ROOM, step)
        yield signs.followed(signs.followed(before, _NUMBER, step), _FLOOR, step + 1)
        yield signs.followed(signs.followed(before, _UNIT, step), _STAIRCASE, step + 1)
        yield signs.followed(signs.followed(before, _OF_HOUSE, -1), _HOUSE, step)
