"""Publication: make the approved text public, take it down, say what still holds, look again."""

from __future__ import annotations

import datetime
from typing import Any

from mingchuang.core import chain, now
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.models import Event
from mingchuang.norms.outcome import Issue, Refused
from mingchuang.records import adoption, gate, queries
from mingchuang.records.do import clocks, numbering, releasing, saving
from mingchuang.records.do.gate import keep
from mingchuang.records.do.rows import locked, next_number
from mingchuang.records.kind import kinds
from mingchuang.records.models import Record, Revision
from mingchuang.records.terms import RecordClass


def publish(record: Record, actor: Actor, *, content_hash: str, note: str = "", release: int | None = None) -> Event:
    """Make the approved text at work public, byte for byte; again in place of an earlier one when it corrects it.

    `content_hash` is the hash of the text that the person saw. At first publication the record gets its 索引号 and its
    places in the lists, which it keeps. Publishing the same text twice makes one event, which both calls return.
    Raises Refused with all reasons; `note` (the reason) is demanded for a correction or a return after withdrawal.
    `release` is the timed release that this carries out (`do.releasing`); any other that waits is dropped.
    History that was taken over has its original day as 发布日期 (`adoption.public_on`).
    """
    verdict = _examined(record)
    with chain.together():
        row = locked(record)
        revision = _at_work(row)
        if _is_public(row, revision) and revision.content_hash == content_hash:
            return _last(row, "publish", "republish")
        move = "publish" if row.visibility == Record.Visibility.NONE else "republish"
        approved, earlier = revision.progress == Revision.Progress.APPROVED, row.published_id
        public_on = adoption.public_on(revision) if earlier is None else None
        if approved:
            _place(row, revision, public_on)
        facts = {"approved": approved, "revision": revision, "gate": verdict}
        told = _told(row, revision) | ({"public_on": public_on.isoformat()} if public_on else {})
        told |= {} if release is None else {"release": release}
        event = act(row, move, actor, content_hash=content_hash, note=note, facts=facts, data=told)
        if release is None:
            releasing.drop(row, "已经另行公开。")
        if verdict is not None:
            keep(revision, event, verdict)
        clocks.met(row, event, actor)
        clocks.follow_referring(row, event, actor)
        if row.record_class == RecordClass.C and earlier != revision.pk:
            clocks.start_second_look(row, event, actor)
    return event


def withdraw(
    record: Record,
    actor: Actor,
    *,
    reason: str,
    note: str,
    hide_title: bool = False,
    happened_on: datetime.date | None = None,
    late_reason: str = "",
) -> Event:
    """Take a record down everywhere: page, lists, index, feed and attachments go, a tombstone stays at its address.

    `reason` is one of `terms.WithdrawalReason`, `note` the explanation that the public reads; with `hide_title` the
    tombstone does not repeat the title (a name in it may be why it had to go). Twice makes one event.
    """
    with chain.together():
        row = locked(record)
        if row.visibility == Record.Visibility.WITHDRAWN:
            return _last(row, "withdraw")
        _short_enough(note)
        event = act(
            row,
            "withdraw",
            actor,
            note=note,
            happened_on=happened_on,
            late_reason=late_reason,
            facts={"reason": reason},
            data={"reason": reason, "hide_title": hide_title, **_place_told(row)},
        )
        _leave_tombstone(row, event, reason, note, hide_title)
        releasing.drop(row, "信息已撤下。")
        saving.drop_all_autosaves(row)
    return event


def _leave_tombstone(row: Record, event: Event, reason: str, note: str, hide_title: bool) -> None:
    """What the address says from now on."""
    row.withdrawn_on, row.withdrawal_reason = event.happened_on, reason
    row.withdrawal_explanation, row.withdrawal_hides_title = note.strip(), hide_title
    row.changed_at = event.recorded_at
    told = ("withdrawn_on", "withdrawal_reason", "withdrawal_explanation", "withdrawal_hides_title", "changed_at")
    row.save(update_fields=told)


def set_validity(
    record: Record,
    actor: Actor,
    validity: str,
    *,
    note: str,
    happened_on: datetime.date | None = None,
    late_reason: str = "",
) -> Event:
    """Say whether a document still holds (`Record.Validity`); `note` names the basis, `happened_on` the day of it."""
    with chain.together():
        row = locked(record)
        if validity == row.validity:
            message = f"这条信息的有效性已经是“{row.get_validity_display()}”。"
            raise Refused([Issue("records.validity_same", message, field="validity")])
        event = act(
            row,
            "set_validity",
            actor,
            note=note,
            happened_on=happened_on,
            late_reason=late_reason,
            facts={"validity": validity},
            data={"validity": validity, **_place_told(row)},
        )
        Record.objects.filter(pk=row.pk).update(changed_at=event.recorded_at)
    return event


def lapse_expired(day: datetime.date) -> list[Event]:
    """Mark public documents whose 失效日期 has come by `day` as 失效: once a day, and after downtime; idempotent."""
    events = []
    for declared in (declared for declared in kinds().values() if declared.has_validity and declared.expiry):
        over = declared.model._default_manager.filter(**{f"{declared.expiry}__lte": day})
        public = queries.public().filter(kind=declared.id, published_id__in=over.values("pk"))
        for record in public.filter(validity=Record.Validity.EFFECTIVE).order_by("pk"):
            note = f"有效期届满，文件写明的失效日期不晚于{day:%Y-%m-%d}。"
            events.append(set_validity(record, Actor.system(), Record.Validity.EXPIRED, note=note))
    return events


def second_look(record: Record, actor: Actor, *, content_hash: str, note: str) -> Event:
    """Another person compared the public page of a class C record with its source; `note` is what was found."""
    with chain.together():
        row = locked(record)
        if row.record_class != RecordClass.C:
            message = f"只有{RecordClass.C.label}须在公开后复核。"
            raise Refused([Issue("records.second_look_class", message)])
        return act(row, "second_look", actor, content_hash=content_hash, note=note)


def _examined(record: Record) -> gate.Verdict | None:
    """What the gate says, today and by today's lists, of the bytes that are to go out; before any row is held."""
    row = Record.objects.select_related("current", "published").filter(pk=record.pk).first()
    revision = (row.current or row.published) if row else None
    if revision is None or revision.frozen_id is None:
        return None
    try:
        return gate.of_revision(revision)
    except (FileNotFoundError, ValueError):
        return None  # bytes that are gone or changed are told by `checks.publication`, in its own words


def _at_work(row: Record) -> Revision:
    """The text at work; where none is, the one that was public last (again after a withdrawal)."""
    pk = row.current_id or row.published_id
    if pk is None:
        raise Refused([Issue("records.no_revision", "没有可以公开的稿件。")])
    # Held too: an approval that is being given and this publication see each other.
    return locked(Revision(pk=pk))


def _is_public(row: Record, revision: Revision) -> bool:
    return row.visibility == Record.Visibility.PUBLIC and row.published_id == revision.pk


def _place(row: Record, revision: Revision, public_on: datetime.date | None) -> None:
    """Number and places at first publication (of history: under its original day); the text at every one."""
    moment = now.now()
    earlier = row.published_id
    row.published, row.changed_at = revision, moment
    row.current = None
    names = ["published", "current", "changed_at"]
    if row.published_on is None:
        day = public_on or now.day_of(moment)
        since = datetime.datetime.combine(day, datetime.time(12), now.BEIJING) if public_on else moment
        row.published_on, row.published_at, row.year = day, since, day.year
        row.unit_slot = next_number(queries.unit_series(row.unit.code, day.year))
        row.year_slot = next_number(queries.year_series(day.year))
        row.index_number = numbering.index_number(row, day.year)
        names += ["published_on", "published_at", "year", "unit_slot", "year_slot", "index_number"]
    elif earlier != revision.pk:
        row.corrected_on = now.day_of(moment)
        names.append("corrected_on")
    row.withdrawn_on, row.withdrawal_reason, row.withdrawal_explanation = None, "", ""
    row.withdrawal_hides_title = False
    names += ["withdrawn_on", "withdrawal_reason", "withdrawal_explanation", "withdrawal_hides_title"]
    row.save(update_fields=names)


def _place_told(row: Record) -> dict[str, Any]:
    """Where the record stands in the lists: enough to know from the event alone which pages it touches."""
    return {"unit": row.unit.code, "year": row.year, "unit_slot": row.unit_slot, "year_slot": row.year_slot}


def _told(row: Record, revision: Revision) -> dict[str, Any]:
    return {
        "revision": revision.pk,
        "ordinal": revision.ordinal,
        "index_number": row.index_number,
        **_place_told(row),
    }


def _last(row: Record, *moves: str) -> Event:
    found = Event.objects.filter(subject_kind=Record.subject_kind(), subject_id=row.pk, move__in=moves)
    return found.select_related("person").latest("seq")


def _short_enough(note: str) -> None:
    most = Record._meta.get_field("withdrawal_explanation").max_length or 0
    if len(note.strip()) > most:
        message = f"撤下说明有{len(note.strip())}个字，最多{most}个字，请缩短。"
        raise Refused([Issue("records.length", message, field="note")])
