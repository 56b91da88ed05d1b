"""Dates by which something is due: 年底前, 2021年11月底前, 6月10日前, 上半年前, 到2025年底."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from mingchuang.reading.numerals import HAN_NUMBER, number_of

_YEAR = (
    r"(?:(?P<year>(?:19|20)\d{2}|[一二][〇零九][〇零一二三四五六七八九]{2})年|(?P<this>今年|本年度?|当年|明年|次年))"
)
_SMALL = rf"(?:\d{{1,2}}|{HAN_NUMBER}{{1,3}})"
_BEFORE = "(?:之前|以前|前)"
DEADLINE = re.compile(
    rf"(?P<every>每年(?:度)?)?(?:到|至)?{_YEAR}?(?:"
    rf"(?P<m1>{_SMALL})月(?P<d1>{_SMALL})[日号](?:（[^（）]{{1,6}}）)?{_BEFORE}"
    rf"|(?P<m2>{_SMALL})月(?:份)?(?P<part>上旬|中旬|下旬|底|末|月底|月末)(?:{_BEFORE}|内)?"
    rf"|(?P<m3>{_SMALL})月(?:份)?{_BEFORE}"
    rf"|(?P<half>上半年|下半年)(?:{_BEFORE}|末{_BEFORE}?|底{_BEFORE}?|内|(?=完成|全面完成|实现|建成|出台))"
    rf"|第?(?P<quarter>[一二三四1-4])季度(?:{_BEFORE}|末{_BEFORE}?|底{_BEFORE}?|内|(?=完成|全面完成|实现|建成|出台))"
    rf"|年?(?:底|末)(?:{_BEFORE})?(?<!年末)"
    rf"|年内(?=[^。；]{{0,20}})"
    r")"
)
_YEAR_ALONE = re.compile(
    r"(?:(?:到|至)(?P<a>20\d{2})年(?!\d|底|末|\u5e74|[至到-])|(?P<b>20\d{2})年(?:前|之前|以前|内))"
)
# A date alone, where it is said to be a date by which something is due: 2021年10月, 年底, 12月, 三季度.
_BARE = re.compile(
    rf"(?P<every>每年)?{_YEAR}?(?:(?P<m1>{_SMALL})月(?P<d1>{_SMALL})[日号]|(?P<m2>{_SMALL})月份?(?P<part>底|末)?"
    r"|(?P<half>上半年|下半年)|第?(?P<quarter>[一二三四1-4])季度|年?[底末]|年内)?(?P<m3>(?!))?(?=完成|[。；，、）】]|$)"
)
_DUE_LABEL = re.compile("(?:时限|时间|期限|日期|节点)(?:要求|安排)?[：为]")


@dataclass(frozen=True, slots=True)
class DocumentYear:
    """The year that a date without one belongs to, and where it was found (标题 or 成文日期). ``None``: unknown."""

    value: int | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline at places ``start`` … ``end``; ``is_yearly``: 每年…前. ``day`` is None when it cannot be told."""

    start: int
    end: int
    day: date | None
    is_yearly: bool = False
    year_inferred: bool = False
    is_impossible: bool = False


def deadlines_in(folded: str, start: int, end: int, year: DocumentYear, *, is_due: bool = False) -> list[Due]:
    """All deadlines between two places, in order.

    Behind a label (完成时限：) and with ``is_due`` at the beginning a date alone is a deadline too; a month means
    its end.
    """
    found = [due for match in DEADLINE.finditer(folded, start, end) if (due := _read(folded, match, year)) is not None]
    taken = bytearray(end - start)
    for due in found:
        taken[due.start - start : due.end - start] = b"\x01" * (due.end - due.start)
    for match in _YEAR_ALONE.finditer(folded, start, end):
        if not any(taken[match.start() - start : match.end() - start]):
            value = int(match["a"] or match["b"])
            day = date(value - 1, 12, 31) if match["b"] and "前" in match[0] else date(value, 12, 31)
            found.append(Due(match.start(), match.end(), day))
    labels = [match.end() for match in _DUE_LABEL.finditer(folded, start, end)]
    for at in [start, *labels] if is_due else labels:
        bare = _BARE.match(folded, at, end)
        if bare and bare.end() > at and not any(taken[at - start : bare.end() - start]):
            found.append(_dated(bare, year))
    return sorted(found, key=lambda due: due.start)


def _read(folded: str, match: re.Match[str], year: DocumentYear) -> Due | None:
    return _dated(match, year) if _is_deadline(folded, match) else None


def _dated(match: re.Match[str], document: DocumentYear) -> Due:
    start, end = match.span()
    if match["every"]:
        return Due(start, end, None, is_yearly=True)
    value, inferred = _year_of(match, document)
    if value is None:
        return Due(start, end, None, year_inferred=True)
    try:
        return Due(start, end, _day(match, value), year_inferred=inferred)
    except ValueError:
        return Due(start, end, None, is_impossible=True)


def _is_deadline(folded: str, match: re.Match[str]) -> bool:
    """年底 must be meant as a date: 年底前, 到年底, 2021年底, not 年底考核 or 两年内."""
    named = match["m1"] or match["m2"] or match["m3"] or match["half"] or match["quarter"]
    before = folded[match.start() - 1] if match.start() else ""
    if named:
        return not (before.isdigit() and not match["year"]) and "季度" not in before
    said = match[0]
    if "年内" in said:
        return not re.match(rf"(?:\d|{HAN_NUMBER}|近|来|往|当|半|多|几|数)", before)
    if not said.lstrip("到至").startswith(("年", "20", "19", "今", "本", "当", "明", "次", "每", "二", "一")):
        return False  # 底前 without 年
    return said.endswith("前") or bool(match["year"]) or said[0] in "到至"


def _year_of(match: re.Match[str], document: DocumentYear) -> tuple[int | None, bool]:
    if match["year"]:
        written = number_of(match["year"])
        return (int(written) if written is not None else None), False
    if document.value is None:
        return None, True
    later = 1 if match["this"] in {"明年", "次年"} else 0
    return document.value + later, True


def _day(match: re.Match[str], year: int) -> date:
    """The last day that still keeps the deadline. Raises ValueError for a day that does not exist."""
    if match["m1"]:
        return date(year, _small(match["m1"]), _small(match["d1"]))
    if match["m2"]:
        month = _small(match["m2"])
        tenth: dict[str, Callable[[], int]] = {"上旬": lambda: 10, "中旬": lambda: 20}
        return date(year, month, tenth.get(match["part"], lambda: _last_day(year, month))())
    if match["m3"]:
        return _end_of(year, _small(match["m3"]) - 1)
    if match["half"]:
        return date(year, 6, 30) if match["half"] == "上半年" else date(year, 12, 31)
    if match["quarter"]:
        is_beginning = re.search("季度(?:之前|以前|前)$", match[0]) is not None  # as 10月前 is before its beginning
        return _end_of(year, 3 * (_small(match["quarter"]) - is_beginning))
    return date(year, 12, 31)


def _end_of(year: int, month: int) -> date:
    """The last day of a month; month 0 is December of the year before."""
    return date(year, month, _last_day(year, month)) if month else date(year - 1, 12, 31)


def _small(written: str) -> int:
    value = number_of(written)
    if not isinstance(value, int):
        raise ValueError(written)
    return value


def _last_day(year: int, month: int) -> int:
    if not 1 <= month <= 12:
        raise ValueError(month)
    return calendar.monthrange(year, month)[1]
