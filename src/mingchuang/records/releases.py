"""Timed releases: the job that carries them out, what waits and what failed, and what speaks against a time."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django.db.models import Q, QuerySet
from django_tasks import task

from mingchuang.core import now
from mingchuang.core.actor import Actor
from mingchuang.core.models import Deadline, Person
from mingchuang.norms.outcome import Issue
from mingchuang.records import checks, doors
from mingchuang.records.do import releasing
from mingchuang.records.kind import kind
from mingchuang.records.models import Record, Release, Revision
from mingchuang.ui import wording

#: How far ahead a time may lie: beyond it nobody remembers what was decided.
LONGEST: Final = datetime.timedelta(hours=90 * 24)
#: A time that is past by so much, and nothing has happened: people are told.
PATIENCE: Final = datetime.timedelta(minutes=5)
RULE = "《政府信息公开条例》第二十六条"


@task()
def carry_out(release_id: int) -> str:
    """The job: see `do.releasing.carry_out`. A time that was moved on meanwhile gets its own job."""
    state = releasing.carry_out(release_id)
    later = Release.objects.filter(pk=release_id, state=Release.State.WAITING, at__gt=now.now()).first()
    if later is not None:
        enqueue(later)
    return state


def enqueue(release: Release) -> None:
    """Call the job at the release's time; the same call that is pending already stays one, at the earlier time."""
    carry_out.using(run_after=release.at).enqueue(release.pk)


def enqueue_due() -> int:
    """Call the job for every release whose time has come: after downtime, after a job that failed for good, after a
    clock that was set. Returns how many."""
    due = list(Release.objects.filter(state=Release.State.WAITING, at__lte=now.now()).values_list("pk", flat=True))
    for pk in due:
        carry_out.enqueue(pk)
    return len(due)


def waiting_of(record: Record) -> Release | None:
    """The time that a record waits for, if there is one."""
    return Release.objects.filter(record=record, state=Release.State.WAITING).select_related("person").first()


def failed_of(record: Record) -> Release | None:
    """The last release of a record that did not happen, while nobody has dealt with it."""
    return Release.objects.filter(record=record, state=Release.State.FAILED).select_related("person").first()


def seen(person: Person) -> QuerySet[Release]:
    """The releases of records that this person may publish, and those that they decided themselves."""
    records = doors.DOORS[Record, "publish"](person)
    rows = Release.objects.filter(Q(record__in=records.values("pk")) | Q(person=person))
    return rows.select_related("revision", "record__unit", "person")


def waiting(person: Person) -> QuerySet[Release]:
    """What will become public by itself, the next first."""
    return seen(person).filter(state=Release.State.WAITING, at__gt=now.now() - PATIENCE).order_by("at", "pk")


def troubled(person: Person) -> QuerySet[Release]:
    """What should have become public by itself and did not: refused, or past its time with nothing done."""
    late = Q(state=Release.State.WAITING, at__lte=now.now() - PATIENCE)
    return seen(person).filter(Q(state=Release.State.FAILED) | late).order_by("at", "pk")


def open_deadlines(record: Record) -> QuerySet[Deadline]:
    """What a record still owes, the earliest first."""
    owed = Deadline.objects.open().filter(about_kind=Record.subject_kind(), about_id=record.pk)
    return owed.order_by("due", "pk")


def after_deadlines(record: Record, at: datetime.datetime) -> list[Issue]:
    """The open deadlines of a record that a release at `at` would miss; warnings, the decision stays a person's."""
    return [
        Issue(
            "records.release_late",
            f"所定时间{wording.moment(at)}晚于“{row.title or '公开'}”的期限{row.due:%Y-%m-%d}，仍要这样定请勾选。",
            "at",
            "warning",
        )
        for row in open_deadlines(record).filter(due__lt=now.day_of(at))
        if row.due is not None
    ]


def issues(release: Release, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """What speaks against this time and this text, asked by `core.act`: all that would refuse a release now, too."""
    record = Record.objects.select_related("unit").get(pk=release.record_id)
    revision = Revision.objects.select_related("record__unit").get(pk=release.revision_id)
    found = _of_time(facts.get("at"))
    if revision.pk != record.current_id or revision.progress != Revision.Progress.APPROVED:
        found.append(Issue("records.not_approved", "这一稿尚未审定，不能定时公开；请先完成审签。", rule=RULE))
    told = {"revision": revision, "approved": False, **{k: facts.get(k) for k in ("content_hash", "gate")}}
    found += [*checks.publication(record, actor, told), *checks.on_the_web(record, actor, told)]
    other = Release.objects.filter(record=record, state=Release.State.WAITING).exclude(pk=release.pk).first()
    if other is not None:
        found.append(Issue("records.release_twice", f"这条信息已定于{wording.moment(other.at)}公开，请更改或者取消。"))
    if facts.get("note_demanded") and not str(facts.get("note") or "").strip():
        found.append(Issue("records.release_note", "更正或者恢复已公开的信息，请写明理由。", field="note"))
    if facts.get("at") is not None and not facts.get("despite_deadline"):
        found += [replace(one, severity="error", field="late") for one in after_deadlines(record, facts["at"])]
    if kind(record.kind).until:
        found += _past_display(record, revision, facts.get("at"))
    return found


def _of_time(at: datetime.datetime | None) -> list[Issue]:
    moment = now.now()
    if at is None:
        return [Issue("records.release_time", "请填写公开的日期和时间（北京时间）。", field="at")]
    if at <= moment:
        message = f"所定时间{wording.moment(at)}已经过去，请另定时间，或者直接公开。"
        return [Issue("records.release_past", message, field="at")]
    if at > moment + LONGEST:
        message = f"所定时间{wording.moment(at)}太远，最晚可以定到{wording.moment(moment + LONGEST)}。"
        return [Issue("records.release_far", message, field="at")]
    return []


def _past_display(record: Record, revision: Revision, at: datetime.datetime | None) -> list[Issue]:
    """A list that comes down by itself is not put up after its last day."""
    declared = kind(record.kind)
    last = declared.model._default_manager.filter(pk=revision.pk).values_list(declared.until, flat=True).first()
    if last is None or at is None or now.day_of(at) <= last:
        return []
    message = f"所定时间{wording.moment(at)}晚于公示的最后一天{last:%Y-%m-%d}，请核对。"
    return [Issue("records.release_display", message, field="at")]
