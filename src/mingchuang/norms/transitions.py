"""What a state machine is, and how it decides.

Machines are TOML files, read by `norms.machine`; `docs/machines/README.md` describes the format. A machine has one or
more *axes* (progress, visibility, …); a state is one value for each axis. A move says from where to where, which
roles may make it and what must come with it. `Machine.decide` is a pure function: state, move and facts in; the
changes out, or `Refused` with all reasons.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mingchuang.norms.outcome import Issue, Refused, refuse_if

#: Role codes that machines may name, with the words of the office. `core.roles` uses the same codes.
ROLE_TITLES: Mapping[str, str] = {
    "clerk": "经办人",
    "reviewer": "审核人",
    "leader": "签发人",
    "office": "政务公开办",
    "supervisor": "监督员",
    "admin": "管理员",
    "system": "系统",
}
#: In `roles`: whoever acts, the person concerned included.
ANY_ROLE = "*"
#: What a move may demand beside the facts of its guards; each is looked up in the facts under its own name.
REQUIREMENTS: Mapping[str, str] = {
    "note": "请写明理由。",
    "evidence": "请附上凭证（文件、地址或已公开的记录）。",
    "content_hash": "缺少所针对稿件的内容指纹，无法确认审签的是哪一稿。",
}
#: What a move does to the clocks of rules, in the order in which core carries it out.
CLOCK_VERBS: Mapping[str, str] = {
    "starts": "开始计时",
    "pauses": "暂停计时",
    "resumes": "恢复计时",
    "extends": "延长期限",
    "meets": "按期办结",
    "voids": "撤销计时",
}
#: The state of an axis before the thing exists.
NOTHING = ""


@dataclass(frozen=True, slots=True)
class State:
    """One value of an axis; `sentence` tells a clerk what it means, `final` that no move should lead on."""

    id: str
    title: str
    sentence: str
    final: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """One independent line of states, beginning at `initial` when the thing is made."""

    id: str
    title: str
    initial: str
    states: Mapping[str, State]


@dataclass(frozen=True, slots=True)
class Path:
    """One way a move can go: taken when the state lies in `origin` and the facts fit `when`.

    `origin` and `target` name only the axes that matter; an axis that is not in `target` stays as it is.
    `clocks` maps a verb of `CLOCK_VERBS` to rule ids.
    """

    origin: Mapping[str, tuple[str, ...]]
    target: Mapping[str, str]
    when: Mapping[str, Any] = field(default_factory=dict)
    clocks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def leaves(self, state: Mapping[str, str]) -> bool:
        """Whether this path may be taken from `state`, facts aside."""
        return all(state.get(axis, NOTHING) in values for axis, values in self.origin.items())

    def fits(self, facts: Mapping[str, Any]) -> bool:
        """Whether the facts choose this path."""
        return all(_meets(facts.get(fact), wanted) for fact, wanted in self.when.items())


@dataclass(frozen=True, slots=True)
class Guard:
    """A fact that must hold, whatever the path, and the sentence when it does not."""

    fact: str
    wanted: Any
    message: str


@dataclass(frozen=True, slots=True)
class Move:
    """Something that can happen. `creates` moves begin from nothing and take every axis to its initial state."""

    id: str
    title: str
    sentence: str
    roles: tuple[str, ...]
    paths: tuple[Path, ...]
    requires: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    creates: bool = False

    def open_to(self, role: str) -> bool:
        """Whether `role` may make this move."""
        return ANY_ROLE in self.roles or role in self.roles


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer yes: which path was taken, what changes, what happens to the clocks."""

    move: Move
    path: Path
    changes: Mapping[str, tuple[str, str]]

    @property
    def clocks(self) -> Mapping[str, tuple[str, ...]]:
        """Clock verb → rule ids, only for verbs that have any."""
        return self.path.clocks


@dataclass(frozen=True, slots=True)
class Machine:
    """A state machine, immutable; get one from `mingchuang.norms.machine.load`."""

    id: str
    title: str
    subject: str
    axes: Mapping[str, Axis]
    moves: Mapping[str, Move]
    facts: Mapping[str, str]
    basis: str = ""

    @property
    def initial(self) -> dict[str, str]:
        """The state right after creation, where the creating move names no other."""
        return {axis.id: axis.initial for axis in self.axes.values()}

    def decide(self, state: Mapping[str, str], move: str, facts: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
        """The axes that change: axis → (from, to). Empty when the move leaves every axis where it is.

        `state` maps each axis to its state; before creation it is empty (or every value is ""). `facts` must hold
        `role` (a code of `ROLE_TITLES`, a `str` enum will do) and whatever the move demands: `note`, `evidence`,
        `content_hash`, and the facts of its guards and paths. Raises `Refused` with all reasons.
        """
        return dict(self.decision(state, move, facts).changes)

    def decision(self, state: Mapping[str, str], move: str, facts: Mapping[str, Any]) -> Decision:
        """As `decide`, with the chosen path and its clocks."""
        known = self.moves.get(move)
        if known is None:
            titles = "、".join(m.title for m in self.moves.values())
            message = f"{self.title}没有“{move}”这一操作。可用的操作：{titles}。"
            raise Refused([self._issue("unknown_move", message, move)])
        path = self._choose(state, known, facts)
        issues = [*self._bad_state(state), *self._missing(known, facts)]
        if isinstance(path, Issue):
            raise Refused([path, *issues])
        refuse_if(issues)
        return Decision(known, path, self._changes(state, known, path))

    def moves_from(self, state: Mapping[str, str], role: str = "") -> tuple[Move, ...]:
        """The moves that some path leads out of `state`, in the order of the file; with `role`, only its own."""
        return tuple(
            move
            for move in self.moves.values()
            if self._exists(state) != move.creates
            and any(path.leaves(state) for path in move.paths)
            and (not role or move.open_to(role))
        )

    def state_title(self, state: Mapping[str, str]) -> str:
        """The state in Chinese, all axes: “可见性：已公开；有效性：有效”; one axis alone without its name."""
        if not self._exists(state):
            return "尚未建立"
        titles = [
            (axis.title, axis.states[value].title if (value := state.get(axis.id, NOTHING)) in axis.states else value)
            for axis in self.axes.values()
        ]
        if len(titles) == 1:
            return titles[0][1]
        return "；".join(f"{axis}：{value}" for axis, value in titles)

    def mermaid(self) -> str:
        """The machine as a Mermaid state diagram, one composite state for each axis."""
        from mingchuang.norms.diagram import mermaid  # noqa: PLC0415 - diagram needs the classes of this module

        return mermaid(self)

    # -- the parts of a decision

    def _exists(self, state: Mapping[str, str]) -> bool:
        return any(state.get(axis, NOTHING) != NOTHING for axis in self.axes)

    def _issue(self, code: str, message: str, move: str, **context: Any) -> Issue:
        return Issue(f"machine.{code}", message, context={"machine": self.id, "move": move, **context})

    def _bad_state(self, state: Mapping[str, str]) -> list[Issue]:
        """States that the machine does not know: a damaged row, said plainly instead of guessed at."""
        if not self._exists(state):
            return []
        return [
            self._issue(
                "unknown_state", f"{axis.title}的状态“{state.get(axis.id, NOTHING)}”无法识别。", "", axis=axis.id
            )
            for axis in self.axes.values()
            if state.get(axis.id, NOTHING) not in axis.states
        ]

    def _choose(self, state: Mapping[str, str], move: Move, facts: Mapping[str, Any]) -> Path | Issue:
        """The path that state and facts choose, or why there is none."""
        leaving = [path for path in move.paths if path.leaves(state)]
        if self._exists(state) == move.creates or not leaving:
            return self._wrong_state(state, move)
        for path in leaving:
            if path.fits(facts):
                return path
        named = sorted({fact for path in leaving for fact in path.when})
        titles = "、".join(self.facts.get(fact, fact) for fact in named)
        return self._issue("no_path", f"现有情况不能“{move.title}”，请核对：{titles}。", move.id, facts=named)

    def _wrong_state(self, state: Mapping[str, str], move: Move) -> Issue:
        current = self.state_title(state)
        if move.creates:
            message = f"{self.subject}已经建立（{current}），不能再次“{move.title}”。"
        else:
            wanted = "或".join(dict.fromkeys(self._origin_title(path) for path in move.paths))
            message = f"{self.subject}目前为“{current}”，不能“{move.title}”；须先处于“{wanted}”。"
        return self._issue("wrong_state", message, move.id, state=dict(state))

    def _origin_title(self, path: Path) -> str:
        parts = [
            "、".join(self.axes[axis].states[value].title for value in values) for axis, values in path.origin.items()
        ]
        return "且".join(parts) or "已建立"

    def _missing(self, move: Move, facts: Mapping[str, Any]) -> list[Issue]:
        issues = []
        role = _plain(facts.get("role", ""))
        if not move.open_to(role):
            allowed = "、".join(ROLE_TITLES[code] for code in move.roles)
            who = ROLE_TITLES.get(role, role) or "未说明身份的人"
            issues.append(self._issue("role", f"{who}不能“{move.title}”，须由{allowed}办理。", move.id, role=role))
        for name in move.requires:
            value = facts.get(name)
            if not (value.strip() if isinstance(value, str) else value):
                message = f"办理“{move.title}”，{REQUIREMENTS[name]}"
                context = {"machine": self.id, "move": move.id}
                issues.append(Issue(f"machine.{name}", message, field=name, context=context))
        issues += [
            self._issue("guard", guard.message, move.id, fact=guard.fact)
            for guard in move.guards
            if not _meets(facts.get(guard.fact), guard.wanted)
        ]
        return issues

    def _changes(self, state: Mapping[str, str], move: Move, path: Path) -> dict[str, tuple[str, str]]:
        target = {**self.initial, **path.target} if move.creates else dict(path.target)
        return {
            axis: (state.get(axis, NOTHING), value)
            for axis, value in target.items()
            if state.get(axis, NOTHING) != value
        }


def _plain(value: Any) -> str:
    """A role as its code, whether given as text or as a `str` enum."""
    return str(getattr(value, "value", value) or "")


def _meets(value: Any, wanted: Any) -> bool:
    """A fact meets a wish: equal to it, or one of it where a list is wished. A fact not told meets nothing."""
    value = getattr(value, "value", value)
    if isinstance(wanted, list | tuple):
        return value in wanted
    if isinstance(wanted, bool):
        return value is not None and bool(value) is wanted
    return bool(value == wanted)
