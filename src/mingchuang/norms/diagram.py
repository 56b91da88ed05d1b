"""State machines drawn as Mermaid diagrams for the developer documents and the page 依据."""

from mingchuang.norms.transitions import Axis, Machine, Move, Path


def mermaid(machine: Machine) -> str:
    """`stateDiagram-v2` source: one composite state for each axis, moves as labelled arrows.

    An arrow's label is the move's title; where a path also asks for a state of another axis or for a fact, that
    stands behind it in brackets. Moves that leave an axis as it is are drawn as loops only if they name it.
    """
    lines = ["stateDiagram-v2"]
    for axis in machine.axes.values():
        single = len(machine.axes) == 1
        indent = "    " if single else "        "
        body = [f"{indent}{line}" for line in _axis_lines(machine, axis)]
        lines += body if single else [f'    state "{axis.title}" as {axis.id} {{', *body, "    }"]
    return "\n".join(lines) + "\n"


def _axis_lines(machine: Machine, axis: Axis) -> list[str]:
    lines = [f"{_node(axis, state.id)} : {state.title}" for state in axis.states.values()]
    for move in machine.moves.values():
        for path in move.paths:
            lines += _arrows(machine, axis, move, path)
    lines += [f"{_node(axis, state.id)} --> [*]" for state in axis.states.values() if state.final]
    return list(dict.fromkeys(lines))


def _arrows(machine: Machine, axis: Axis, move: Move, path: Path) -> list[str]:
    label = _label(machine, axis, move, path)
    if move.creates:
        return [f"[*] --> {_node(axis, path.target.get(axis.id, axis.initial))} : {label}"]
    if axis.id in path.target:
        origins = path.origin.get(axis.id, tuple(axis.states))
        return [f"{_node(axis, origin)} --> {_node(axis, path.target[axis.id])} : {label}" for origin in origins]
    if axis.id in path.origin and not path.target:
        return [f"{_node(axis, origin)} --> {_node(axis, origin)} : {label}" for origin in path.origin[axis.id]]
    return []


def _node(axis: Axis, state: str) -> str:
    """Node ids must be unique over the whole diagram, and a state may share its id with an axis."""
    return f"{axis.id}_{state}"


def _label(machine: Machine, axis: Axis, move: Move, path: Path) -> str:
    conditions = [
        f"{machine.axes[other].title}为{'或'.join(machine.axes[other].states[state].title for state in states)}"
        for other, states in path.origin.items()
        if other != axis.id
    ]
    conditions += [f"{machine.facts[fact]}{_wanted(value)}" for fact, value in path.when.items()]
    return move.title + (f"（{'，'.join(conditions)}）" if conditions else "")


def _wanted(value: object) -> str:
    if value is True:
        return ""
    if value is False:
        return "：否"
    return f"：{'或'.join(map(str, value))}" if isinstance(value, list | tuple) else f"：{value}"
