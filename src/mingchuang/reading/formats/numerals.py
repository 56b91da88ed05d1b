"""The number formats of lists (ECMA-376 Part 1, 17.18.59 ST_NumberFormat; HTML list styles use the same) written out.

``render(format, n)`` gives the characters for the n-th item. Formats that this table does not know are written as
decimal numbers; ``known(format)`` tells which those are, so that the reader can say so.
"""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL_SIMPLE = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_GANADA = "가나다라마바사아자차카타파하"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def render(number_format: str, number: int) -> str:
    """The ordinal ``number`` (0 … ) in the given format, without the text around it."""
    return _FORMATS.get(number_format, str)(number)


def known(number_format: str) -> bool:
    return number_format in _FORMATS


def _thousands(number: int, digits: str = _DIGITS, units: str = "十百千", *, drop_leading_one: bool = True) -> str:
    """Chinese reading below ten thousand: 一百零五, 二十, 十一. Above: digit by digit."""
    if number >= 10_000:
        return _by_digit(number, digits)
    if number == 0:
        return "零" if digits is _DIGITS else digits[0]
    written = ""
    gap = False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit == 0:
            gap = bool(written)
            continue
        written += ("零" if gap else "") + digits[digit] + (units[power - 1] if power else "")
        gap = False
    if drop_leading_one and 10 <= number < 20:
        return written[1:]
    return written


def _counting(number: int) -> str:
    """chineseCounting: read out up to 99, digit by digit from 100 on (Word writes 一〇〇)."""
    return _thousands(number) if number < 100 else _by_digit(number)


def _by_digit(number: int, digits: str = _DIGITS) -> str:
    return "".join(digits[int(digit)] for digit in str(number))


def _japanese(number: int) -> str:
    """japaneseCounting: 百 and 千 without 一, no 零."""
    if not 0 < number < 10_000:
        return _by_digit(number)
    written = ""
    for power, unit in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = number // 10**power % 10
        if digit:
            written += ("" if digit == 1 and power else _DIGITS[digit]) + unit
    return written


def _legal(digits: str, units: str) -> Callable[[int], str]:
    return lambda number: _thousands(number, digits, units, drop_leading_one=False)


def _roman(number: int) -> str:
    if not 0 < number < 4_000:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


def _letters(number: int) -> str:
    """a … z, aa … zz, aaa …: Word repeats the letter (17.18.59), it does not count in base 26."""
    if number < 1 or number > 780:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _cycle(letters: str) -> Callable[[int], str]:
    """Beyond the last letter the row begins again."""
    return lambda number: letters[(number - 1) % len(letters)] if number > 0 else str(number)


def _within(letters: str) -> Callable[[int], str]:
    """Beyond the last letter Word writes plain numbers."""
    return lambda number: letters[number - 1] if 0 < number <= len(letters) else str(number)


def _circled(number: int) -> str:
    for first, last, code in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(code + number - first)
    return str(number)


def _sexagenary(number: int) -> str:
    if number < 1:
        return str(number)
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]


def _ordinal(number: int) -> str:
    if 10 < number % 100 < 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _full_width(number: int) -> str:
    return str(number).translate(_FULL_WIDTH)


def _range(first: int, count: int) -> str:
    return "".join(chr(first + offset) for offset in range(count))


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "none": lambda number: "",
    "bullet": lambda number: "",
    "chineseCounting": _counting,
    "chineseCountingThousand": _thousands,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _thousands,
    "taiwaneseDigital": _by_digit,
    "ideographDigital": _by_digit,
    "japaneseCounting": _japanese,
    "japaneseDigitalTenThousand": _by_digit,
    "koreanDigital2": _by_digit,
    "chineseLegalSimplified": _legal(_LEGAL_SIMPLE, "拾佰仟"),
    "ideographLegalTraditional": _legal(_LEGAL_TRADITIONAL, "拾佰仟"),
    "japaneseLegal": _legal(_LEGAL_TRADITIONAL, "拾百阡"),
    "ideographTraditional": _within(_STEMS),
    "ideographZodiac": _within(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographEnclosedCircle": _within(_range(0x3280, 10)),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _within(_range(0x2488, 20)),
    "decimalEnclosedParen": _within(_range(0x2474, 20)),
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "aiueoFullWidth": _cycle(_AIUEO),
    "ganada": _within(_GANADA),
    "russianLower": _cycle(_RUSSIAN),
    "russianUpper": lambda number: _cycle(_RUSSIAN)(number).upper(),
}
