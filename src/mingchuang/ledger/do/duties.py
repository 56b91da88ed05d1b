"""Deciding on duties: confirm what was read, correct it, split, merge, and say how far it has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from mingchuang.core import chain
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.models import Collective, Event, Unit
from mingchuang.ledger.models import Duty, DutyOwner, Notice, Origin
from mingchuang.norms.outcome import Issue, Refused, refuse_if

Owner = Unit | Collective


def confirm(duty: Duty, actor: Actor, *, version: int | None = None) -> Event:
    """What was read is right. Refused when a name is not assigned to anybody yet."""
    refuse_if(_nobody(duty))
    return act(duty, "confirm", actor, version=version)


def confirm_all(notice: Notice, actor: Actor) -> tuple[list[Duty], list[Issue]]:
    """Confirm every duty still to be checked; returns those done, and the reasons for those that could not be."""
    done: list[Duty] = []
    issues: list[Issue] = []
    with chain.together():
        for duty in notice.duties.filter(confirmation="read", missing=False):
            found = _nobody(duty)
            if found:
                issues += found
                continue
            act(duty, "confirm", actor)
            done.append(duty)
    return done, issues


def _nobody(duty: Duty) -> list[Issue]:
    rows = duty.owners.filter(struck=False, unit=None, collective=None)
    return [
        Issue("ledger.unknown_unit", f"{duty.ref}：“{row.written}”还没有对应到单位，请先指认或删去。", field="owners")
        for row in rows
    ]


def correct(duty: Duty, actor: Actor, values: Mapping[str, Any], *, version: int | None = None) -> Event:
    """Put a clerk's word in place of the reader's: `heading`, `text`, `due_on`, `measures` (list of rows to strike).

    What was read is kept in the event and in the notice's stored reading. Raises `Refused` when nothing changes or a
    value can't be.
    """
    fields = {key: value for key, value in values.items() if key in {"heading", "text", "due_on"}}
    struck = list(values.get("struck_measures", ()))
    refuse_if(_correction_issues(duty, fields))
    changed = {key: value for key, value in fields.items() if getattr(duty, key) != value}
    rows = list(duty.measures.filter(pk__in=struck, struck=False))
    if not changed and not rows:
        raise Refused([Issue("ledger.no_change", f"{duty.ref}：没有改动。")])
    before = {key: str(getattr(duty, key) or "") for key in changed}
    with chain.together():
        event = act(
            duty,
            "correct",
            actor,
            version=version,
            data={
                "before": before,
                "after": {k: str(v or "") for k, v in changed.items()},
                "struck": [r.pk for r in rows],
            },
        )
        for key, value in changed.items():
            setattr(duty, key, value)
        for row in rows:
            row.struck = True
            row.save(update_fields=["struck"])
        duty.corrected = sorted({*duty.corrected, *changed, *(["measures"] if rows else [])})
        duty.save()
    return event


def _correction_issues(duty: Duty, fields: Mapping[str, Any]) -> list[Issue]:
    issues = []
    if "text" in fields and not str(fields["text"]).strip():
        issues.append(Issue("ledger.empty_text", f"{duty.ref}：任务内容不能为空。", field="text"))
    if len(str(fields.get("heading", ""))) > 300:
        issues.append(Issue("ledger.long_heading", f"{duty.ref}：标题最多 300 字。", field="heading"))
    if fields.get("due_on") is not None and not isinstance(fields.get("due_on", date.min), date):
        issues.append(Issue("ledger.date", f"{duty.ref}：完成时限不是日期。", field="due_on"))
    return issues


def assign(
    duty: Duty,
    actor: Actor,
    *,
    add: Sequence[Owner] = (),
    leads: Sequence[Owner] = (),
    identify: Mapping[int, Owner] | None = None,
    strike: Sequence[int] = (),
    version: int | None = None,
) -> Event:
    """Say who owes a duty: add owners (leading or not), tell who a written name means, or strike a row out.

    `identify` and `strike` name rows of `duty.owners` by key. Raises `Refused` for a row of another duty.
    """
    rows = {row.pk: row for row in duty.owners.filter(struck=False)}
    named = {*(identify or {}), *strike}
    refuse_if(
        [Issue("ledger.row", "所选责任单位不属于这项任务，请刷新页面。", field="owners") for pk in named - set(rows)]
    )
    wanted = [(owner, False) for owner in add] + [(owner, True) for owner in leads]
    if not wanted and not named:
        raise Refused([Issue("ledger.no_change", f"{duty.ref}：没有改动。")])
    data = {
        "add": [_label(owner) for owner, _ in wanted],
        "identify": {str(pk): _label(owner) for pk, owner in (identify or {}).items()},
        "strike": [rows[pk].written for pk in strike],
    }
    with chain.together():
        event = act(duty, "assign", actor, data=data, version=version)
        for pk, owner in (identify or {}).items():
            _point(rows[pk], owner)
            rows[pk].save()
        for pk in strike:
            rows[pk].struck = True
            rows[pk].save(update_fields=["struck"])
        for owner, lead in wanted:
            row = DutyOwner(duty=duty, origin=Origin.CLERK, lead=lead, written=_label(owner)[:200])
            _point(row, owner)
            row.save()
        duty.corrected = sorted({*duty.corrected, "owners"})
        duty.save(update_fields=["corrected"])
    return event


def _point(row: DutyOwner, owner: Owner) -> None:
    row.unit = owner if isinstance(owner, Unit) else None
    row.collective = owner if isinstance(owner, Collective) else None


def _label(owner: Owner) -> str:
    if isinstance(owner, Collective):
        return owner.name
    name = owner.names.filter(kind="full").order_by("-since").values_list("name", flat=True).first()
    return name or owner.code


def split(duty: Duty, actor: Actor, texts: Sequence[str], *, version: int | None = None) -> list[Duty]:
    """One duty becomes several, each with its own text; together they must hold the same characters.

    Owners are copied to each part, measures go to the part that contains their text. The old duty is kept, superseded.
    """
    parts = [text.strip() for text in texts if text.strip()]
    issues = []
    if len(parts) < 2:
        issues.append(Issue("ledger.split_few", f"{duty.ref}：拆分后至少要有两项。", field="text"))
    if "".join("".join(parts).split()) != "".join(duty.text.split()):
        issues.append(
            Issue("ledger.split_lost", f"{duty.ref}：拆分后的文字合起来应与原文一致，不能增减。", field="text")
        )
    refuse_if(issues)
    with chain.together():
        act(duty, "split", actor, facts={"absorbed": True}, data={"parts": len(parts)}, version=version)
        return [_part(duty, number, text, len(parts), actor) for number, text in enumerate(parts, 1)]


def _part(duty: Duty, number: int, text: str, total: int, actor: Actor) -> Duty:
    made = Duty(
        notice=duty.notice,
        order=duty.order + Decimal(number) / Decimal(10 * (total + 1)),
        ref=f"{duty.ref}-{number}"[:60],
        heading=duty.heading if number == 1 else "",
        text=text,
        start=duty.start,
        end=duty.end,
        due_on=duty.due_on,
        came_from=duty,
        corrected=["text", "owners", "measures", "subtasks"],
    )
    act(made, "load", actor, data={"came_from": duty.pk, "ref": made.ref})
    for row in duty.owners.filter(struck=False):
        row.pk, row.duty, row.origin = None, made, Origin.CLERK
        row.save(force_insert=True)
    flat = "".join(text.split())
    for measure in duty.measures.filter(struck=False):
        if "".join(measure.text.split()) in flat:
            measure.pk, measure.duty, measure.origin = None, made, Origin.CLERK
            measure.save(force_insert=True)
    act(made, "confirm", actor)
    return made


def merge(duties: Sequence[Duty], actor: Actor) -> Duty:
    """Several duties of one notice become the first of them; the others are kept, superseded, and point at it."""
    ordered = sorted(duties, key=lambda duty: duty.order)
    issues = []
    if len(ordered) < 2:
        issues.append(Issue("ledger.merge_few", "合并至少要选两项任务。"))
    if len({duty.notice_id for duty in ordered}) > 1:
        issues.append(Issue("ledger.merge_notices", "只能合并同一份文件里的任务。"))
    refuse_if(issues)
    first, rest = ordered[0], ordered[1:]
    data = {"merged": [duty.ref for duty in rest]}
    with chain.together():
        act(first, "merge", actor, facts={"absorbed": False}, data=data)
        for duty in rest:
            act(duty, "merge", actor, facts={"absorbed": True}, data={"into": first.ref})
            duty.merged_into = first
            duty.save(update_fields=["merged_into"])
            _move_rows(duty, first)
        first.text = "".join(duty.text for duty in ordered)
        first.due_on = max((duty.due_on for duty in ordered if duty.due_on), default=None)
        first.corrected = sorted({*first.corrected, "text", "owners", "measures", "subtasks", "due_on"})
        first.save()
    return first


def _move_rows(duty: Duty, into: Duty) -> None:
    """Copy owners that are not there yet, and all measures; the absorbed duty keeps its own for the record."""
    have = {(row.unit_id, row.collective_id, row.written) for row in into.owners.filter(struck=False)}
    for row in duty.owners.filter(struck=False):
        if (row.unit_id, row.collective_id, row.written) not in have:
            row.pk, row.duty, row.origin = None, into, Origin.CLERK
            row.save(force_insert=True)
    for measure in duty.measures.filter(struck=False):
        measure.pk, measure.duty, measure.origin = None, into, Origin.CLERK
        measure.save(force_insert=True)


def start(duty: Duty, actor: Actor, *, note: str = "", version: int | None = None) -> Event:
    """Work on it has begun."""
    return act(duty, "start", actor, note=note, version=version)


def finish(duty: Duty, actor: Actor, *, note: str = "", version: int | None = None) -> Event:
    """It is done; the accepted evidence is the proof, and without any it is refused."""
    proof = [f"evidence:{pk}" for pk in duty.evidence.filter(standing="accepted").values_list("pk", flat=True)]
    return act(duty, "finish", actor, note=note, evidence=proof, version=version)


def reopen(duty: Duty, actor: Actor, note: str, *, version: int | None = None) -> Event:
    """It was not done after all; a reason is required."""
    return act(duty, "reopen", actor, note=note, version=version)
