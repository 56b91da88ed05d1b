"""State machines as data: what may happen to a thing, by whom, and which clocks move with it.

`load("review")` reads `norms/machines/review.toml` once and checks every name in it, so that a slip of the pen is
found when the program starts and not when a leader signs. The format is described in `docs/machines/README.md`.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path as FilePath
from typing import Any

from mingchuang.norms.transitions import (
    ANY_ROLE,
    CLOCK_VERBS,
    REQUIREMENTS,
    ROLE_TITLES,
    Axis,
    Decision,
    Guard,
    Machine,
    Move,
    Path,
    State,
)

__all__ = [
    "ANY_ROLE",
    "CLOCK_VERBS",
    "REQUIREMENTS",
    "ROLE_TITLES",
    "Axis",
    "Decision",
    "Guard",
    "Machine",
    "MachineFileError",
    "Move",
    "Path",
    "State",
    "all_machines",
    "load",
    "parse",
]

FOLDER = FilePath(__file__).parent / "machines"
_MOVE_KEYS = {"title", "sentence", "roles", "requires", "creates", "from", "to", "paths", "guards", *CLOCK_VERBS}
_PATH_KEYS = {"from", "to", "when", *CLOCK_VERBS}


class MachineFileError(ValueError):
    """A machine file contradicts itself; the message lists every fault with its place."""


@cache
def load(machine_id: str) -> Machine:
    """The machine of that id. Raises `MachineFileError` when there is no such file or it has faults."""
    path = FOLDER / f"{machine_id}.toml"
    if not machine_id.isidentifier() or not path.is_file():
        raise MachineFileError(f"no state machine named {machine_id!r} in {FOLDER.name}/")
    return parse(machine_id, tomllib.loads(path.read_text("utf-8")))


def all_machines() -> tuple[Machine, ...]:
    """Every machine of the installation, by id."""
    return tuple(load(path.stem) for path in sorted(FOLDER.glob("*.toml")))


def parse(machine_id: str, data: Mapping[str, Any]) -> Machine:
    """The machine that the TOML values describe. Raises `MachineFileError` naming every fault."""
    faults: list[str] = []
    try:
        machine = _machine(machine_id, data, faults)
    except (KeyError, TypeError, AttributeError) as error:
        raise MachineFileError("\n".join([*faults, f"{machine_id}: missing or malformed: {error}"])) from error
    faults += _faults(machine)
    if faults:
        raise MachineFileError("\n".join(f"{machine_id}: {fault}" for fault in faults))
    return machine


def _machine(machine_id: str, data: Mapping[str, Any], faults: list[str]) -> Machine:
    return Machine(
        id=machine_id,
        title=data["title"],
        subject=data["subject"],
        axes={axis_id: _axis(axis_id, axis) for axis_id, axis in data["axes"].items()},
        moves={move_id: _move(move_id, move, faults) for move_id, move in data["moves"].items()},
        facts=dict(data.get("facts", {})),
        basis=data.get("basis", ""),
    )


def _axis(axis_id: str, data: Mapping[str, Any]) -> Axis:
    states = {
        state_id: State(state_id, state["title"], state["sentence"], state.get("final", False))
        for state_id, state in data["states"].items()
    }
    return Axis(axis_id, data["title"], data["initial"], states)


def _move(move_id: str, data: Mapping[str, Any], faults: list[str]) -> Move:
    faults += [f"moves.{move_id}: unknown key {key!r}" for key in sorted(set(data) - _MOVE_KEYS)]
    # A move with one way to go says `from` and `to` directly; one with several lists them under `paths`.
    shared = {verb: tuple(data[verb]) for verb in CLOCK_VERBS if verb in data}
    if "paths" in data:
        faults += [f"moves.{move_id}: both `paths` and {key!r}" for key in ("from", "to") if key in data]
        paths = tuple(_path(f"moves.{move_id}", path, shared, faults) for path in data["paths"])
    else:
        plain = {key: data[key] for key in ("from", "to") if key in data}
        paths = (_path(f"moves.{move_id}", plain, shared, faults),)
    return Move(
        id=move_id,
        title=data["title"],
        sentence=data["sentence"],
        roles=tuple(data["roles"]),
        paths=paths,
        requires=tuple(data.get("requires", ())),
        guards=tuple(Guard(guard["fact"], guard["is"], guard["message"]) for guard in data.get("guards", ())),
        creates=data.get("creates", False),
    )


def _path(place: str, data: Mapping[str, Any], shared: Mapping[str, tuple[str, ...]], faults: list[str]) -> Path:
    faults += [f"{place}: unknown key {key!r}" for key in sorted(set(data) - _PATH_KEYS)]
    origin = {
        axis: (states,) if isinstance(states, str) else tuple(states) for axis, states in data.get("from", {}).items()
    }
    own = {verb: tuple(data[verb]) for verb in CLOCK_VERBS if verb in data}
    clocks = {verb: shared.get(verb, ()) + own.get(verb, ()) for verb in CLOCK_VERBS if verb in {*shared, *own}}
    return Path(origin, dict(data.get("to", {})), dict(data.get("when", {})), clocks)


def _faults(machine: Machine) -> list[str]:
    """Names that point nowhere, states that nothing reaches, final states that something leaves."""
    faults = [
        f"axes.{axis.id}: initial state {axis.initial!r} is not among its states"
        for axis in machine.axes.values()
        if axis.initial not in axis.states
    ]
    if not any(move.creates for move in machine.moves.values()):
        faults.append("no move creates the thing")
    for move in machine.moves.values():
        faults += [f"moves.{move.id}: {fault}" for fault in _move_faults(machine, move)]
    return faults or _unreached(machine)


def _move_faults(machine: Machine, move: Move) -> list[str]:
    faults = [f"unknown role {role!r}" for role in move.roles if role != ANY_ROLE and role not in ROLE_TITLES]
    faults += [f"unknown requirement {name!r}" for name in move.requires if name not in REQUIREMENTS]
    if not move.roles:
        faults.append("no role may make it")
    if move.creates and any(path.origin for path in move.paths):
        faults.append("a creating move starts from nothing and cannot have `from`")
    for fact in (*(guard.fact for guard in move.guards), *(fact for path in move.paths for fact in path.when)):
        if fact not in machine.facts:
            faults.append(f"fact {fact!r} has no title under [facts]")
    for path in move.paths:
        for axis, states in (*path.origin.items(), *((axis, (state,)) for axis, state in path.target.items())):
            if axis not in machine.axes:
                faults.append(f"unknown axis {axis!r}")
            else:
                faults += [f"unknown state {axis}.{s}" for s in states if s not in machine.axes[axis].states]
    return faults


def _unreached(machine: Machine) -> list[str]:
    reached = {(axis.id, axis.initial) for axis in machine.axes.values()}
    reached |= {target for move in machine.moves.values() for path in move.paths for target in path.target.items()}
    faults = [
        f"axes.{axis.id}: nothing leads to state {state!r}"
        for axis in machine.axes.values()
        for state in axis.states
        if (axis.id, state) not in reached
    ]
    for move in machine.moves.values():
        for path in move.paths:
            for axis, target in path.target.items():
                leaves = [s for s in path.origin.get(axis, ()) if machine.axes[axis].states[s].final and s != target]
                faults += [f"moves.{move.id}: leaves the final state {axis}.{state}" for state in leaves]
    return faults
