"""The clocks of a record: when it must be public (条例 art. 26), and the second look of class C (docs/practice.md)."""

from __future__ import annotations

from typing import Any

from mingchuang.core import deadlines
from mingchuang.core.actor import Actor
from mingchuang.core.models import Deadline, Event
from mingchuang.norms.outcome import Refused
from mingchuang.norms.rules import rule as norm
from mingchuang.records import freezing, reckoning, references
from mingchuang.records.do import steps
from mingchuang.records.kind import Kind, Owed, kind, owed_by_formed_on
from mingchuang.records.models import Record, Revision

SECOND_LOOK_RULE = "review.second_look"


def follow(revision: Revision, event: Event, actor: Actor) -> None:
    """The clock of publication runs under the rule and from the day that the draft names now (`Kind.owed`).

    Nothing happens while both are what the running clock has. Not for texts of records that were public already, nor
    for days before the rule was in force. The clocks of steps inside the text are followed in any case.
    """
    record = revision.record
    steps.follow(revision, event, actor)
    if record.published_id is not None or record.imported:
        return
    declared = kind(record.kind)
    rule, day = _owed(declared, revision)
    running = _publication(record).values_list("rule", "anchor")
    if (rule, day) in set(running) or (day is None and not running):
        return
    stop(record, event, actor, note="起算日期已更改，期限重新计算。")
    if day is None:
        return
    try:
        title = f"公开：{revision.title}"[:300]
        deadlines.start(record, rule, day, record.unit, title=title, actor=actor, cause=event)
    except Refused as refusal:
        if {issue.code for issue in refusal.issues} != {"rule.not_in_force"}:
            raise


def _owed(declared: Kind, revision: Revision) -> Owed:
    """What the kind says; the twenty working days of everybody where its own rule binds nobody here on that day."""
    values = freezing.values_of(declared, revision, freezing.content_of(revision))
    rule, day = declared.owed(values)
    local = day is None or norm(rule).held(day, reckoning.region_of(revision))
    return (rule, day) if local else owed_by_formed_on(values)


def follow_referring(record: Record, event: Event, actor: Actor) -> None:
    """The record is public: texts at work that name it may be owed from this day (an interpretation of a policy)."""
    for revision in references.at_work(record):
        follow(revision, event, actor)


def _publication(record: Record) -> Any:
    """The open deadlines of this record's publication, whatever their rule: not those of steps inside its text."""
    owed = Deadline.objects.open().filter(about_kind=Record.subject_kind(), about_id=record.pk)
    return owed.exclude(rule__in=[SECOND_LOOK_RULE, *kind(record.kind).step_rules]).order_by("pk")


def stop(record: Record, event: Event, actor: Actor, *, note: str) -> None:
    """The publication is not owed any more, or its time will be reckoned anew."""
    for deadline in _publication(record):
        deadlines.void(deadline, actor, note=note, cause=event)


def met(record: Record, event: Event, actor: Actor) -> None:
    """The record is public or posted: what is owed is done (publication meets art. 26 by its machine already)."""
    for deadline in _publication(record):
        deadlines.meet(deadline, actor, cause=event, happened_on=event.happened_on)


def start_second_look(record: Record, event: Event, actor: Actor) -> None:
    """A class C text is public: somebody else looks again in time; at this text, not at the one before."""
    owed = Deadline.objects.open().filter(about_kind=Record.subject_kind(), about_id=record.pk, rule=SECOND_LOOK_RULE)
    for deadline in owed.order_by("pk"):
        deadlines.void(deadline, actor, note="已另行公开更正后的内容。", cause=event)
    title = f"复核：{record.published.title if record.published else ''}"[:300]
    deadlines.start(record, SECOND_LOOK_RULE, event.happened_on, record.unit, title=title, actor=actor, cause=event)
