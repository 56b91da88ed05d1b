"""Reasons against a move that the machines can't know, asked by `core.act` itself: no writer can go round them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from mingchuang.core import checks, now
from mingchuang.core.actor import Actor
from mingchuang.ledger import queries
from mingchuang.ledger.models import Duty, Notice
from mingchuang.norms.outcome import Issue
from mingchuang.norms.wording import book_title

# Bounds of the sensible, and not of law: a year before the republic, or a plan for the next generation, is a slip.
FIRST_YEAR: Final = 1949
MOST_YEARS: Final = 30


def connect() -> None:
    """Register every check; called once when the application starts."""
    checks.register("notice", "confirm", every_duty_checked)
    checks.register("notice", "restore", nothing_in_its_place)
    checks.register("duty", "confirm", unfit)
    checks.register("duty", "finish", proven)


def every_duty_checked(notice: Notice, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """A ledger is checked when each of its duties is; the refusal names those that are not."""
    waiting = list(notice.duties.filter(confirmation="read", missing=False).values_list("ref", flat=True))
    if not waiting:
        return []
    return [Issue("ledger.unchecked", f"还有 {len(waiting)} 项没有核对：{'、'.join(waiting)}。")]


def every_owner_known(duty: Duty, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """Each name that the notice writes is somebody, or was struck out."""
    rows = duty.owners.filter(struck=False, unit=None, collective=None)
    return [
        Issue("ledger.unknown_unit", f"{duty.ref}：“{row.written}”还没有对应到单位，请先指认或删去。", field="owners")
        for row in rows
    ]


def day_issues(duty: Duty, day: date | None) -> list[Issue]:
    """What speaks against a day as a duty's last: before its notice, or outside of what can be meant. All reasons."""
    if day is None:
        return []
    issued, shown = duty.notice.issued_on, f"{duty.ref}：完成时限{day:%Y-%m-%d}"
    last = issued or now.today()
    found = []
    if issued is not None and day < issued:
        message = f"{shown}早于文件的成文日期{issued:%Y-%m-%d}，请核对。"
        found.append(Issue("ledger.date_before", message, field="due_on"))
    if day.year < FIRST_YEAR:
        found.append(Issue("ledger.date_old", f"{shown}早于{FIRST_YEAR}年，请核对年份。", field="due_on"))
    if (day.year, day.month, day.day) > (last.year + MOST_YEARS, last.month, last.day):
        message = f"{shown}在{'成文日期' if issued else '今天'}{last:%Y-%m-%d}的{MOST_YEARS}年以后，请核对年份。"
        found.append(Issue("ledger.date_far", message, field="due_on"))
    return found


def unfit(duty: Duty, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """Everything for which a duty can't be confirmed as it was read."""
    return every_owner_known(duty, actor, facts) + day_issues(duty, duty.due_on)


def nothing_in_its_place(notice: Notice, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """A voided notice comes back only when no other file stands for it by now: the same bytes, or the same 文号."""
    rows = {row.pk: row for row in queries.same_number(notice)}
    same = Notice.objects.filter(unit=notice.unit, source=notice.source).exclude(progress="void").exclude(pk=notice.pk)
    rows.update({row.pk: row for row in same})
    return [
        Issue("ledger.replaced", f"已经有{book_title(str(row))}（文件“{row.source_name}”）代替它，请先作废那一份。")
        for row in rows.values()
    ]


def proven(duty: Duty, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """A duty is done when accepted evidence says so."""
    if duty.evidence.filter(standing="accepted").exists():
        return []
    return [Issue("ledger.unproven", f"{duty.ref} 还没有已认定的凭证，不能认定为已完成。", field="evidence")]
