"""Time before an event, the least time that something must be shown, and dates fixed in every year."""

from dataclasses import dataclass
from datetime import date

from mingchuang.norms.calendar import WorkingDays
from mingchuang.norms.duration import Stretch, rolled_line, start_line
from mingchuang.norms.outcome import Issue
from mingchuang.norms.wording import day_text

_UNIT = {"workday": "个工作日", "day": "日", "week": "周", "month": "个月", "year": "年", "hour": "小时"}


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which something must happen before an event: from `earliest` (None: no bound) to `latest`."""

    anchor: date
    earliest: date | None
    latest: date
    lines: tuple[str, ...]

    def judge(self, done: date) -> list[Issue]:
        """Late is an error, too early a remark."""
        if done > self.latest:
            return [Issue("window.late", f"{done}晚于最迟日期{self.latest}。")]
        if self.earliest and done < self.earliest:
            return [Issue("window.early", f"{done}早于{self.earliest}，请确认内容届时仍然准确。", severity="remark")]
        return []


def window_before(anchor: date, least: int, most: int | None, unit: str, days: WorkingDays) -> Window:
    """From `most` to `least` units before `anchor`: 1–3 months before the first day of registration.

    The latest day is not moved later when it is a day of rest: time given to others before an event is not shortened.
    """
    latest = Stretch(least, unit, days).before(anchor)
    earliest = Stretch(most, unit, days).before(anchor) if most else None
    lines = [f"以{day_text(anchor)}为准，提前{least}{_UNIT[unit]}，最迟为{day_text(latest)}。"]
    if not days.is_working(latest):
        sooner = days.on_or_before(latest)
        lines.append(f"{day_text(latest)}是{days.status(latest).sentence}，宜于{day_text(sooner)}前办理。")
    if earliest:
        lines.append(f"提前{most}{_UNIT[unit]}，最早为{day_text(earliest)}。")
    return Window(anchor, earliest, latest, tuple(lines))


@dataclass(frozen=True, slots=True)
class Posting:
    """Something posted on `posted` must stay through `last`; it may be taken down or decided upon the day after."""

    posted: date
    last: date
    lines: tuple[str, ...]

    def judge(self, ended: date) -> list[Issue]:
        """`ended` is the last day on which it was still posted; too short is an error."""
        if ended < self.last:
            return [Issue("posting.short", f"公告到{ended}为止，不足法定时间，应至少到{self.last}。")]
        return []


def posting(posted: date, amount: int, unit: str, days: WorkingDays) -> Posting:
    """The least time of a posting: the day of posting is not counted, a last day of rest moves (民法典 201、203)."""
    stretch = Stretch(amount, unit, days)
    nominal = stretch.after(posted, stretch.units_from(posted))
    last = stretch.rolled(nominal)
    lines = [start_line(posted)]
    if unit == "workday":
        lines += days.trace(posted, nominal)
    else:
        lines.append(f"满{amount}{_UNIT[unit]}，最后一日为{day_text(nominal)}。")
    if last != nominal:
        lines.append(rolled_line(nominal, last, days))
    return Posting(posted, last, tuple(lines))


def yearly(day: date, month: int, day_of_month: int, days: WorkingDays) -> tuple[date, tuple[str, ...]]:
    """The next such date on or after `day`, and its lines. It is not moved: “1月31日前” leaves no room after it."""
    year = day.year + ((day.month, day.day) > (month, day_of_month))
    due = date(year, month, day_of_month)
    lines = [f"{day_text(day)}之后的第一个{month}月{day_of_month}日为{day_text(due)}。"]
    if not days.is_working(due):
        sooner = days.on_or_before(due)
        lines.append(f"{day_text(due)}是{days.status(due).sentence}，宜于{day_text(sooner)}前办理。")
    return due, tuple(lines)
