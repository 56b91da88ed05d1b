"""From a rule and a day to the due day, with everything that defends it."""

from dataclasses import dataclass
from datetime import date, datetime

from mingchuang.norms.calendar import CalendarBook, WorkingDays
from mingchuang.norms.clock import Start, fold
from mingchuang.norms.duration import rolled_line, start_line
from mingchuang.norms.outcome import refuse
from mingchuang.norms.periods import posting, window_before, yearly
from mingchuang.norms.rules import UNITS, RuleInForce, RuleRow, month_day, rule
from mingchuang.norms.wording import day_text


@dataclass(frozen=True, slots=True)
class RuleDue:
    """A due day under a rule.

    `day` is what a clerk must meet: the last day of a limit or a posting, the latest day before an event. `also` is
    the other end of a range (the earliest day, or the longest time), if the rule has one. `trace` explains; `reasons`
    say why the result is provisional, `remarks` what else to know.
    """

    in_force: RuleInForce
    anchor: date
    day: date
    also: date | None
    known_on: date | None
    trace: tuple[str, ...]
    reasons: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def provisional(self) -> bool:
        """Whether a year on the way has no national notice."""
        return bool(self.reasons)

    @property
    def basis(self) -> tuple[str, ...]:
        """依据, the one that binds first."""
        return tuple(row.basis for row in self.in_force.all)

    def to_json(self) -> dict[str, object]:
        """Everything as plain JSON values; dates as ISO text."""
        applied = self.in_force
        return {
            "due": self.day.isoformat(),
            "also": self.also.isoformat() if self.also else None,
            "rule": applied.rule.id,
            "title": applied.rule.title,
            "kind": applied.rule.kind,
            "value": applied.strictest.value,
            "upto": applied.upto,
            "unit": applied.unit,
            "anchor": self.anchor.isoformat(),
            "region": applied.region,
            "known_on": self.known_on.isoformat() if self.known_on else None,
            "provisional": self.provisional,
            "reasons": list(self.reasons),
            "remarks": list(self.remarks),
            "basis": [row.to_json() for row in applied.all],
            "trace": list(self.trace),
        }

    @property
    def lines(self) -> list[str]:
        """The whole explanation: basis, rule, trace, reasons and remarks."""
        applied = self.in_force
        level = [f"{'依据' if row is applied.strictest else '同时有效'}：{row.basis}" for row in applied.all]
        notes = [f"说明：{row.note}" for row in applied.all if row.note]
        head = f"规则：{applied.rule.title}（{applied.rule.id}），{applied.text}"
        return [*level, head, *notes, *self.trace, *self.reasons, *self.remarks]


def due(
    rule_id: str, anchor: date, region: str, known_on: date | None = None, book: CalendarBook | None = None
) -> RuleDue:
    """The due day of `rule_id` for an event on `anchor` (a moment, naive China time, for rules in hours).

    `book` defaults to the shipped calendars. Raises `Refused`: unknown rule, no basis in force on the day, a rule
    without a due day, a day outside the calendar.
    """
    day = anchor.date() if isinstance(anchor, datetime) else anchor
    applied = rule(rule_id).at(day, region)
    days = (book or CalendarBook.shipped()).working_days(region, known_on)
    if applied.rule.unit == "hour" and not isinstance(anchor, datetime):
        message = f"“{applied.rule.title}”按小时计算，请写明起算时刻，如 2019-09-26T10:30。"
        raise refuse("due.moment", message, field="date", rule=rule_id)
    if isinstance(anchor, datetime) and applied.rule.unit != "hour":
        anchor = day
    found, also, trace = _reckon(applied, applied.strictest, anchor, days)
    return RuleDue(
        in_force=applied,
        anchor=anchor,
        day=found,
        also=also,
        known_on=known_on,
        trace=trace,
        reasons=days.provisional_reasons(day, _plain(found)) if applied.rule.unit != "hour" else (),
        remarks=days.remarks(day, _plain(found)) if applied.rule.unit != "hour" else (),
    )


def _plain(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


def _reckon(
    applied: RuleInForce, row: RuleRow, anchor: date, days: WorkingDays
) -> tuple[date, date | None, tuple[str, ...]]:
    kind, unit, value = applied.rule.kind, applied.rule.unit, row.value
    if kind == "yearly" and isinstance(value, str):
        found, lines = yearly(anchor, *month_day(value), days)
        return found, None, lines
    if kind in ("measure", "principle") or not isinstance(value, int):
        message = f"“{applied.rule.title}”（{applied.text}）不是期限，没有到期日。"
        raise refuse("due.no_deadline", message, rule=applied.rule.id, field="rule")
    if kind == "before":
        window = window_before(anchor, value, row.upto, unit, days)
        return window.latest, window.earliest, window.lines
    if kind in ("posting", "range"):
        shown = posting(anchor, value, unit, days)
        longest = posting(anchor, row.upto, unit, days) if row.upto else None
        more = (f"最长{row.upto}{UNITS[unit]}，到{day_text(longest.last)}。",) if longest else ()
        return shown.last, longest.last if longest else None, (*shown.lines, *more)
    return _limit(value, unit, anchor, days)


def _limit(value: int, unit: str, anchor: date, days: WorkingDays) -> tuple[date, None, tuple[str, ...]]:
    if unit == "workday":
        found = days.add(anchor, value)
        return found.day, None, (start_line(anchor), *found.trace())
    result = fold(value, unit, [Start(anchor)], days)
    last = result.due or anchor
    if unit == "hour":
        return last, None, (f"自{day_text(anchor)}起{value}小时，到{day_text(last)}。",)
    nominal = result.nominal or last
    lines = [start_line(anchor), f"{value}{UNITS[unit]}，最后一日为{day_text(nominal)}。"]
    if nominal != last:
        lines.append(rolled_line(nominal, last, days))
    return last, None, tuple(lines)
