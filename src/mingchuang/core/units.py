"""Who is meant by a name on a date: the directory of units, read once and asked many times."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import Final

from mingchuang.core.models import Collective, CollectiveMember, Unit, UnitName, UnitParent, UnitSuccession
from mingchuang.core.one_request import once

_SPACE: Final = re.compile(r"\s+")
_OPEN, _CLOSE = "（", "）"
_BRACKETS: Final = str.maketrans(
    {"(": _OPEN, ")": _CLOSE, "[": _OPEN, "]": _CLOSE, "〔": _OPEN, "〕": _CLOSE, "【": _OPEN, "】": _CLOSE}
)
_GOVERNMENT: Final = "人民政府"
_LEVELS: Final = ("市", "县", "区", "旗", "州", "盟")


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """What a written name means on a day: units, and the collective when it was one.

    One unit: certain. None: unknown. Several without a collective: ambiguous, somebody has to choose.
    """

    written: str
    units: tuple[Unit, ...]
    collective: Collective | None = None

    @property
    def unit(self) -> Unit | None:
        """The unit, when exactly one is meant."""
        return self.units[0] if self.collective is None and len(self.units) == 1 else None


class Directory:
    """All names, parents and collectives of one day. Build it once for a document with a hundred clauses."""

    def __init__(self, day: date) -> None:
        self.day = day

    @classmethod
    def on(cls, day: date) -> Directory:
        """The directory of a day, shared by all who ask within one request."""
        return once(("directory", day), lambda: cls(day))

    @cached_property
    def units(self) -> dict[int, Unit]:
        """Every unit that ever was, by key, in 编制序列."""
        return {unit.pk: unit for unit in Unit.objects.order_by("order", "code")}

    @cached_property
    def _names(self) -> dict[int, dict[str, list[str]]]:
        """Unit → kind of name → names in force on the day."""
        found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for row in UnitName.objects.on(self.day).values("unit_id", "kind", "name"):
            found[row["unit_id"]][row["kind"]].append(row["name"])
        return found

    @cached_property
    def parents(self) -> dict[int, int]:
        """Unit → the unit above it on the day."""
        return dict(UnitParent.objects.on(self.day).values_list("unit_id", "parent_id"))

    @cached_property
    def localities(self) -> tuple[str, ...]:
        """The names of the place itself, from units without a parent: 青铜峡市人民政府 → 青铜峡市."""
        roots = [name for pk in self._names if pk not in self.parents for name in self._names[pk][UnitName.Kind.FULL]]
        return tuple(name.removesuffix(_GOVERNMENT) for name in roots if name.endswith(_GOVERNMENT))

    @cached_property
    def _by_key(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for pk, kinds in self._names.items():
            for names in kinds.values():
                for name in names:
                    for key in self._spellings(name):
                        found[key].add(pk)
        return found

    @cached_property
    def _collectives(self) -> dict[str, Collective]:
        return {
            key: row
            for row in Collective.objects.all()
            for name in (row.name, *row.aliases)
            for key in self._spellings(name)
        }

    def name(self, unit: Unit | int) -> str:
        """The full name on the day; the code of a unit that had none."""
        return self._called(unit, UnitName.Kind.FULL, UnitName.Kind.SHORT)

    def short_name(self, unit: Unit | int) -> str:
        """The short name on the day; the full name of a unit without one."""
        return self._called(unit, UnitName.Kind.SHORT, UnitName.Kind.FULL)

    def _called(self, unit: Unit | int, *kinds: str) -> str:
        pk = unit if isinstance(unit, int) else unit.pk
        names = [name for kind in kinds for name in self._names.get(pk, {}).get(kind, ())]
        return names[0] if names else self.units[pk].code

    def ancestors(self, unit: Unit) -> tuple[int, ...]:
        """The keys of the units above, nearest first; a circle in the data ends where it closes."""
        found: list[int] = []
        above = self.parents.get(unit.pk)
        while above is not None and above not in found and above != unit.pk:
            found.append(above)
            above = self.parents.get(above)
        return tuple(found)

    def descendants(self, unit: Unit) -> tuple[Unit, ...]:
        """All units below, in 编制序列."""
        return tuple(other for other in self.units.values() if unit.pk in self.ancestors(other))

    def find(self, written: str) -> Found:
        """The units meant by a name as it stands in a document: with or without the place's name or 市 before it, with
        a second plate or an explanation in (nested) brackets, or a collective, which is expanded."""
        for key in self._spellings(written):
            if key in self._collectives:
                collective = self._collectives[key]
                return Found(written, self.members(collective), collective)
        for key in self._spellings(written):
            if key in self._by_key:
                return Found(written, self._in_order(self._by_key[key]))
        return Found(written, self._in_order(self._by_parts(written)))

    def members(self, collective: Collective) -> tuple[Unit, ...]:
        """The units of a collective on the day, in 编制序列."""
        rows = CollectiveMember.objects.on(self.day).filter(collective=collective)
        return self._in_order(set(rows.values_list("unit_id", flat=True)))

    def _by_parts(self, written: str) -> set[int]:
        """农业农村局（扶贫办）: what stands before the brackets, and what stands in them, must not contradict."""
        parts = bracket_parts(normal(written))
        if len(parts) < 2:
            return set()
        meanings = [set().union(*(self._by_key.get(key, set()) for key in self._spellings(part))) for part in parts]
        known = [meaning for meaning in meanings if meaning]
        if not meanings[0]:
            return set()
        common = set.intersection(*known)
        return common or set().union(*known)

    def _in_order(self, keys: set[int]) -> tuple[Unit, ...]:
        return tuple(unit for pk, unit in self.units.items() if pk in keys)

    def _spellings(self, written: str) -> tuple[str, ...]:
        """The ways a name may be written, the most literal first: as it is, without the place, without 市."""
        name = normal(written)
        found = [name]
        for place in self.localities:
            bare = name.removeprefix(place)
            level = place[-1:]
            if bare != name:
                found.append(bare)
            elif level in _LEVELS and name.startswith(level):
                found.append(name.removeprefix(level))
        return tuple(dict.fromkeys(key for key in found if key))


def normal(written: str) -> str:
    """One spelling: no white space, one kind of bracket, 政府 for 人民政府."""
    return _SPACE.sub("", written).translate(_BRACKETS).replace(_GOVERNMENT, "政府")


def bracket_parts(name: str) -> tuple[str, ...]:
    """甲（乙（丙））→ 甲, 乙, 丙: the texts at each depth, outermost first; a bracket left open ends with the name."""
    parts = [""]
    stack = [0]
    for sign in name:
        if sign == _OPEN:
            parts.append("")
            stack.append(len(parts) - 1)
        elif sign == _CLOSE:
            if len(stack) > 1:
                stack.pop()
        else:
            parts[stack[-1]] += sign
    return tuple(part for part in parts if part)


def name_of(unit: Unit, day: date) -> str:
    """The full name of one unit on a day; its code when it had none."""
    row = UnitName.objects.on(day).filter(unit=unit, kind=UnitName.Kind.FULL).values_list("name", flat=True).first()
    return row or unit.code


def known_name(unit: Unit, day: date) -> str:
    """The full name on a day; before its first and after its last one the nearest: what people are told names a unit.

    A slip of the pen puts somebody a century before the unit; a code of ours in the refusal would say nothing to them.
    """
    names = UnitName.objects.filter(unit=unit, kind=UnitName.Kind.FULL)
    row = names.on(day).first() or names.filter(since__gt=day).order_by("since").first()
    row = row or names.order_by("-since").first()
    return row.name if row is not None else unit.code


def ancestors(unit: Unit, day: date) -> tuple[int, ...]:
    """The keys of the units above `unit` on a day, nearest first."""
    return Directory.on(day).ancestors(unit)


def find(written: str, day: date) -> Found:
    """One look-up; build a `Directory` for many."""
    return Directory.on(day).find(written)


def successors(unit: Unit, day: date) -> tuple[Unit, ...]:
    """Who had taken over the work of `unit` by `day`, through any number of reorganisations; itself when nobody had."""
    following: dict[int, set[int]] = defaultdict(set)
    for old, new in UnitSuccession.objects.filter(on__lte=day).values_list("predecessor_id", "successor_id"):
        following[old].add(new)
    seen: set[int] = set()
    ends: set[int] = set()
    waiting = [unit.pk]
    while waiting:
        key = waiting.pop()
        if key in seen:
            continue
        seen.add(key)
        if following[key]:
            waiting += following[key]
        else:
            ends.add(key)
    return tuple(Unit.objects.filter(pk__in=ends).order_by("order", "code"))
