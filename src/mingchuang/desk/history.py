"""Events as lines of a history, in the words of the machines."""

from __future__ import annotations

from mingchuang.core.act import KERNEL_MOVES
from mingchuang.core.actor import Way
from mingchuang.core.models import Event
from mingchuang.core.roles import Role
from mingchuang.core.units import name_of
from mingchuang.norms.machine import load
from mingchuang.records import timeline
from mingchuang.records.models import Record
from mingchuang.ui.documents import Happening

_DONE = {"approve", "approve_on_paper", "publish", "republish", "accept", "finish", "confirm", "carry_out"}
_ALARM = {"return", "withdraw", "void", "strike", "abolish", "lock", "close", "fail"}


def _tone(move: str) -> str:
    return "done" if move in _DONE else "alarm" if move in _ALARM else ""


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
        tone=_tone(event.move),
    )


def of_record(record: Record) -> list[Happening]:
    """The history of a record and its texts in sentences, oldest first."""
    return [
        Happening(
            when=entry.happened_on if entry.late_reason else entry.recorded_at,
            what=entry.sentence,
            note=entry.note,
            late=entry.late_reason,
            tone=_tone(entry.move),
        )
        for entry in timeline.of(record)
    ]
