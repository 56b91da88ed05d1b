"""Events as lines of a history, in the words of the machines."""

from __future__ import annotations

from mingchuang.core.act import KERNEL_MOVES
from mingchuang.core.actor import Way
from mingchuang.core.models import Event
from mingchuang.core.roles import Role
from mingchuang.core.units import name_of
from mingchuang.norms.machine import load
from mingchuang.ui.documents import Happening


def happening(event: Event) -> Happening:
    """One event: when, what, who, for which unit, by which way, with its note and the reason of a late entry."""
    title = KERNEL_MOVES.get(event.move) or load(event.machine).moves[event.move].title
    signer = event.on_behalf_of or event.person
    recorded = f"（{event.person.name} 代录）" if event.on_behalf_of and event.person else ""
    return Happening(
        when=event.happened_on if event.late else event.recorded_at,
        what=title,
        who=f"{signer.name}{recorded}" if signer else "系统",
        role=Role(event.role).label if event.person else "",
        unit=name_of(event.unit, event.happened_on) if event.unit else "",
        via=Way(event.via).label if event.via != Way.SYSTEM else "",
        note=event.note,
        late=event.late_reason,
    )
