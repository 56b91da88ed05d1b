"""Whether the catalogue is carried out: for each item and unit the live records, elements without one, freshness.

Seen as a matrix of unit × field. Nothing is stored; every figure is a count over rows that a page lists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Case, F, When

from mingchuang.core.models import Unit
from mingchuang.core.units import Directory
from mingchuang.norms.rules import rule
from mingchuang.records import queries as records
from mingchuang.records.catalogue import queries
from mingchuang.records.catalogue.queries import Entry
from mingchuang.records.models import Catalogue, CoveredElement

FRESHNESS = "catalogue.freshness"


@dataclass(frozen=True, slots=True)
class Carried:
    """One item as one unit carries it out on a day. `unit` is None where nobody is found for the 公开主体.

    `live` counts public records, `newest` is the last publication (of history: the day of its text); `missing` are
    required elements that no live record makes public; `stale` says that the newest is older than the rule of freshness
    (`fresh_until`) allows.
    """

    entry: Entry
    unit: Unit | None
    live: int
    newest: date | None
    missing: tuple[str, ...]
    fresh_until: date | None
    stale: bool

    @property
    def state(self) -> str:
        """none: no live record; stale; partial: elements missing; full."""
        if not self.live:
            return "none"
        if self.stale:
            return "stale"
        return "partial" if self.missing else "full"


STATES = {"none": "没有公开", "stale": "超过更新间隔", "partial": "要素不全", "full": "已公开"}


@dataclass(slots=True)
class _Live:
    count: int = 0
    newest: date | None = None
    records: set[int] = field(default_factory=set)


def carried(catalogue: Catalogue, day: date) -> tuple[Carried, ...]:
    """Every item of a version by every unit that it names: four queries besides the directory's."""
    directory = Directory(day)
    look = _Look(day, _days(day), _live(), _covered())
    found: list[Carried] = []
    for entry in queries.entries(catalogue):
        units: Iterable[Unit | None] = queries.units_of(entry.item.organ, directory) or (None,)
        found += [_one(entry, unit, look) for unit in units]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Look:
    """What one look at all items needs: the day, the days of freshness, what is live, which elements are covered."""

    day: date
    days: int | None
    live: Mapping[tuple[int, int | None], _Live]
    covered: Mapping[int, set[str]]


def _live() -> Mapping[tuple[int, int | None], _Live]:
    """Live records by (item, unit); by (item, None) those of all units.

    What was public before this system is as old as its text, not as the day on which it was entered here.
    """
    found: dict[tuple[int, int | None], _Live] = defaultdict(_Live)
    first = Case(When(imported=True, then=F("published__formed_on")), default=F("published_on"))
    rows = records.public().filter(item__isnull=False).annotate(first=first)
    for pk, item_id, unit_id, *days in rows.values_list("pk", "item_id", "unit_id", "first", "corrected_on"):
        for key in ((item_id, unit_id), (item_id, None)):
            one = found[key]
            one.count += 1
            one.records.add(pk)
            one.newest = max((day for day in (one.newest, *days) if day is not None), default=None)
    return found


def _covered() -> Mapping[int, set[str]]:
    covered: dict[int, set[str]] = defaultdict(set)
    rows = CoveredElement.objects.filter(record__in=records.public())
    for record_id, name in rows.values_list("record_id", "name"):
        covered[record_id].add(name)
    return covered


def _days(day: date) -> int | None:
    held = rule(FRESHNESS).held(day, settings.MINGCHUANG_REGION)
    return held[0].value if held and isinstance(held[0].value, int) else None


def _one(entry: Entry, unit: Unit | None, look: _Look) -> Carried:
    mine = look.live.get((entry.item_id, unit.pk if unit else None), _Live())
    known = {name for pk in mine.records for name in look.covered.get(pk, ())}
    missing = tuple(element.name for element in entry.item.elements if element.required and element.name not in known)
    # What stands for long (长期) and nothing else does not grow old.
    lasting = {part.kind for part in entry.item.limit.parts} == {"standing"}
    until = mine.newest + timedelta(days=look.days) if mine.newest and look.days and not lasting else None
    return Carried(entry, unit, mine.count, mine.newest, missing, until, until is not None and until < look.day)


@dataclass(frozen=True, slots=True)
class Cell:
    """How a unit stands in a field: items that it owes, and how many of them are in each state."""

    items: int
    states: Mapping[str, int]

    @property
    def open(self) -> int:
        """Items without any live record."""
        return self.states.get("none", 0)


@dataclass(frozen=True, slots=True)
class Matrix:
    """`rows`: (unit, field → cell), in 编制序列; `nobody`: cells of items whose 公开主体 nobody was found for."""

    fields: tuple[str, ...]
    rows: tuple[tuple[Unit, Mapping[str, Cell]], ...]
    nobody: Mapping[str, Cell]


def matrix(found: Iterable[Carried]) -> Matrix:
    """Unit × field out of `carried`."""
    counts: dict[Unit | None, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    fields: dict[str, None] = {}
    for one in found:
        fields.setdefault(one.entry.item.field)
        counts[one.unit][one.entry.item.field][one.state] += 1
    cells = {
        unit: {name: Cell(sum(states.values()), dict(states)) for name, states in by_field.items()}
        for unit, by_field in counts.items()
    }
    units = sorted((unit for unit in cells if unit is not None), key=lambda unit: (unit.order, unit.code))
    return Matrix(tuple(fields), tuple((unit, cells[unit]) for unit in units), cells.get(None, {}))
