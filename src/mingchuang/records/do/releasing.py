"""Timed release (定时公开): a time for an approved text, and the release itself when it comes, exactly once.

When the time comes everything is asked again as if whoever decided it pressed the button then: roles, signatures, the
gate on the very bytes. What refuses leaves the record as it is and says so with all reasons. The release, the state of
its row and the events stand in one transaction under the record's lock: a worker that is killed has done nothing, one
that runs twice finds it done. Times are aware moments; what is late because the server was down carries its real time.
"""

from __future__ import annotations

import datetime

from mingchuang.core import chain, now
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.models import Event
from mingchuang.core.roles import Role
from mingchuang.norms.outcome import Issue, Refused, errors, refuse_if
from mingchuang.records import gate
from mingchuang.records.do.rows import locked
from mingchuang.records.models import Record, Release, Revision


def schedule(
    record: Record,
    actor: Actor,
    *,
    content_hash: str,
    at: datetime.datetime,
    note: str = "",
    despite_deadline: bool = False,
) -> Release:
    """Let the approved text at work with this hash become public at `at`. `note` is the reason that a republication
    demands; `despite_deadline` says that the person knows of the deadlines that this misses. Raises Refused with all
    reasons, those of the gate and of the signatures as they stand now among them."""
    verdict = _verdict(record)
    with chain.together():
        row = locked(record)
        revision = _approved(row)
        for failed in Release.objects.filter(record=row, state=Release.State.FAILED).select_related("revision"):
            _settle(failed, act(failed, "close", Actor.system(), note="已另定时间。", data=_about(failed)))
        release = Release(
            record=row, revision=revision, content_hash=content_hash, at=at, person_id=_person(actor),
            role=actor.role.value, unit=actor.unit,
        )  # fmt: skip
        told = {"record": row.pk, "revision": revision.pk, "ordinal": revision.ordinal, "at": at.isoformat()}
        facts = {"at": at, "gate": verdict, "despite_deadline": despite_deadline}
        facts["note_demanded"] = row.published_id is not None
        act(release, "schedule", actor, content_hash=content_hash, note=note, data=told, facts=facts)
    _wake(release)
    return release


def alter(release: Release, actor: Actor, *, at: datetime.datetime, note: str, despite_deadline: bool = False) -> Event:
    """Another time, with the reason; from now on it is this person's decision."""
    verdict = _verdict(release.record)
    with chain.together():
        row = _held(release)
        revision = _approved(row.record)
        told = {"record": row.record_id, "ordinal": revision.ordinal, "at": [row.at.isoformat(), at.isoformat()]}
        facts = {"at": at, "gate": verdict, "despite_deadline": despite_deadline}
        event = act(row, "alter", actor, content_hash=row.content_hash, note=note, data=told, facts=facts)
        row.at, row.person_id, row.role, row.unit = at, _person(actor), actor.role.value, actor.unit
        row.save(update_fields=["at", "person", "role", "unit"])
    _wake(row)
    return event


def cancel(release: Release, actor: Actor, *, note: str) -> Event:
    """No release by itself any more; the text stays approved."""
    with chain.together():
        row = _held(release)
        event = act(row, "cancel", actor, note=note, data=_about(row))
        _settle(row, event)
    return event


def close(release: Release, actor: Actor) -> Event:
    """Somebody knows that it failed, and why."""
    with chain.together():
        row = _held(release)
        event = act(row, "close", actor, data=_about(row))
        _settle(row, event)
    return event


def drop(record: Record, note: str) -> None:
    """The text went another way (published by hand, taken back, the record taken down): nothing happens by itself."""
    for row in Release.objects.filter(record=record, state__in=(Release.State.WAITING, Release.State.FAILED)):
        move = "cancel" if row.state == Release.State.WAITING else "close"
        _settle(row, act(row, move, Actor.system(), note=note, data=_about(row)))


def carry_out(release_id: int) -> str:
    """Release what is due; returns the state that the row has afterwards ("" when there is none).

    May be called at any time, by any number of workers: what is not due, or not waiting, is left alone.
    """
    found = Release.objects.select_related("record").filter(pk=release_id).first()
    if found is None or found.state != Release.State.WAITING or found.at > now.now():
        return found.state if found else ""
    _verdict(found.record)  # before any row is held: documents are read by a child process, and the verdict is kept
    try:
        with chain.together():
            return _publish(_held(found))
    except Refused as refusal:
        return _fail(found, refusal)


def _publish(row: Release) -> str:
    from mingchuang.records.do.publication import publish  # noqa: PLC0415 - a publication drops what waits

    if row.state != Release.State.WAITING or row.at > now.now():
        return row.state
    actor = Actor(person=row.person, role=Role(row.role), unit=row.unit)
    event = publish(row.record, actor, content_hash=row.content_hash, note=note_of(row), release=row.pk)
    done = act(row, "carry_out", Actor.system(), data={**_about(row), "event": str(event.id)})
    _settle(row, done)
    return row.state


def _fail(found: Release, refusal: Refused) -> str:
    reasons = list(dict.fromkeys(issue.message for issue in errors(refusal.issues)))
    with chain.together():
        row = _held(found)
        if row.state != Release.State.WAITING:
            return row.state
        event = act(row, "fail", Actor.system(), note="\n".join(reasons)[:20_000], data=_about(row))
        row.reasons = reasons
        row.save(update_fields=["reasons"])
        _settle(row, event)
    return row.state


def note_of(release: Release) -> str:
    """The reason that was given when the time was set, by its event; empty once that has been erased by law."""
    events = Event.objects.filter(subject_kind=Release.subject_kind(), subject_id=release.pk, move="schedule")
    found = events.select_related("text").first()
    return found.note if found is not None else ""


def _held(release: Release) -> Release:
    """The row as it is now, under the lock of its record, which everything that touches it takes first."""
    record = locked(release.record)
    rows = Release.objects.select_for_update(of=("self",)).select_related("person", "unit", "revision")
    fresh = rows.filter(pk=release.pk).first()
    if fresh is None:
        raise Refused([Issue("records.gone", "这条定时公开已不存在。")])
    fresh.record = record
    return fresh


def _settle(row: Release, event: Event) -> None:
    row.settled_at = event.recorded_at
    row.save(update_fields=["settled_at"])


def _about(row: Release) -> dict[str, object]:
    return {"record": row.record_id, "ordinal": row.revision.ordinal, "at": row.at.isoformat()}


def _approved(row: Record) -> Revision:
    if row.current_id is None:
        raise Refused([Issue("records.no_revision", "没有已经审定、等待公开的稿件。")])
    return locked(Revision(pk=row.current_id))


def _person(actor: Actor) -> int:
    refuse_if([] if actor.person else [Issue("standing.nobody", "未登录，不能办理。")])
    return actor.person.pk if actor.person else 0


def _verdict(record: Record) -> gate.Verdict | None:
    row = Record.objects.select_related("current").filter(pk=record.pk).first()
    if row is None or row.current is None or row.current.frozen_id is None:
        return None
    try:
        return gate.of_revision(row.current)
    except (FileNotFoundError, ValueError):
        return None  # bytes that are gone or changed are told by the checks, in their own words


def _wake(release: Release) -> None:
    """A job that comes at the time; `releases.enqueue_due` finds what no job came for."""
    from mingchuang.records.releases import enqueue  # noqa: PLC0415 - the task calls this module

    enqueue(release)
