"""Document numbers and dates, recognised however a person writes them.

青政办发〔2019〕60号, 青政办发[2019]60号, 青政办发（2019） 60 号 and 青政办发2019年第60号 are one number;
2019-09-26, 2019.9.26 and 2019年9月26日 are one day. All functions here take text that `tokens.fold` has folded.
The keys made here are search keys, looser than the normal form of a number (`norms.docnumber`), and shown to nobody.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from mingchuang.search.tokens import HAN, fold, segments

Units = tuple[str, ...]

_OPEN, _CLOSE = r"[(\[〔【{<《「]", r"[)\]〕】}>》」]"
_YEAR = r"(?:19|20)[0-9]{2}"
_NUMBER = re.compile(
    f"(?P<issuer>[{HAN}]{{0,12}})\\s*"
    f"(?:{_OPEN}\\s*(?P<year>{_YEAR})\\s*年?度?\\s*{_CLOSE}\\s*第?\\s*(?P<n>[0-9]{{1,5}})(?![0-9])(?:\\s*号)?"
    f"|(?P<year2>(?<![0-9]){_YEAR})\\s*(?:年度?)?\\s*第?\\s*(?P<n2>[0-9]{{1,5}})\\s*号)"
)
_DATE = re.compile(
    r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})"
    r"(?:\s*年\s*(?P<m>[0-9]{1,2})\s*月(?:\s*(?P<d>[0-9]{1,2})(?:\s*[日号]|(?![0-9])))?"
    r"|(?P<mark>[-/.])(?P<m2>[0-9]{1,2})(?:(?P=mark)(?P<d2>[0-9]{1,2}))?(?![0-9])"
    r"|(?P<m3>[0-9]{2})(?P<d3>[0-9]{2})(?![0-9]))"
)
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A document number in `[start, end)`: `keys` from the most exact on, `phrases` as it may stand in text."""

    start: int
    end: int
    keys: tuple[str, ...]
    phrases: tuple[Units, ...]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A day or a month in `[start, end)`: the days `first` to `last`, and how it may stand in text."""

    start: int
    end: int
    first: dt.date
    last: dt.date
    phrases: tuple[Units, ...]


def squeezed(text: str) -> str:
    """Units of a text without anything between them: the key under which any number or index code is found whole."""
    return "".join(unit for units in segments(fold(text)) for unit in units)


def number_keys(number: str) -> tuple[str, ...]:
    """Keys under which a document's own number is stored: squeezed, issuer + year + serial, year + serial."""
    if not number.strip():
        return ()
    keys = [squeezed(number)]
    match = _NUMBER.search(fold(number))
    if match:
        issuer, tail = match["issuer"], _tail(match)
        keys += [f"{issuer}{tail}", tail]
    return tuple(dict.fromkeys(key for key in keys if key))


def _tail(match: re.Match[str]) -> str:
    return f"{match['year'] or match['year2']}-{int(match['n'] or match['n2'])}"


def find_numbers(folded: str) -> list[FoundNumber]:
    """All document numbers in folded text. With an issuer, only that issuer's number is meant."""
    found = []
    for match in _NUMBER.finditer(folded):
        issuer, tail = match["issuer"], _tail(match)
        year, serial = tail.split("-")
        # The name before the bracket may have a verb before it (转发青政办发〔2019〕60号): each of its tails is tried.
        keys = [issuer[cut:] + tail for cut in range(len(issuer))] or [tail]
        standing = (*issuer, year, serial)
        typed = tuple(unit for units in segments(match.group()) for unit in units)
        if typed[-1] == "号":
            standing += ("号",)
        found.append(FoundNumber(match.start(), match.end(), tuple(keys), tuple(dict.fromkeys((standing, typed)))))
    return found


def find_dates(folded: str) -> list[FoundDate]:
    """All days and months that exist in the calendar; 2019-13-40 is no date and stays ordinary text."""
    found = []
    for match in _DATE.finditer(folded):
        year = int(match["y"])
        month = int(match["m"] or match["m2"] or match["m3"])
        day_text = match["d"] or match["d2"] or match["d3"]
        days = _days(year, month, int(day_text) if day_text else None)
        if days is None:
            continue
        typed = tuple(unit for units in segments(match.group()) for unit in units)
        phrases = dict.fromkeys((*_standing(year, month, int(day_text) if day_text else None), typed))
        found.append(FoundDate(match.start(), match.end(), *days, tuple(phrases)))
    return found


def _days(year: int, month: int, day: int | None) -> tuple[dt.date, dt.date] | None:
    if not 1 <= month <= 12:
        return None
    length = calendar.monthrange(year, month)[1]
    if day is None:
        return dt.date(year, month, 1), dt.date(year, month, length)
    return (dt.date(year, month, day),) * 2 if 1 <= day <= length else None


def _standing(year: int, month: int, day: int | None) -> list[Units]:
    """How notices write it: 2019年9月26日, 2019-09-26, 二〇一九年九月二十六日 (or 二零一九年), with and without 0."""
    forms: list[Units] = []
    for pattern in ("{}", "{:02d}"):
        units = (str(year), "年", pattern.format(month), "月")
        forms.append(units if day is None else (*units, pattern.format(day)))
        if day is not None:
            forms.append((str(year), pattern.format(month), pattern.format(day)))
    for zero in "〇零":
        units = (*(zero if digit == "0" else _DIGITS[int(digit)] for digit in str(year)), "年", *_counted(month), "月")
        forms.append(units if day is None else (*units, *_counted(day), "日"))
    return forms


def _counted(value: int) -> str:
    """1 to 31 in Chinese numerals."""
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")
