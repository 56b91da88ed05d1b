"""Days and moments in the words of an office: 2019年8月19日, 2019-08-19, 2019-08-19 14:03."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def _calendar_day(value: date | datetime) -> date:
    """The day in China: an aware moment is carried there first, a plain date is taken as it is."""
    if isinstance(value, datetime):
        return (value.astimezone(CHINA) if value.tzinfo else value).date()
    return value


def day(value: date | datetime | None) -> str:
    """`2019年8月19日`, as it stands under a document; empty for None."""
    if value is None:
        return ""
    found = _calendar_day(value)
    return f"{found.year}年{found.month}月{found.day}日"


def iso(value: date | datetime | None) -> str:
    """`2019-08-19`: for lists (国办发〔2017〕47号 asks for this form) and for `datetime` attributes; empty for None."""
    return "" if value is None else _calendar_day(value).isoformat()


def moment(value: datetime | None) -> str:
    """`2019-08-19 14:03`, 24 hours, in China; empty for None. A moment without a time zone is refused."""
    if value is None:
        return ""
    if value.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
