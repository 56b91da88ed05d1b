"""One duty becomes several, or several one; nothing is lost, the old ones are kept, superseded."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from mingchuang.core import chain
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.ledger.checks import unfit
from mingchuang.ledger.do.held import hold, holding, save_columns
from mingchuang.ledger.models import Duty, Origin
from mingchuang.norms.outcome import Issue, refuse_if


@holding
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
    # A part whose owner nobody has been found for, or whose day cannot be, stays to be checked, as the whole was.
    if not unfit(made, actor, {}):
        act(made, "confirm", actor)
    return made


def merge(duties: Sequence[Duty], actor: Actor) -> Duty:
    """Several duties of one notice become the first of them; the others are kept, superseded, and point at it."""
    ordered = sorted({duty.pk: duty for duty in duties}.values(), key=lambda duty: duty.order)
    issues = []
    if len(ordered) < 2:
        issues.append(Issue("ledger.merge_few", "合并至少要选两项任务。"))
    if len({duty.notice_id for duty in ordered}) > 1:
        issues.append(Issue("ledger.merge_notices", "只能合并同一份文件里的任务。"))
    refuse_if(issues)
    first, rest = ordered[0], ordered[1:]
    data = {"merged": [duty.ref for duty in rest]}
    with chain.together():
        hold(first.notice_id)
        for duty in ordered:
            duty.refresh_from_db()
        act(first, "merge", actor, facts={"absorbed": False}, data=data)
        for duty in rest:
            act(duty, "merge", actor, facts={"absorbed": True}, data={"into": first.ref})
            duty.merged_into = first
            duty.save(update_fields=["merged_into"])
            _move_rows(duty, first)
        first.text = "".join(duty.text for duty in ordered)
        first.due_on = max((duty.due_on for duty in ordered if duty.due_on), default=None)
        first.corrected = sorted({*first.corrected, "text", "owners", "measures", "subtasks", "due_on"})
        save_columns(first)
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
