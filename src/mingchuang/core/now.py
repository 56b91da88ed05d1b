"""The only reader of the clock.

"What if today were …" is a parameter: rooms take dates as arguments and ask here only at the edge. `travel` exists for
tests and for previews; it is per context, so that one request's preview never leaks into another's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

BEIJING: Final = ZoneInfo("Asia/Shanghai")

_moment: ContextVar[datetime | None] = ContextVar("mingchuang_now", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _moment.get() or datetime.now(UTC)


def today() -> date:
    """The calendar day in Beijing time: the day that a due date means."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The calendar day in Beijing time of an aware moment. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no day")
    return moment.astimezone(BEIJING).date()


def noon(day: date) -> datetime:
    """Noon in Beijing of a day, in UTC: the moment to travel to when only the day matters."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=BEIJING).astimezone(UTC)


def after(span: timedelta) -> datetime:
    """The moment that lies `span` after now (before it, when negative)."""
    return now() + span


@contextmanager
def travel(moment: datetime | date) -> Iterator[datetime]:
    """Let `now` answer with `moment` inside the block (this thread or task only). A plain date means its noon."""
    aware = moment if isinstance(moment, datetime) else noon(moment)
    if aware.tzinfo is None:
        raise ValueError("travel needs an aware moment or a date")
    token = _moment.set(aware.astimezone(UTC))
    try:
        yield aware
    finally:
        _moment.reset(token)
