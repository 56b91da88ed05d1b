"""The explanation of a clock in Chinese: what happened, then each day with its number or why it does not count."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from mingchuang.norms.duration import Stretch, rolled_line, start_line
from mingchuang.norms.wording import WEEKDAYS, day_text

if TYPE_CHECKING:
    from mingchuang.norms.clock import ClockResult, Event

_ONE_DAY = timedelta(days=1)
_UNITS = {"workday": "个工作日", "hour": "小时", "day": "日", "week": "周", "month": "个月", "year": "年"}


def explain(result: ClockResult) -> list[str]:
    """Lines for a person: the events, the count, the end, then anything left out or worth knowing."""
    if result.start is None:
        return ["尚未开始计时。"]
    stretch = result.stretch
    lines = [_event_line(event, stretch) for event in result.events]
    lines.append(start_line(result.start) if stretch.unit != "hour" else f"自{day_text(result.start)}起算。")
    if stretch.unit == "workday":
        lines += _day_lines(result)
    elif result.nominal:
        lines.append(_end_line(result))
    lines += _closing(result)
    return lines


def _event_line(event: Event, stretch: Stretch) -> str:
    day = day_text(event.on)
    who = getattr(event, "who", "")
    texts = {
        "Start": f"{day} 开始计时。",
        "Restart": f"{day} 重新计时，此前已用时间不再计算。",
        "Pause": f"{day} 暂停计时{'，征求意见：' + who if who else ''}，当日计入，次日起不计。",
        "Resume": f"{day} 恢复计时{'，收到意见：' + who if who else ''}，当日不计，次日起继续计算。",
        "Extend": f"{day} 延长{getattr(event, 'amount', 0)}{_UNITS[stretch.unit]}。",
    }
    return texts[type(event).__name__]


def _day_lines(result: ClockResult) -> list[str]:
    """Each day from the one after the start to the due day, or to the latest known day while paused."""
    days, day = result.stretch.days, result.start
    end = result.due or result.as_of
    lines, number = [], 0
    while day and end and day < end:
        day += _ONE_DAY
        status = days.status(day)
        head = f"{day} {WEEKDAYS[day.weekday()]} {status.sentence}"
        if _inside(day, result.spans):
            lines.append(f"{head}，征求意见期间不计")
        elif status.working:
            number += 1
            lines.append(f"{head}，第{number}个工作日")
        else:
            lines.append(f"{head}，不计")
    return lines


def _inside(day: date, spans: tuple[tuple[date, date | None], ...]) -> bool:
    return any(first < day and (last is None or day <= last) for first, last in spans)


def _end_line(result: ClockResult) -> str:
    stretch = result.stretch
    unit = _UNITS[stretch.unit]
    extra = f"，延长{result.granted}{unit}" if result.granted else ""
    if result.spans:
        extra += "，扣除征求意见所需时间后"
    return f"{stretch.amount}{unit}{extra}，最后一日为{day_text(result.nominal or result.start or date.min)}。"


def _closing(result: ClockResult) -> list[str]:
    lines = []
    if result.nominal and result.due and result.nominal != result.due:
        lines.append(rolled_line(result.nominal, result.due, result.stretch.days))
    if result.state == "paused":
        lines.append(f"目前暂停计时，已用{result.used}，尚余{result.remaining}；收到意见的次日起继续计算。")
    elif result.due:
        lines.append(f"期限到{day_text(result.due)}。")
    if result.careful:
        lines.append(f"建议提前一个工作日，于{day_text(result.careful)}前办理。")
    lines += [issue.message for issue in result.issues]
    lines += [*result.reasons, *result.remarks]
    return lines
