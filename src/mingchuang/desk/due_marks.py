"""Due dates as the desk shows them: days left counted by the calendar of the region, the explanation behind each."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from mingchuang.core import deadlines
from mingchuang.core.calendars import working_days
from mingchuang.core.models import Deadline
from mingchuang.norms.wording import day_text
from mingchuang.ui.due import DueMark


def _left(region: str, today: date, due: date) -> int:
    calendar = working_days(region)
    return calendar.count(today, due) if due >= today else -calendar.count(due, today)


def of_day(due: date | None, today: date, *, done: bool = False) -> DueMark | None:
    """The mark of a plain date (no clock behind it): working days left in the region, and how they are counted."""
    if due is None:
        return None
    left = _left(settings.MINGCHUANG_REGION, today, due)
    lines = [f"文件写明的日期是{day_text(due)}。"]
    if not done:
        side = "还有" if due >= today else "已过"
        lines.append(f"今天是{day_text(today)}，按本地放假安排{side}{abs(left)}个工作日。")
    return DueMark(due=due, today=today, left=left, lines=tuple(lines), met_on=due if done else None)


def of_deadline(deadline: Deadline, today: date) -> DueMark:
    """The mark of a deadline with its day-by-day explanation; a paused one shows the day before it was paused."""
    paused = deadline.clock == Deadline.Clock.PAUSED
    due = deadline.due
    if due is None:
        known = deadline.results.exclude(due=None).order_by("-id").values_list("due", flat=True).first()
        due = known or deadline.anchor
    return DueMark(
        due=due,
        today=today,
        left=_left(deadline.region, today, due),
        lines=tuple(deadlines.explain(deadline)),
        title=deadline.limit,
        basis=deadline.cite,
        provisional=deadline.provisional,
        paused=paused,
        met_on=deadline.met_on,
    )
