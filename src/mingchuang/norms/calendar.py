"""Working days, from notices that can be cited, as they are known now or were known on a given day.

Base: Saturday and Sunday are rest days (国务院关于职工工作时间的规定 第七条). Over it lie layers: the yearly notice of
the State Council Office, the region's own notice, local closures; the more local layer speaks last, and inside a layer
the later notice. A year without a national notice is counted Monday to Friday, and every result in it is provisional.
All days are calendar days in China; there is no time of day here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mingchuang.norms import regions
from mingchuang.norms.notice import FIRST_DAY, LAST_DAY, UNCONFIRMED, Holiday, Notice, read_notice
from mingchuang.norms.outcome import Issue, Refused, refuse, refuse_if
from mingchuang.norms.wording import WEEKDAYS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mingchuang.norms.calendar_arrays import WorkingDayArrays

BUILT_IN = Path(__file__).parent / "calendars"
_FIRST = FIRST_DAY.toordinal()
_LAST = LAST_DAY.toordinal()
_SATURDAY = 5
#: Notices have reached back as far as 29 December of the year before (国办发明电〔2018〕15号).
_REACH_BACK = (12, 26)


@dataclass(frozen=True, slots=True)
class DayStatus:
    """What one day is, and on whose word. `kind`: workday, weekend, holiday, makeup; `notice` None for the base."""

    day: date
    working: bool
    kind: str
    name: str
    notice: Notice | None
    provisional: bool

    @property
    def sentence(self) -> str:
        """“国庆节放假（国办发明电〔2018〕15号）”, “休息日”, “工作日”."""
        text = {
            "workday": "工作日",
            "weekend": "休息日",
            "holiday": f"{self.name}放假",
            "makeup": f"{self.name}调休上班",
        }
        source = f"（{self.notice.cite}）" if self.notice else ""
        return text[self.kind] + source


class Due:
    """A due day that can defend itself; all but the day is worked out when it is asked for."""

    __slots__ = ("amount", "day", "days", "start")

    def __init__(self, start: date, amount: int, day: date, days: "WorkingDays") -> None:
        self.start = start
        self.amount = amount
        self.day = day
        self.days = days

    def __repr__(self) -> str:
        return f"Due({self.day}, start={self.start}, amount={self.amount}, provisional={self.provisional})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Due) and (self.start, self.amount, self.day) == (other.start, other.amount, other.day)

    def __hash__(self) -> int:
        return hash((self.start, self.amount, self.day))

    @property
    def provisional(self) -> bool:
        """Whether a year on the way has no national notice yet."""
        return self.days.is_provisional(self.start, self.day)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the day is provisional; empty when it is not."""
        return self.days.provisional_reasons(self.start, self.day)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a careful clerk should know: the region's notice is missing, a paragraph was not verified."""
        return self.days.remarks(self.start, self.day)

    def trace(self) -> list[str]:
        """One Chinese line for each day from the day after the start to the due day (backwards: the other way)."""
        return self.days.trace(self.start, self.day)


class WorkingDays:
    """The working days of one region as known on one day. Get it from `CalendarBook.working_days`."""

    def __init__(self, region: str, notices: tuple[Notice, ...], known_on: date | None) -> None:
        self.region = region
        self.notices = notices
        self.known_on = known_on
        self._special = _special_days(notices)
        self._announced = frozenset(year for n in notices if n.region == regions.NATION for year in n.years)
        self._ranks, self._dates = self._table()
        self._texts: dict[int, str] = {}

    def _table(self) -> tuple[list[int], list[date]]:
        """`ranks[i]`: working days up to and including day i; `dates[k]`: the k-th working day (from 0)."""
        ranks: list[int] = []
        dates: list[date] = []
        for ordinal in range(_FIRST, _LAST + 1):
            special = self._special.get(ordinal)
            if special[0] if special else (ordinal - 1) % 7 < _SATURDAY:
                dates.append(date.fromordinal(ordinal))
            ranks.append(len(dates))
        return ranks, dates

    # -- asking about days

    def is_working(self, day: date) -> bool:
        """Whether offices work on `day`."""
        ordinal = self._ordinal(day)
        special = self._special.get(ordinal)
        return special[0] if special else day.weekday() < _SATURDAY

    def status(self, day: date) -> DayStatus:
        """What `day` is, with the notice that says so."""
        special = self._special.get(self._ordinal(day))
        provisional = day.year not in self._announced
        if special:
            working, holiday, notice = special
            return DayStatus(day, working, "makeup" if working else "holiday", holiday.name, notice, provisional)
        working = day.weekday() < _SATURDAY
        return DayStatus(day, working, "workday" if working else "weekend", "", None, provisional)

    def add(self, start: date, amount: int) -> Due:
        """The day `amount` working days after `start`, which is not counted (民法典 第二百零一条).

        `start` may be any day. A negative amount counts back, 0 gives `start`. Raises `Refused` beyond 1980–2079.
        """
        ordinal = start.toordinal() - _FIRST
        if amount > 0 and ordinal >= 0:
            try:
                return Due(start, amount, self._dates[self._ranks[ordinal] + amount - 1], self)
            except IndexError:
                pass
        return self._add_carefully(start, amount)

    def _add_carefully(self, start: date, amount: int) -> Due:
        """Zero, backwards, and everything outside the table."""
        rank = self._ranks[self._ordinal(start) - _FIRST]
        if amount == 0:
            return Due(start, 0, start, self)
        index = rank + amount - 1 if amount > 0 else rank - self.is_working(start) + amount
        if not 0 <= index < len(self._dates):
            raise _outside(f"自{start}起{amount}个工作日")
        return Due(start, amount, self._dates[index], self)

    def count(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` lies before `start`."""
        return self._ranks[self._ordinal(end) - _FIRST] - self._ranks[self._ordinal(start) - _FIRST]

    def on_or_after(self, day: date) -> date:
        """`day` if it is a working day, else the next one (民法典 第二百零三条)."""
        return day if self.is_working(day) else self.add(day, 1).day

    def on_or_before(self, day: date) -> date:
        """`day` if it is a working day, else the last one before."""
        return day if self.is_working(day) else self.add(day, -1).day

    # -- many at once

    @cached_property
    def arrays(self) -> "WorkingDayArrays":
        """The same table for numpy (imported only when asked for)."""
        from mingchuang.norms.calendar_arrays import WorkingDayArrays  # noqa: PLC0415 - `due` must start fast

        return WorkingDayArrays(FIRST_DAY, self._ranks, self._dates)

    def add_many(self, starts: "NDArray[Any]", amounts: "int | NDArray[Any]") -> "NDArray[Any]":
        """`add` for an array of datetime64[D] (any shape); amounts ≥ 1, one for all or one each."""
        return self.arrays.add(starts, amounts)

    # -- explaining

    def trace(self, start: date, end: date) -> list[str]:
        """One line for each day after `start` up to `end`, working days numbered; backwards when `end` is earlier."""
        step = 1 if end >= start else -1
        first, last = self._ordinal(start) + step, self._ordinal(end) + step
        texts, lines, number = self._texts, [], 0
        for ordinal in range(first, last, step):
            text = texts.get(ordinal)
            if text is None:
                text = texts[ordinal] = self._text(ordinal)
            if text[0] == "+":
                number += 1
                lines.append(f"{text[1:]}，第{number}个工作日")
            else:
                lines.append(text[1:] + "，不计")
        return lines

    def _text(self, ordinal: int) -> str:
        """The day in words, led by + for a working day and - for a rest day."""
        status = self.status(date.fromordinal(ordinal))
        mark = "+" if status.working else "-"
        provisional = "（暂按周一至周五推算）" if status.provisional else ""
        return f"{mark}{status.day} {WEEKDAYS[status.day.weekday()]} {status.sentence}{provisional}"

    def is_provisional(self, start: date, end: date) -> bool:
        """Whether a year from `start` to `end` (either order) has no national notice."""
        if start.year == end.year:
            return end.year not in self._announced
        years = range(min(start.year, end.year), max(start.year, end.year) + 1)
        return any(year not in self._announced for year in years)

    def provisional_reasons(self, start: date, end: date) -> tuple[str, ...]:
        """One sentence for each year without a national notice."""
        first, last = min(start, end), max(start, end)
        then = f"（按{self.known_on}所知）" if self.known_on else ""
        return tuple(
            f"缺少{year}年节假日安排{then}，暂按周一至周五推算，待国务院办公厅通知公布后重新计算。"
            for year in range(first.year, last.year + 1)
            if year not in self._announced
        )

    def remarks(self, start: date, end: date) -> tuple[str, ...]:
        """Missing regional notices, unverified paragraphs, and a December that next year's notice may still touch."""
        first, last = min(start, end), max(start, end)
        found = []
        for code in regions.chain(self.region):
            if regions.expects_own_holidays(code):
                known = {year for notice in self.notices if notice.region == code for year in notice.years}
                missing = [year for year in range(first.year, last.year + 1) if year not in known]
                found += [f"缺{year}年自治区安排（{regions.name(code)}民族节日放假未计入）。" for year in missing]
        for year in range(first.year, last.year + 1):
            touched = date(year, *_REACH_BACK) <= last and first <= date(year, 12, 31)
            if touched and year in self._announced and year + 1 not in self._announced:
                found.append(f"{year + 1}年安排尚未公布，{year}年12月下旬的上班日可能随之调整。")
        for holiday, notice in self._between(first, last):
            if holiday.status == UNCONFIRMED:
                found.append(f"“{holiday.name}”安排依据{notice.cite}，原文未经核对（{UNCONFIRMED}）。")
        return tuple(dict.fromkeys(found))

    def _between(self, first: date, last: date) -> Iterable[tuple[Holiday, Notice]]:
        for ordinal in range(self._ordinal(first), self._ordinal(last) + 1):
            special = self._special.get(ordinal)
            if special:
                yield special[1], special[2]

    def _ordinal(self, day: date) -> int:
        ordinal = day.toordinal()
        if not _FIRST <= ordinal <= _LAST:
            raise _outside(str(day))
        return ordinal


class CalendarBook:
    """All notices that an installation knows."""

    def __init__(self, notices: Iterable[Notice]) -> None:
        """Raises `Refused` when notices contradict each other: the same number twice, a year settled twice."""
        self.notices = tuple(sorted(notices, key=lambda n: (regions.level(n.region), n.issued, n.number)))
        self._made: dict[tuple[str, tuple[int, ...]], WorkingDays] = {}
        refuse_if(_conflicts(self.notices))

    @classmethod
    def load(cls, *folders: Path) -> "CalendarBook":
        """The shipped notices and those in `folders`; a folder that does not exist yet holds none.

        Raises `Refused` with the faults of all files.
        """
        notices: list[Notice] = []
        issues: list[Issue] = []
        for folder in (BUILT_IN, *folders):
            for path in sorted(folder.glob("*.toml")):
                try:
                    notices.append(read_notice(path))
                except Refused as refused:
                    issues += refused.issues
        refuse_if(issues)
        return cls(notices)

    @classmethod
    def shipped(cls) -> "CalendarBook":
        """The shipped notices alone, read once."""
        return _shipped()

    def having(self, notice: Notice) -> "CalendarBook":
        """This book with one notice more. Raises `Refused` when it contradicts what is there."""
        return CalendarBook([*self.notices, notice])

    def working_days(self, region: str, known_on: date | None = None) -> WorkingDays:
        """The working days of `region`, as known on `known_on` (that day included), or now."""
        codes = regions.chain(region)
        chosen = tuple(
            index
            for index, notice in enumerate(self.notices)
            if notice.region in codes and (known_on is None or notice.issued <= known_on)
        )
        made = self._made.get((region, chosen))
        if made is None or made.known_on != known_on:
            made = WorkingDays(region, tuple(self.notices[index] for index in chosen), known_on)
            self._made[region, chosen] = made
        return made


@cache
def _shipped() -> CalendarBook:
    return CalendarBook.load()


def _special_days(notices: tuple[Notice, ...]) -> dict[int, tuple[bool, Holiday, Notice]]:
    """Day → (worked, paragraph, notice): later layers and later notices overwrite, amendments may cancel first."""
    days: dict[int, tuple[bool, Holiday, Notice]] = {}
    for notice in notices:
        for name in notice.cancels:
            stale = [key for key, (_, h, n) in days.items() if n.number == notice.amends and h.name == name]
            for key in stale:
                del days[key]
        for holiday in notice.holidays:
            days.update({day.toordinal(): (False, holiday, notice) for day in holiday.off})
            days.update({day.toordinal(): (True, holiday, notice) for day in holiday.work})
    return days


def _conflicts(notices: tuple[Notice, ...]) -> list[Issue]:
    issues = []
    numbers: dict[tuple[str, str], Notice] = {}
    for notice in notices:
        if notice.number and (notice.region, notice.number) in numbers:
            other = numbers[notice.region, notice.number]
            message = f"{notice.file}：{notice.number}已在{other.file}中，不能重复录入。"
            issues.append(Issue("calendar.twice", message, field="number", rule="calendar"))
        numbers[notice.region, notice.number] = notice
    for notice in notices:
        if notice.amends and (notice.region, notice.amends) not in numbers:
            message = f"{notice.file}：所修订的{notice.amends}不在已有安排中，请先录入原文件。"
            issues.append(Issue("calendar.amends", message, field="amends", rule="calendar"))
    settled: dict[tuple[str, int], Notice] = {}
    for notice in notices:
        for year in notice.years if not notice.amends else ():
            # A county may close its offices more than once a year; nation and province settle a year in one notice.
            if (notice.region, year) in settled and regions.level(notice.region) < 3:
                other = settled[notice.region, year]
                message = f"{notice.file}：{year}年已由{other.cite}安排；如系修订，请在 amends 写明其文号。"
                issues.append(Issue("calendar.settled", message, field="years", rule="calendar"))
            settled[notice.region, year] = notice
    return issues


def _outside(what: str) -> Refused:
    return refuse("calendar.range", f"{what}超出可计算的范围（{FIRST_DAY}至{LAST_DAY}）。", field="date")
