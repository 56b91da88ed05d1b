"""The clocks of a record: when it must be public (条例 art. 26), and the second look of class C (docs/practice.md)."""

from __future__ import annotations

import datetime

from mingchuang.core import deadlines
from mingchuang.core.actor import Actor
from mingchuang.core.models import Deadline, Event
from mingchuang.norms.outcome import Refused
from mingchuang.records.models import Record, Revision

PUBLISH_RULE = "information.publish"
SECOND_LOOK_RULE = "review.second_look"


def follow_formed_on(revision: Revision, event: Event, actor: Actor, before: datetime.date | None) -> None:
    """The clock runs from the day on which the text was formed, as the draft has it now; `before` is what it had.

    Not for texts of records that were public already, nor for days before the Regulation in its present form.
    """
    record, formed = revision.record, revision.formed_on
    if formed == before or record.published_id is not None or record.imported:
        return
    stop(record, event, actor, note="成文日期已更改，期限重新计算。")
    if formed is None:
        return
    try:
        title = f"公开：{revision.title}"[:300]
        deadlines.start(record, PUBLISH_RULE, formed, record.unit, title=title, actor=actor, cause=event)
    except Refused as refusal:
        if {issue.code for issue in refusal.issues} != {"rule.not_in_force"}:
            raise


def stop(record: Record, event: Event, actor: Actor, *, note: str, rule: str = PUBLISH_RULE) -> None:
    """Nothing is owed under a rule for this record any more, or it will be reckoned anew."""
    owed = Deadline.objects.open().filter(about_kind=Record.subject_kind(), about_id=record.pk, rule=rule)
    for deadline in owed.order_by("pk"):
        deadlines.void(deadline, actor, note=note, cause=event)


def start_second_look(record: Record, event: Event, actor: Actor) -> None:
    """A class C text is public: somebody else looks again in time; at this text, not at the one before."""
    stop(record, event, actor, note="已另行公开更正后的内容。", rule=SECOND_LOOK_RULE)
    title = f"复核：{record.published.title if record.published else ''}"[:300]
    deadlines.start(record, SECOND_LOOK_RULE, event.happened_on, record.unit, title=title, actor=actor, cause=event)
