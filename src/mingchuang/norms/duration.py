"""One stretch of time in the units of the law: counting on, counting back, and how far one day lies from another.

民法典 第二百零一条: the first day is not counted. 第二百零二条: a month or year ends on the corresponding day, or
on the last of the month. 第二百零三条: a last day that is a day of rest moves to the next working day; 工作日 need no
such move, and hours run through. The earlier 民法总则 said the same under the same numbers.
"""

import calendar as month_lengths
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mingchuang.norms.calendar import WorkingDays
from mingchuang.norms.outcome import refuse
from mingchuang.norms.wording import day_text

_DAYS_IN_WEEK = 7
_CIVIL_CODE = date(2021, 1, 1)
#: Units whose last day moves when it is a day of rest.
ROLLING = frozenset({"day", "week", "month", "year"})
#: Units that can be measured: what `Stretch` knows.
MEASURED = frozenset({"workday", "hour", *ROLLING})


def civil_law(day: date, article: str) -> str:
    """The article on periods that was in force on `day`: “民法典第二百零一条”, before 2021 “民法总则第二百零一条”."""
    plain = day.date() if isinstance(day, datetime) else day
    return f"民法{'典' if plain >= _CIVIL_CODE else '总则'}{article}"


def add_months(day: date, months: int) -> date:
    """The corresponding day `months` later (or earlier), or the last of that month (民法典 第二百零二条)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = month_lengths.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


@dataclass(frozen=True, slots=True)
class Stretch:
    """`amount` of `unit` on a working-day table. All answers are without the move of a last day of rest."""

    amount: int
    unit: str
    days: WorkingDays

    def __post_init__(self) -> None:
        if self.unit not in MEASURED:
            raise refuse("clock.unit", f"“{self.unit}”不是可以计时的单位。", field="unit")
        if self.amount < 1:
            raise refuse("clock.amount", f"期限应为正数，而不是{self.amount}。", field="value")

    def units_from(self, start: date) -> int:
        """How many countable units the whole stretch has when it begins at `start`; months become days."""
        if self.unit == "week":
            return self.amount * _DAYS_IN_WEEK
        if self.unit in ("month", "year"):
            return (add_months(start, self.amount * (12 if self.unit == "year" else 1)) - start).days
        return self.amount

    def count(self, start: date, end: date) -> int:
        """Countable units after `start` up to and including `end` (whole hours for hours)."""
        if self.unit == "workday":
            return self.days.count(start, end)
        if self.unit == "hour":
            return int((end - start) / timedelta(hours=1))
        return (end - start).days

    def after(self, start: date, units: int) -> date:
        """The day (or moment) that many units after `start`."""
        if self.unit == "workday":
            return self.days.add(start, units).day
        return start + (timedelta(hours=units) if self.unit == "hour" else timedelta(days=units))

    def rolled(self, day: date) -> date:
        """`day`, moved to the next working day where the unit asks for it."""
        return self.days.on_or_after(day) if self.unit in ROLLING else day

    def before(self, anchor: date) -> date:
        """The day that lies the whole stretch before `anchor`."""
        if self.unit == "workday":
            return self.days.add(anchor, -self.amount).day
        if self.unit in ("month", "year"):
            return add_months(anchor, -self.amount * (12 if self.unit == "year" else 1))
        hours = timedelta(hours=self.amount)
        return anchor - (hours if self.unit == "hour" else timedelta(days=self.units_from(anchor)))


def rolled_line(nominal: date, due: date, days: WorkingDays) -> str:
    """Why a last day was moved."""
    status = days.status(nominal)
    cite = civil_law(nominal, "第二百零三条")
    return f"{day_text(nominal)}是{status.sentence}，顺延至{day_text(due)}（{cite}）。"


def start_line(start: date, days_word: str = "日") -> str:
    """The first line of every explanation: the first day is not counted."""
    return f"起算日{day_text(start)}不计入，自次{days_word}起算（{civil_law(start, '第二百零一条')}）。"
