"""Characters that nobody sees, and those that look like others: one list for every rule that sees through them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

#: Inclusive ranges: soft hyphen, joiners, marks and overrides of direction, invisible operators, variation selectors,
#: blank fillers, interlinear marks, combining marks (no Chinese text needs one), tags and supplementary selectors.
RANGES: Final = (
    (0x00AD, 0x00AD), (0x0300, 0x036F), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x20D0, 0x20FF), (0x2800, 0x2800),
    (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB), (0xE0000, 0xE0FFF),
)  # fmt: skip
#: Those that no editor leaves behind: whoever has them in a text put them there.
PLANTED_RANGES: Final = (
    (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x200E, 0x200F), (0x202A, 0x202E), (0x2061, 0x2064),
    (0x2066, 0x206F), (0x2800, 0x2800), (0x3164, 0x3164), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB), (0xE0000, 0xE00FF),
)  # fmt: skip
PLANTED: Final = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in PLANTED_RANGES) + "]")
#: Signs that stand for the X of an ID number.
CROSSES: Final = "Xxχ×ΧХхⅩⅹ✕✖╳ＸｘⓍⓧ"
#: Stars of a secrecy mark, ASCII and others.
STARS: Final = "★☆*✭✩✪✫✬✮✯✰⋆∗⭐🌟﹡＊"
_DIGIT_BLOCKS = (
    *(0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0E50, 0x0F20, 0x1040, 0x17E0, 0x1810, 0xFF10),
    *(0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6),
)
_DIGIT_ROWS = (
    "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "₀₁₂₃₄₅₆₇₈₉",
    "⓪①②③④⑤⑥⑦⑧⑨",
    "⓿❶❷❸❹❺❻❼❽❾",
    "🄋➀➁➂➃➄➅➆➇➈",
    "🄌➊➋➌➍➎➏➐➑➒",
    "🄀⒈⒉⒊⒋⒌⒍⒎⒏⒐",
    "〇一二三四五六七八九",
    "零壹贰叁肆伍陆柒捌玖",
    "○弌弍弎亖５６柒捌玖",
)
_BRACKETED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼"


def digits() -> Iterator[tuple[int, int]]:
    """(code point, value) of every sign that is read as a digit, ASCII left out."""
    for first in _DIGIT_BLOCKS:
        yield from ((first + value, value) for value in range(10))
    for row in _DIGIT_ROWS:
        yield from ((ord(sign), value) for value, sign in enumerate(row))
    yield from ((ord(sign), value) for value, sign in enumerate(_BRACKETED, 1))
    yield ord("两"), 2
    yield from ((ord(sign), value) for sign, value in (("貳", 2), ("參", 3), ("陸", 6), ("幺", 1)))


def compatible() -> Iterator[tuple[int, int]]:
    """(code point, the Han character it looks like): radicals and compatibility forms of the basic plane."""
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)):
        shown = unicodedata.normalize("NFKC", chr(code))
        if len(shown) == 1 and shown != chr(code):
            yield code, ord(shown)


_UNSEEN = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in RANGES) + "]")


def without(text: str) -> str:
    """The text without what nobody sees, compatibility forms as the characters they stand for."""
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", text)) if not text.isascii() else text
