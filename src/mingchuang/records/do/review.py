"""Review: submit, approve, approve on paper, return. What is signed is a hash."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from mingchuang.core import chain, files, hashing, now
from mingchuang.core.act import act
from mingchuang.core.actor import Actor, Way
from mingchuang.core.models import Event, Person, StoredFile
from mingchuang.core.roles import Role
from mingchuang.norms.outcome import Issue, Refused, errors, refuse_if
from mingchuang.records import attachments, checks, freezing, gate, paper, staffing
from mingchuang.records.do.gate import keep
from mingchuang.records.do.rows import locked
from mingchuang.records.kind import kind
from mingchuang.records.models import Approval, ReviewStep, Revision
from mingchuang.records.routes import Route, RouteBook
from mingchuang.records.terms import Decision


def submit(
    revision: Revision, actor: Actor, *, version: int | None = None, note: str = "", declared_open: bool = False
) -> Event:
    """Freeze a draft and send it to the first step of its route.

    `version` is the draft that the person saw. The canonical bytes go into the store; their hash is what the event and
    all signatures name. `declared_open`: the person said that no secret of state or of work is in it (先审查、后公开);
    the event keeps that. Raises Refused with everything that is missing, with the faults of the attachments, and with
    every step of the route that nobody could sign.
    """
    # Before any row is held: documents are read by a child process.
    faults = attachments.examined(revision) if revision.progress == Revision.Progress.DRAFT else []
    verdict = gate.of_revision(revision) if not errors(faults) else None
    with chain.together():
        row = locked(revision)
        content = freezing.content_of(row)
        day, moment = now.today(), now.now()
        route = route_for(row, day)
        if row.progress == Revision.Progress.DRAFT:
            unstaffed = staffing.unstaffed(row, route.steps, actor.person)
            stopped = gate.issues(row, verdict) if verdict else []
            refuse_if([*checks.complete(row, actor, {}), *faults, *unstaffed, *stopped])
        row.submitted_on, row.submitted_at, row.submitted_by = day, moment, actor.person
        data = freezing.frozen_bytes(row, content)
        content_hash = hashing.named(data)
        if verdict is None or verdict.content_hash != content_hash:
            raise Refused([Issue("gate.changed_text", "内容刚刚有改动，请重新查看检查结果后再送审。")])
        if row.progress == Revision.Progress.DRAFT:
            _freeze(row, data, content_hash, route)
        told: dict[str, Any] = {"class": row.record.record_class, "route": _told(route)}
        if declared_open:
            told["declared_open"] = True
        event = act(row, "submit", actor, content_hash=content_hash, version=version, note=note, data=told)
        keep(row, event, verdict)
    return event


def approve(
    revision: Revision, actor: Actor, *, content_hash: str, step: int, secrecy: str = "", note: str = ""
) -> Event:
    """Sign the awaited step of the text with this hash.

    `content_hash` and `step` are what the person had on the screen: another text, or a step that somebody else has
    signed meanwhile, is refused. `secrecy` is the conclusion of the secrecy review (`terms.Secrecy`).
    """
    with chain.together():
        row = locked(revision)
        told = _told_step(row, step, secrecy)
        event = act(row, "approve", actor, content_hash=content_hash, note=note, **told)
        _sign(row, actor, event, secrecy, None)
    return event


def record_paper_approval(
    revision: Revision,
    recorder: Person,
    *,
    signer: Person,
    role: Role,
    evidence: StoredFile,
    content_hash: str,
    step: int,
    happened_on: datetime.date,
    secrecy: str = "",
    late_reason: str = "",
    note: str = "",
    scan_name: str = "",
) -> Event:
    """Write down that `signer` signed the printed form, whose photograph or scan is `evidence` (代录).

    `content_hash` is the one printed on the form; `role` is the signer's; `happened_on` is the date beside the
    signature, and an earlier one than today needs `late_reason`. Signer and recorder are two people; the signer did
    not write the text. The scan is opened and looked through like an attachment; `scan_name` is what it was called.
    """
    # Before any row is held: a PDF is read by a child process.
    faults = paper.examined(evidence, scan_name or evidence.first_name)
    with chain.together():
        row = locked(revision)
        actor = Actor(person=recorder, role=role, unit=row.record.unit, on_behalf_of=signer, via=Way.PAPER)
        told = _told_step(row, step, secrecy)
        told["facts"]["scan_faults"] = faults
        event = act(
            row,
            "approve_on_paper",
            actor,
            content_hash=content_hash,
            note=note,
            happened_on=happened_on,
            late_reason=late_reason,
            evidence=[evidence.sha256],
            **told,
        )
        _sign(row, actor, event, secrecy, evidence)
    return event


def return_(revision: Revision, actor: Actor, *, content_hash: str, step: int, note: str, secrecy: str = "") -> Event:
    """Send a text back with a reason; its author goes on with `revise`. A secrecy conclusion against it is kept."""
    with chain.together():
        row = locked(revision)
        awaited = checks.awaited(row)
        told = _told_step(row, step, secrecy)
        event = act(row, "return", actor, content_hash=content_hash, note=note, **told)
        if awaited is None:
            raise AssertionError("a text under review awaits a step")
        _keep(row, actor, event, awaited, decision=Decision.RETURN, secrecy=secrecy)
        Revision.objects.filter(pk=row.pk).update(step=0)
    return event


def route_for(revision: Revision, day: datetime.date) -> Route:
    """The route that a text submitted on `day` takes; the unit's own routes stand in the data folder's `routes/`."""
    record = revision.record
    book = RouteBook.load(Path(settings.MINGCHUANG_DATA) / "routes")
    return book.find(record.unit.code, record.kind, record.record_class, day)


def _freeze(row: Revision, data: bytes, content_hash: str, route: Route) -> None:
    row.frozen = files.put(data, "record.json")
    row.content_hash, row.schema = content_hash, kind(row.record.kind).schema
    row.step = route.steps[0].number
    row.save(update_fields=["submitted_on", "submitted_at", "submitted_by", "frozen", "content_hash", "schema", "step"])
    ReviewStep.objects.bulk_create(
        ReviewStep(revision=row, number=step.number, title=step.title, role=step.role, secrecy=step.secrecy)
        for step in route.steps
    )


def _told(route: Route) -> dict[str, Any]:
    return {
        "title": route.title,
        "basis": route.basis,
        "steps": [{"number": s.number, "title": s.title, "role": s.role, "secrecy": s.secrecy} for s in route.steps],
    }


def _told_step(row: Revision, step: int, secrecy: str) -> dict[str, Any]:
    """Facts for machine and checks, and what the event keeps about the step."""
    last = row.steps.order_by("-number").values_list("number", flat=True).first()
    title = row.steps.filter(number=step).values_list("title", flat=True).first() or ""
    return {
        "facts": {"step": step, "secrecy": secrecy, "last_step": row.step == last},
        "data": {"step": step, "title": title, "secrecy": secrecy},
    }


def _sign(row: Revision, actor: Actor, event: Event, secrecy: str, evidence: StoredFile | None) -> None:
    """Keep the signature and go on to the next step."""
    step = row.steps.get(number=row.step)
    _keep(row, actor, event, step, decision=Decision.APPROVE, secrecy=secrecy, evidence=evidence)
    following = row.steps.filter(number__gt=row.step).order_by("number").values_list("number", flat=True).first()
    Revision.objects.filter(pk=row.pk).update(step=following or 0)
    row.step = following or 0


def _keep(
    row: Revision,
    actor: Actor,
    event: Event,
    step: ReviewStep,
    *,
    decision: Decision,
    secrecy: str,
    evidence: StoredFile | None = None,
) -> None:
    signer = actor.decider
    if signer is None:
        raise Refused([Issue("records.nobody", "签署须由具体的人办理。")])
    Approval.objects.create(
        revision=row,
        step=step.number,
        step_title=step.title,
        decision=decision,
        person=signer,
        recorder=actor.person if actor.person != signer else None,
        role=actor.role,
        via=actor.via,
        content_hash=event.content_hash,
        secrecy=secrecy,
        evidence=evidence,
        event=event,
        happened_on=event.happened_on,
        recorded_at=event.recorded_at,
    )
