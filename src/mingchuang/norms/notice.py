"""Holiday notices: which days are off, which weekend days are worked, and on whose word.

One TOML file for each notice, shipped in `norms/calendars/` or added by an office to its own folder. The format is
described in `docs/clock.md`. Everything wrong in a file is said at once, with file, place and rule.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeGuard

from mingchuang.norms.outcome import Issue, Refused, refuse_if
from mingchuang.norms.wording import book_title, chinese_number, day_text

FIRST_DAY = date(1980, 1, 1)
LAST_DAY = date(2079, 12, 31)
CONFIRMED = "已核"
UNCONFIRMED = "依据待核"
_ONE_DAY = timedelta(days=1)
#: Longer than any holiday yet; a longer span is a slip in the year or month.
_LONGEST_HOLIDAY = 15
_KEYS = {"region", "years", "number", "title", "issued", "url", "amends", "cancels", "note", "holiday"}
_HOLIDAY_KEYS = {"name", "from", "to", "work", "quote"}


@dataclass(frozen=True, slots=True)
class Holiday:
    """One paragraph of a notice: the days off from `first` to `last` (both included), and the weekend days worked."""

    name: str
    first: date | None
    last: date | None
    work: tuple[date, ...] = ()
    quote: str = ""

    @property
    def off(self) -> tuple[date, ...]:
        """Every day off, weekend days inside included."""
        if self.first is None or self.last is None:
            return ()
        return tuple(self.first + n * _ONE_DAY for n in range((self.last - self.first).days + 1))

    @property
    def status(self) -> str:
        """已核 when the paragraph was read and is quoted, else 依据待核."""
        return CONFIRMED if self.quote else UNCONFIRMED


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice of a government on days off in `years`; known since `issued`."""

    region: str
    years: tuple[int, ...]
    number: str
    title: str
    issued: date
    holidays: tuple[Holiday, ...]
    url: str = ""
    amends: str = ""
    cancels: tuple[str, ...] = ()
    note: str = ""
    file: str = ""

    @property
    def status(self) -> str:
        """已核 when every paragraph is quoted, else 依据待核."""
        return CONFIRMED if all(holiday.quote for holiday in self.holidays) else UNCONFIRMED

    @property
    def cite(self) -> str:
        """The number, or the title where a notice has none."""
        return self.number or book_title(self.title)


def read_notice(path: Path) -> Notice:
    """The notice in a TOML file. Raises `Refused` with every fault: unreadable, malformed, contradictory."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Refused([_issue(path.name, "", f"文件无法读取：{error.strerror or error}。")]) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"不是有效的TOML文件（须为UTF-8编码）：{error}。"
        raise Refused([_issue(path.name, "", message)]) from error
    return parse_notice(data, path.name)


def parse_notice(data: dict[str, Any], file: str) -> Notice:
    """The notice that TOML values describe; `file` names the source in faults. Raises `Refused` with all of them."""
    issues = [_issue(file, key, "不认识的字段。") for key in sorted(set(data) - _KEYS)]
    issues += _head_issues(data, file)
    rows = data.get("holiday", [])
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        issues.append(_issue(file, "holiday", "至少要有一段 [[holiday]]。"))
        rows = []
    for index, row in enumerate(rows):
        issues += _row_issues(row, file, f"holiday[{index + 1}]")
    refuse_if(issues)
    notice = Notice(
        region=data["region"],
        years=tuple(data["years"]),
        number=data.get("number", "").strip(),
        title=data["title"].strip(),
        issued=data["issued"],
        holidays=tuple(_holiday(row) for row in rows),
        url=data.get("url", ""),
        amends=data.get("amends", ""),
        cancels=tuple(data.get("cancels", ())),
        note=data.get("note", ""),
        file=file,
    )
    refuse_if(list(_contradictions(notice)))
    return notice


def _holiday(row: dict[str, Any]) -> Holiday:
    first = row.get("from")
    work = tuple(row.get("work", ()))
    return Holiday(row["name"].strip(), first, row.get("to", first), work, row.get("quote", "").strip())


def _issue(file: str, field: str, message: str) -> Issue:
    place = f"{file} 的 {field}" if field else file
    return Issue("calendar.file", f"{place}：{message}", field=field, rule="calendar", context={"file": file})


def _is_day(value: Any) -> TypeGuard[date]:
    return type(value) is date and FIRST_DAY <= value <= LAST_DAY


def _head_issues(data: dict[str, Any], file: str) -> Iterator[Issue]:
    region = data.get("region")
    if not isinstance(region, str) or not re.fullmatch(r"[1-9]\d{5}", region):
        yield _issue(file, "region", '应为带引号的6位行政区划代码，如 "100000"（全国）、"640000"（宁夏）。')
    years = data.get("years")
    if (
        not isinstance(years, list)
        or not years
        or not all(type(year) is int and FIRST_DAY.year <= year <= LAST_DAY.year for year in years)
    ):
        yield _issue(file, "years", f"应为年份列表，如 [2027]，在{FIRST_DAY.year}至{LAST_DAY.year}年之间。")
    for key in ("number", "url", "amends", "note"):
        if not isinstance(data.get(key, ""), str):
            yield _issue(file, key, "应为带引号的文字。")
    if not isinstance(data.get("title"), str) or not data["title"].strip():
        yield _issue(file, "title", "缺少文件标题。")
    if not _is_day(data.get("issued")):
        yield _issue(file, "issued", "缺少成文日期，应写成不带引号的 2026-11-05。")
    cancels = data.get("cancels", [])
    if not isinstance(cancels, list) or not all(isinstance(name, str) for name in cancels):
        yield _issue(file, "cancels", '应为节日名称列表，如 ["劳动节"]。')
    elif cancels and not data.get("amends"):
        yield _issue(file, "cancels", "取消原安排时，须在 amends 写明所修订的文号。")


def _row_issues(row: dict[str, Any], file: str, place: str) -> Iterator[Issue]:
    for key in sorted(set(row) - _HOLIDAY_KEYS):
        yield _issue(file, f"{place}.{key}", "不认识的字段。")
    if not isinstance(row.get("name"), str) or not row["name"].strip():
        yield _issue(file, f"{place}.name", "缺少节日名称。")
    if not isinstance(row.get("quote", ""), str):
        yield _issue(file, f"{place}.quote", "应为带引号的原文。")
    work = row.get("work", [])
    if not isinstance(work, list) or not all(_is_day(day) for day in work):
        yield _issue(file, f"{place}.work", "应为上班日期列表，如 [2027-02-06]。")
        work = []
    for key in ("from", "to"):
        if key in row and not _is_day(row[key]):
            yield _issue(file, f"{place}.{key}", "应为不带引号的日期，如 2027-01-01。")
    first, last = row.get("from"), row.get("to", row.get("from"))
    if "from" not in row and ("to" in row or not work):
        yield _issue(file, f"{place}.from", "缺少放假首日。")
    elif _is_day(first) and _is_day(last):
        if last < first:
            yield _issue(file, f"{place}.to", f"放假末日{last}早于首日{first}。")
        elif (last - first).days >= _LONGEST_HOLIDAY:
            yield _issue(file, f"{place}.to", f"{first}至{last}超过{_LONGEST_HOLIDAY}天，请核对年月。")


def _contradictions(notice: Notice) -> Iterator[Issue]:
    """What each field alone cannot show: days claimed twice, make-up days that need none, quotes that say otherwise."""
    off: dict[date, str] = {}
    earliest = date(min(notice.years) - 1, 12, 1)
    latest = date(max(notice.years) + 1, 1, 31)
    for index, holiday in enumerate(notice.holidays):
        place = f"holiday[{index + 1}]"
        for day in (*holiday.off, *holiday.work):
            if not earliest <= day <= latest:
                yield _issue(notice.file, place, f"{day}不在{_years(notice)}及相邻月份之内。")
        for day in holiday.off:
            if day in off:
                yield _issue(notice.file, place, f"{day}已列在“{off[day]}”内，不能重复。")
            off.setdefault(day, holiday.name)
        for day in holiday.work:
            if day.weekday() < 5:
                yield _issue(notice.file, f"{place}.work", f"{day_text(day)}本来就上班，不是调休。")
        yield from _quote_issues(notice.file, place, holiday)
    for index, holiday in enumerate(notice.holidays):
        for day in holiday.work:
            if day in off:
                yield _issue(notice.file, f"holiday[{index + 1}].work", f"{day}同时列为“{off[day]}”放假。")


def _quote_issues(file: str, place: str, holiday: Holiday) -> Iterator[Issue]:
    """A quote must name the days that it is quoted for; the month may stand with the first of them only."""
    if not holiday.quote:
        return
    text = re.sub(r"\s+", "", holiday.quote)
    ends = {day for day in (holiday.first, holiday.last) if day}
    if "与周末连休" in text:  # the notice then names the legal holiday alone, and the weekend beside it is off anyway
        ends = {day for day in ends if day.weekday() < 5}
    if "延长" in text:  # an extension names the new last day only
        ends = {holiday.last} if holiday.last else set()
    for day in sorted({*ends, *holiday.work}):
        if not re.search(rf"(?<!\d){day.day}日|{chinese_number(day.day)}日", text):
            yield _issue(file, f"{place}.quote", f"原文中没有{day.month}月{day.day}日，请核对日期或原文。")


def _years(notice: Notice) -> str:
    return "、".join(f"{year}年" for year in notice.years)
