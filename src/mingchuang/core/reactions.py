"""What else happens when something happened: one table, filled by `site/wiring.py`, called inside `act`'s transaction.

A reaction writes rows or enqueues jobs; it never refuses. If it raises, the whole act is undone: that is a fault.
"""

from collections.abc import Callable
from typing import Any

from mingchuang.core.models import Event
from mingchuang.core.subject import Subject
from mingchuang.norms.machine import load

Reaction = Callable[[Event, Any], None]
ANY_MOVE = "*"

_reactions: dict[tuple[str, str], list[Reaction]] = {}


def register(machine: str, move: str, reaction: Reaction) -> None:
    """Call `reaction(event, subject)` after `move` (or "*") of `machine`; the event has no sequence number yet.

    Raises ValueError for a machine's move that doesn't exist.
    """
    if move != ANY_MOVE and move not in load(machine).moves:
        raise ValueError(f"machine {machine} has no move {move}")
    found = _reactions.setdefault((machine, move), [])
    if reaction not in found:
        found.append(reaction)


def registered() -> tuple[tuple[str, str, str], ...]:
    """All (machine, move, function) of the table, sorted: for the generated page and for tests."""
    return tuple(
        sorted(
            (machine, move, f"{r.__module__}.{r.__qualname__}")
            for (machine, move), rs in _reactions.items()
            for r in rs
        )
    )


def run(event: Event, subject: Subject) -> None:
    """All reactions to this event, in the order of registration."""
    for key in ((event.machine, event.move), (event.machine, ANY_MOVE)):
        for reaction in _reactions.get(key, ()):
            reaction(event, subject)
