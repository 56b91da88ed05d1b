"""From a deadline's entries to its due day, by the rule and the calendar as known on a day. Reads only."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date

from mingchuang.core import calendars
from mingchuang.core.models import ClockEntry, Deadline
from mingchuang.norms import clock
from mingchuang.norms.due import due as rule_due
from mingchuang.norms.outcome import Issue, refuse
from mingchuang.norms.rules import RuleInForce, rule
from mingchuang.norms.wording import day_text


@dataclasses.dataclass(frozen=True, slots=True)
class Reckoning:
    """What the clock says: the due day (None while paused), whether it is provisional, the explanation in Chinese,
    what the law made leave out (a late extension), and why it is provisional (one sentence a year without notice)."""

    due: date | None
    provisional: bool
    lines: tuple[str, ...]
    issues: tuple[Issue, ...] = ()
    reasons: tuple[str, ...] = ()


def in_force(deadline: Deadline) -> RuleInForce:
    """The rule on the anchor day in the deadline's region. Raises `Refused` when none is in force."""
    return rule(deadline.rule).at(deadline.anchor, deadline.region)


def reckon(deadline: Deadline, entries: Iterable[ClockEntry] | None = None, known_on: date | None = None) -> Reckoning:
    """Fold `entries` (those stored, unless told) with the calendar as known on `known_on`, or now.

    Raises `Refused` when the history cannot be (a resume without its pause) or the rule knows no due day.
    """
    rows = list(deadline.entries.order_by("id")) if entries is None else list(entries)
    if not deadline.rule:
        last = deadline.anchor
        return Reckoning(last, False, (f"文件写明的日期是{day_text(last)}。", f"依据：{deadline.cite or '未写明'}。"))
    applied = in_force(deadline)
    if applied.rule.kind != "limit":
        return _fixed(deadline, rows, known_on)
    days = calendars.working_days(deadline.region, known_on)
    events = [_event(row) for row in rows]
    result = clock.fold(applied.value, applied.unit, events, days, max_extension=applied.max_extension)
    head = [f"适用依据：{row.basis}" for row in applied.all] + [f"规则：{applied.rule.title}，{applied.text}"]
    tail = [*result.reasons, *result.remarks]
    lines = (*head, *result.lines, *(line for line in tail if line not in result.lines))
    return Reckoning(result.due, result.provisional, lines, result.issues, tuple(result.reasons))


def _event(entry: ClockEntry) -> clock.Event:
    if entry.kind == ClockEntry.Kind.START:
        return clock.Start(entry.on)
    if entry.kind == ClockEntry.Kind.RESTART:
        return clock.Restart(entry.on)
    if entry.kind == ClockEntry.Kind.PAUSE:
        return clock.Pause(entry.on, entry.who)
    if entry.kind == ClockEntry.Kind.RESUME:
        return clock.Resume(entry.on, entry.who)
    return clock.Extend(entry.on, entry.amount or 0)


def _fixed(deadline: Deadline, rows: Sequence[ClockEntry], known_on: date | None) -> Reckoning:
    """A day before an event, a posting, a day of the year: no clock that could be paused."""
    if any(row.kind not in {ClockEntry.Kind.START, ClockEntry.Kind.RESTART} for row in rows):
        raise refuse("deadlines.fixed", f"“{deadline.title}”的期限是固定日期，不能暂停或延长。")
    anchor = rows[-1].on if rows else deadline.anchor
    found = rule_due(deadline.rule, anchor, deadline.region, known_on, calendars.book())
    return Reckoning(found.day, found.provisional, tuple(found.lines), reasons=tuple(found.reasons))


def explain(deadline: Deadline, known_on: date | None = None) -> list[str]:
    """The day-by-day explanation, as known on a day or now; how it ended stands last.

    Whether that was in time is said only of a day that is final: a provisional one may still move.
    """
    found = reckon(deadline, known_on=known_on)
    if deadline.met_on is None:
        return list(found.lines)
    if found.due is None:
        word = ""
    elif found.provisional:
        word = "；到期日为暂定，是否按期待放假安排公布后认定"
    else:
        word = "，按期办结" if deadline.met_on <= found.due else "，逾期办结"
    return [*found.lines, f"{day_text(deadline.met_on)}办结{word}。"]


def uncertain(deadline: Deadline, deed: str, found: Reckoning | None = None) -> list[Issue]:
    """Why a deed that rests on the due day (认定逾期, 超期终止, 出具证明) can't be done yet: one issue for each year
    without a national notice; empty for a final day. `deed` completes “不能……”."""
    known = found or reckon(deadline)
    if not known.provisional:
        return []
    until = "" if known.due is None else f"{known.due:%Y-%m-%d}"
    return [
        Issue(
            "deadlines.provisional",
            f"{reason}“{deadline.title}”的到期日{until}是暂定的，不能{deed}。",
            field="due",
            rule=deadline.rule,
        )
        for reason in known.reasons
    ]


def then_and_now(deadline: Deadline, known_on: date) -> tuple[Reckoning, Reckoning]:
    """As known on `known_on`, and as known now."""
    return reckon(deadline, known_on=known_on), reckon(deadline)
