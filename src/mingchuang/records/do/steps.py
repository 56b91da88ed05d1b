"""Clocks of the steps inside a text (`kind.StepClock`): public or not, they run and end by days of their own."""

from __future__ import annotations

import datetime
from typing import Any

from mingchuang.core import deadlines, now
from mingchuang.core.actor import Actor
from mingchuang.core.models import Deadline, Event
from mingchuang.norms.outcome import Refused
from mingchuang.norms.rules import rule as norm
from mingchuang.records import freezing
from mingchuang.records.kind import StepClock, kind
from mingchuang.records.models import Record, Revision

_ENTERED = "按稿件所填日期登记。"


def follow(revision: Revision, event: Event, actor: Actor) -> None:
    """Clocks stand as the draft says now: begun, met by the day that it names, open again where that day went, void
    where their step went. Not for records of history, nor for days before the rule was in force."""
    record = revision.record
    declared = kind(record.kind)
    if not declared.step_rules or record.imported:
        return
    values = freezing.values_of(declared, revision, freezing.content_of(revision))
    wanted = {(step.rule, step.anchor): step for step in declared.steps(values)}
    standing = {(deadline.rule, deadline.anchor): deadline for deadline in _of(record, declared.step_rules)}
    for key, deadline in standing.items():
        if key not in wanted and deadline.clock in Deadline.OPEN:
            deadlines.void(deadline, actor, note="起算日期已更改，期限重新计算。", cause=event)
    for key, step in wanted.items():
        running = standing.get(key) or _started(record, step, event, actor)
        if running is not None:
            _settle(running, _done_on(step), event, actor)


def stop(record: Record, event: Event, actor: Actor, *, note: str) -> None:
    """The matter is given up: nothing of it is owed."""
    for deadline in _of(record, kind(record.kind).step_rules):
        if deadline.clock in Deadline.OPEN:
            deadlines.void(deadline, actor, note=note, cause=event)


def _of(record: Record, rules: tuple[str, ...]) -> Any:
    about = Deadline.objects.filter(about_kind=Record.subject_kind(), about_id=record.pk, rule__in=rules)
    return about.exclude(clock=Deadline.Clock.VOID).order_by("pk")


def _started(record: Record, step: StepClock, event: Event, actor: Actor) -> Deadline | None:
    try:
        return deadlines.start(
            record, step.rule, step.anchor, record.unit, title=step.title[:300], actor=actor, cause=event
        )
    except Refused as refusal:
        if {issue.code for issue in refusal.issues} != {"rule.not_in_force"}:
            raise
        return None


def _done_on(step: StepClock) -> datetime.date | None:
    """The day on which it was done, or None. What hangs until a day to come is arranged for as of today."""
    today = now.today()
    if step.done_on is None or step.done_on <= today:
        return step.done_on
    return today if norm(step.rule).kind == "posting" else None


def _settle(deadline: Deadline, done: datetime.date | None, event: Event, actor: Actor) -> None:
    if done is not None and deadline.clock in Deadline.OPEN:
        late = _ENTERED if done < now.today() else ""
        deadlines.meet(deadline, Actor.system(), happened_on=done, late_reason=late)
    elif done is None and deadline.clock == Deadline.Clock.MET:
        deadlines.reopen(deadline, actor, note="稿件所填日期已删去。", cause=event)
