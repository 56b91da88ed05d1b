"""Review routes as data: for a unit, a kind and a class, who signs in which order (docs/practice.md).

`default.toml` beside this file holds for everybody; a unit's own routes are TOML files of the same form in a folder of
the installation, with `unit` (its code) and, if only one kind is meant, `kind`. The route in force when a text is
submitted is copied to it. Pure: folders and a date in, a route or `RouteError` out.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingchuang.core.roles import Role
from mingchuang.records.terms import RecordClass

PACKAGED = Path(__file__).parent
#: Who may sign at a step that asks for a role: a leader may do a reviewer's part, never the other way round.
SIGNERS: Mapping[str, frozenset[str]] = {
    Role.REVIEWER: frozenset({Role.REVIEWER, Role.LEADER}),
    Role.LEADER: frozenset({Role.LEADER}),
    Role.OFFICE: frozenset({Role.OFFICE}),
}
_KEYS = {"class", "since", "title", "basis", "steps", "unit", "kind"}


class RouteError(ValueError):
    """A route file says something that a route cannot be; the message names the file and is Chinese."""


@dataclass(frozen=True, slots=True)
class Step:
    """One signature: its name, the role it asks for, and whether a secrecy conclusion comes with it."""

    number: int
    title: str
    role: str
    secrecy: bool


@dataclass(frozen=True, slots=True)
class Route:
    """Who signs in which order, since when, and by what rule of the office."""

    title: str
    record_class: str
    steps: tuple[Step, ...]
    since: datetime.date
    basis: str
    unit: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class RouteBook:
    """All routes of an installation."""

    routes: tuple[Route, ...]

    @classmethod
    def load(cls, *folders: Path) -> RouteBook:
        """Read the packaged routes and those of `folders` (missing ones are none). Raises RouteError."""
        files = [path for folder in (PACKAGED, *folders) for path in sorted(folder.glob("*.toml"))]
        routes = tuple(route for path in files for route in _read(path))
        book = cls(routes)
        for route in routes:
            book.check(route)
        return book

    def find(self, unit: str, kind: str, record_class: str, day: datetime.date) -> Route:
        """The route for a text of `kind` by the unit with that code, submitted on `day`; the closest and latest wins.

        Raises RouteError when none is in force, which the packaged routes exclude for days since the Regulation's.
        """
        fitting = [
            route
            for route in self.routes
            if route.record_class == record_class
            and route.since <= day
            and route.unit in {"", unit}
            and route.kind in {"", kind}
        ]
        if not fitting:
            raise RouteError(f"{RecordClass(record_class).label}在{day:%Y-%m-%d}没有审签流程。")
        return max(fitting, key=lambda route: (route.unit != "", route.kind != "", route.since))

    def signatures_at_least(self, record_class: str) -> int:
        """How many different people a class asks for, whatever a unit's own route says: the default route's steps."""
        return max(len(r.steps) for r in self.routes if r.record_class == record_class and not r.unit and not r.kind)

    def check(self, route: Route) -> None:
        """Raises RouteError when a route asks for less than the default of its class, or for no secrecy conclusion."""
        least = self.signatures_at_least(route.record_class)
        if len(route.steps) < least:
            label = RecordClass(route.record_class).label
            raise RouteError(f"“{route.title}”只有{len(route.steps)}个环节，{label}至少{least}个。")
        if not any(step.secrecy for step in route.steps):
            raise RouteError(f"“{route.title}”没有保密审查环节：先审查、后公开。")


def _read(path: Path) -> Iterable[Route]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return [_route(entry) for entry in data["route"]]
    except (KeyError, TypeError, ValueError) as error:
        raise RouteError(f"审签流程文件{path.name}有误：{error}") from error


def _route(entry: Mapping[str, Any]) -> Route:
    if unknown := set(entry) - _KEYS:
        raise ValueError(f"不认识的项目：{'、'.join(sorted(unknown))}")
    steps = tuple(
        Step(number, step["title"], _role(step["role"]), bool(step["secrecy"]))
        for number, step in enumerate(entry["steps"], 1)
    )
    if not isinstance(entry["since"], datetime.date):
        raise ValueError("since 应为日期")
    return Route(
        title=entry["title"],
        record_class=RecordClass(entry["class"]).value,
        steps=steps,
        since=entry["since"],
        basis=entry["basis"],
        unit=entry.get("unit", ""),
        kind=entry.get("kind", ""),
    )


def _role(text: str) -> str:
    if text not in SIGNERS:
        raise ValueError(f"不能以“{text}”身份审签")
    return text
