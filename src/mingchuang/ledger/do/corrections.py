"""A clerk's word in place of the reader's: text, heading, date, measures, and who owes a duty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.models import Collective, Event, Unit
from mingchuang.ledger.checks import day_issues
from mingchuang.ledger.do.held import holding, save_columns
from mingchuang.ledger.models import Duty, DutyOwner, Origin
from mingchuang.norms.outcome import Issue, Refused, refuse_if

Owner = Unit | Collective


@holding
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
    after = {key: str(value or "") for key, value in changed.items()}
    data = {"before": before, "after": after, "struck": [row.pk for row in rows]}
    event = act(duty, "correct", actor, version=version, data=data)
    for key, value in changed.items():
        setattr(duty, key, value)
    for row in rows:
        row.struck = True
        row.save(update_fields=["struck"])
    duty.corrected = sorted({*duty.corrected, *changed, *(["measures"] if rows else [])})
    save_columns(duty)
    return event


def _correction_issues(duty: Duty, fields: Mapping[str, Any]) -> list[Issue]:
    issues = []
    if "text" in fields and not str(fields["text"]).strip():
        issues.append(Issue("ledger.empty_text", f"{duty.ref}：任务内容不能为空。", field="text"))
    if len(str(fields.get("heading", ""))) > 300:
        issues.append(Issue("ledger.long_heading", f"{duty.ref}：标题最多 300 字。", field="heading"))
    day = fields.get("due_on")
    if day is not None and not isinstance(day, date):
        issues.append(Issue("ledger.date", f"{duty.ref}：完成时限不是日期。", field="due_on"))
        return issues
    return issues + day_issues(duty, day)


@holding
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
    event = act(duty, "assign", actor, data=data, version=version)
    for pk, owner in (identify or {}).items():
        _point(rows[pk], owner)
        rows[pk].save()
    for pk in strike:
        rows[pk].struck = True
        rows[pk].save(update_fields=["struck"])
    for owner, lead in wanted:
        _add(duty, owner, lead)
    duty.corrected = sorted({*duty.corrected, "owners"})
    duty.save(update_fields=["corrected"])
    return event


def _add(duty: Duty, owner: Owner, lead: bool) -> None:
    row = DutyOwner(duty=duty, origin=Origin.CLERK, lead=lead, written=_label(owner)[:200])
    _point(row, owner)
    row.save()


def _point(row: DutyOwner, owner: Owner) -> None:
    row.unit = owner if isinstance(owner, Unit) else None
    row.collective = owner if isinstance(owner, Collective) else None


def _label(owner: Owner) -> str:
    if isinstance(owner, Collective):
        return owner.name
    name = owner.names.filter(kind="full").order_by("-since").values_list("name", flat=True).first()
    return name or owner.code
