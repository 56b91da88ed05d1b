"""Numbers as documents write them: 7, ７, 三十, 二〇一九, 百分之八十, 1.5."""

from __future__ import annotations

import re

HAN_DIGITS = "〇零一二三四五六七八九"
_DIGIT = {char: max(0, at - 1) for at, char in enumerate(HAN_DIGITS)} | {"两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
HAN_NUMBER = "[〇零一二三四五六七八九十百千两廿]"
NUMBER = rf"(?:(?<![\d.])\d{{1,12}}(?:\.\d{{1,6}})?(?!\d)|{HAN_NUMBER}{{1,9}}|半)"
"""A pattern for one number on the folded text; it never begins inside a number, so that digits are scanned once."""


def number_of(written: str) -> int | float | None:
    """The value of a folded number (ASCII digits or Chinese numerals), None when it is none."""
    if re.fullmatch(r"\d+", written):
        return int(written) if len(written) < 19 else None
    if re.fullmatch(r"\d+\.\d+", written):
        return float(written)
    if written == "半":
        return 0.5
    return han_number(written)


def han_number(written: str) -> int | None:
    """三十一 → 31, 二〇一九 → 2019, 廿 → 20; None for anything that is no numeral."""
    if not written:
        return None
    written = written.replace("廿", "二十")
    if not all(char in _DIGIT or char in _TENS for char in written):
        return None
    if not any(char in _TENS for char in written):
        return int("".join(str(_DIGIT[char]) for char in written))
    total, digit = 0, 0
    for char in written:
        if char in _DIGIT:
            digit = _DIGIT[char]
        else:
            total += (digit or 1) * _TENS[char]
            digit = 0
    return total + digit


def written_in_han(value: int) -> str:
    """1 … 99 as in 一, 十一, 二十三; larger values in Arabic digits."""
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else HAN_DIGITS[tens + 1] + "十"
    return head + (HAN_DIGITS[ones + 1] if ones else "")
