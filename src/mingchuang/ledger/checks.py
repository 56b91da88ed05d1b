"""Reasons against a move that the machines can't know, asked by `core.act` itself: no writer can go round them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingchuang.core import checks
from mingchuang.core.actor import Actor
from mingchuang.ledger.models import Duty, Notice
from mingchuang.norms.outcome import Issue


def connect() -> None:
    """Register every check; called once when the application starts."""
    checks.register("notice", "confirm", every_duty_checked)
    checks.register("duty", "confirm", every_owner_known)
    checks.register("duty", "finish", proven)


def every_duty_checked(notice: Notice, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """A ledger is checked when each of its duties is; the refusal names those that are not."""
    waiting = list(notice.duties.filter(confirmation="read", missing=False).values_list("ref", flat=True))
    if not waiting:
        return []
    return [Issue("ledger.unchecked", f"还有 {len(waiting)} 项没有核对：{'、'.join(waiting)}。")]


def every_owner_known(duty: Duty, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """Each name that the notice writes is somebody, or was struck out."""
    rows = duty.owners.filter(struck=False, unit=None, collective=None)
    return [
        Issue("ledger.unknown_unit", f"{duty.ref}：“{row.written}”还没有对应到单位，请先指认或删去。", field="owners")
        for row in rows
    ]


def proven(duty: Duty, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """A duty is done when accepted evidence says so."""
    if duty.evidence.filter(standing="accepted").exists():
        return []
    return [Issue("ledger.unproven", f"{duty.ref} 还没有已认定的凭证，不能认定为已完成。", field="evidence")]
