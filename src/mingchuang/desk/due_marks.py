"""Due dates as the desk shows them: days left counted by the calendar of the installation's region."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.conf import settings

from mingchuang.core.calendars import working_days
from mingchuang.ui.due import DueMark


@lru_cache(maxsize=4096)
def of_day(due: date | None, today: date, *, done: bool = False) -> DueMark | None:
    """The mark of a plain date (no clock behind it): working days left in the region, the count as its explanation."""
    if due is None:
        return None
    calendar = working_days(settings.MINGCHUANG_REGION)
    left = calendar.count(today, due) if due >= today else -calendar.count(due, today)
    line = f"文件写明的日期是 {due:%Y-%m-%d}。"
    return DueMark(due=due, today=today, left=left, lines=(line,), met_on=due if done else None)
