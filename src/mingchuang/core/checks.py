"""Reasons against a move that a machine cannot know: rooms register functions, `act` asks all of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mingchuang.core.actor import Actor
from mingchuang.core.subject import Subject
from mingchuang.norms.machine import load
from mingchuang.norms.outcome import Issue

Check = Callable[[Any, Actor, Mapping[str, Any]], Sequence[Issue]]
ANY_MOVE = "*"

_checks: dict[tuple[str, str], list[Check]] = {}


def register(machine: str, move: str, check: Check) -> None:
    """Ask `check(subject, actor, facts)` before `move` (or "*", every move) of `machine`.

    A check reads and returns issues; it writes nothing. Raises ValueError for a machine's move that doesn't exist.
    """
    if move != ANY_MOVE and move not in load(machine).moves:
        raise ValueError(f"machine {machine} has no move {move}")
    found = _checks.setdefault((machine, move), [])
    if check not in found:
        found.append(check)


def run(subject: Subject, move: str, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """Every registered reason, in the order of registration."""
    found = (*_checks.get((subject.machine, move), ()), *_checks.get((subject.machine, ANY_MOVE), ()))
    return [issue for check in found for issue in check(subject, actor, facts)]
