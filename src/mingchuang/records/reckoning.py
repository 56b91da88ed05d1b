"""What kinds ask of the norms when a text is submitted: the days of a rule for this text's unit, or nothing.

A check must not fail because a rule was not in force yet or a year has no calendar: then there is nothing to judge.
"""

from __future__ import annotations

import datetime
from itertools import pairwise

from mingchuang.core import calendars
from mingchuang.norms.due import RuleDue, due
from mingchuang.norms.outcome import Issue, Refused, Severity
from mingchuang.norms.periods import posting
from mingchuang.norms.rules import RuleInForce, rule
from mingchuang.records.models import Revision


def region_of(revision: Revision) -> str:
    """The six digits of the county (GB/T 2260) whose rules bind this text's unit."""
    return revision.record.unit.region[:6]


def days(rule_id: str, anchor: datetime.date | None, revision: Revision) -> RuleDue | None:
    """The due day (and the other end) of a rule that runs from `anchor`; None where it does not apply."""
    if anchor is None:
        return None
    try:
        return due(rule_id, anchor, region_of(revision), book=calendars.book())
    except Refused:
        return None


def in_force(rule_id: str, day: datetime.date | None, revision: Revision) -> RuleInForce | None:
    """The rule as it holds on a day for this text's unit; None where it does not."""
    if day is None:
        return None
    try:
        return rule(rule_id).at(day, region_of(revision))
    except Refused:
        return None


def last_of_posting(start: datetime.date, amount: int, unit: str, revision: Revision) -> datetime.date | None:
    """The last day of a posting of `amount` days or working days that began on `start` (not counted); None in a year
    without a calendar."""
    try:
        return posting(start, amount, unit, calendars.working_days(region_of(revision))).last
    except Refused:
        return None


def years_later(day: datetime.date, years: int) -> datetime.date:
    """The same day some years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def after_each_other(
    code: str, steps: list[tuple[str, str, datetime.date | None]], *, rule: str, severity: Severity = "error"
) -> list[Issue]:
    """Days that must not run backwards: (field, label, day) in their order; empty days are passed over."""
    given = [(field, label, day) for field, label, day in steps if day is not None]
    issues = []
    for (_, before, earlier), (field, label, later) in pairwise(given):
        if later < earlier:
            message = f"“{label}”（{later}）早于“{before}”（{earlier}），请核对。"
            issues.append(Issue(code, message, field=field, rule=rule, severity=severity))
    return issues
