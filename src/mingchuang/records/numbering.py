"""Sequences of 索引号: who holds which number, and every number that nobody holds with its reason.

A sequence is one 目录编号 (what stands before the slash) in one year. Numbers made by rule run from 1 to the counter of
`models.Series`; of numbers that other systems gave, what lies between the lowest and the highest known here is looked
at. Nothing is stored but the explanations of gaps (`models.NumberGap`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from mingchuang.core.models import Unit
from mingchuang.norms import indexnumber
from mingchuang.records.models import NumberGap, Record, Series

#: State of a run of numbers → what it is called.
STATES = {
    "public": "已公开",
    "withdrawn": "已撤下",
    "given": "已登记，待公开",
    "discarded": "稿件作废",
    "explained": "缺号，已说明",
    "open": "缺号，未说明",
}
GAPS = ("discarded", "explained", "open")
_HELD = ("id", "index_number", "given_number", "number_source", "visibility", "current_id", "unit_id")


@dataclass(frozen=True, slots=True)
class Run:
    """Numbers `first` to `last` (often one) in one state; `record` holds it, or `gap` explains it."""

    first: int
    last: int
    width: int
    state: str
    record: int | None = None
    source: str = ""
    gap: NumberGap | None = None

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def serials(self) -> str:
        """As they are written: 00007, 00007 至 00009."""
        one = f"{self.first:0{self.width}d}"
        return one if self.count == 1 else f"{one} 至 {self.last:0{self.width}d}"


@dataclass(frozen=True, slots=True)
class Numbers:
    """A sequence: `made` is how far the rule has counted (0: numbers of other systems), `units` who holds of it."""

    org: str
    year: int
    made: int
    units: tuple[int, ...]
    runs: tuple[Run, ...]

    def count(self, *states: str) -> int:
        """How many numbers are in these states."""
        return sum(run.count for run in self.runs if run.state in states)


@dataclass(slots=True)
class _Known:
    made: int = 0
    held: dict[int, Run] = field(default_factory=dict)
    gaps: list[NumberGap] = field(default_factory=list)
    units: set[int] = field(default_factory=set)


def series(org: str, year: int) -> str:
    """The key of the counter of a sequence."""
    return f"index/{org}/{year}"


def org_of(unit: Unit) -> str:
    """What stands before the slash in numbers made for a unit: its unified social credit code, or its code."""
    return unit.uscc or unit.code.upper()


def years() -> tuple[int, ...]:
    """The years of which there are numbers, newest first."""
    found = {int(key.rpartition("/")[2]) for key in _counters().values_list("key", flat=True)}
    for text in Record.objects.exclude(given_number=None).values_list("given_number", flat=True):
        number = indexnumber.parse(text or "")
        if number is not None:
            found.add(number.year)
    found |= set(NumberGap.objects.values_list("year", flat=True))
    return tuple(sorted(found, reverse=True))


def of_year(year: int) -> tuple[Numbers, ...]:
    """Every sequence of a year. Four queries."""
    known: dict[str, _Known] = defaultdict(_Known)
    for key, last in _counters().filter(key__endswith=f"/{year}").values_list("key", "last"):
        known[_org_of_key(key)].made = last
    inside = Q(index_number__contains=f"/{year}-") | Q(given_number__contains=f"/{year}-")
    _hold(known, Record.objects.filter(inside), year)
    for gap in NumberGap.objects.filter(year=year):
        known[gap.org].gaps.append(gap)
    return tuple(_numbers(org, year, one) for org, one in sorted(known.items()))


def sequence(org: str, year: int) -> Numbers | None:
    """One sequence; None when nothing of it is known. Three queries."""
    known: dict[str, _Known] = {org: _Known()}
    one = known[org]
    one.made = _counters().filter(key=series(org, year)).values_list("last", flat=True).first() or 0
    inside = Q(index_number__startswith=f"{org}/{year}-") | Q(given_number__startswith=f"{org}/{year}-")
    _hold(known, Record.objects.filter(inside), year)
    one.gaps = list(NumberGap.objects.filter(org=org, year=year))
    return _numbers(org, year, one) if one.made or one.held or one.gaps else None


def holder(number: str) -> Record | None:
    """The record that has a number, or for which it was given."""
    return Record.objects.filter(Q(index_number=number) | Q(given_number=number)).first()


def explained(org: str, year: int, serial: int) -> NumberGap | None:
    """The explanation that covers a number."""
    return NumberGap.objects.filter(org=org, year=year, first__lte=serial, last__gte=serial).first()


def _counters() -> Any:
    return Series.objects.filter(key__startswith="index/", last__gt=0)


def _org_of_key(key: str) -> str:
    return key.removeprefix("index/").rpartition("/")[0]


def _hold(known: dict[str, _Known], records: Any, year: int) -> None:
    for row in records.values(*_HELD):
        text = row["index_number"] or row["given_number"]
        org, _, rest = text.partition("/")
        told_year, _, serial = rest.partition("-")
        if told_year != str(year) or not serial.isdecimal():
            continue
        one = known[org]
        one.units.add(row["unit_id"])
        state = _state(row)
        one.held[int(serial)] = Run(int(serial), int(serial), len(serial), state, row["id"], row["number_source"])


def _state(row: dict[str, Any]) -> str:
    if row["visibility"] == Record.Visibility.PUBLIC:
        return "public"
    if row["visibility"] == Record.Visibility.WITHDRAWN:
        return "withdrawn"
    return "given" if row["current_id"] is not None else "discarded"


def _numbers(org: str, year: int, one: _Known) -> Numbers:
    return Numbers(org, year, one.made, tuple(sorted(one.units)), tuple(_runs(one)))


def _runs(one: _Known) -> Iterator[Run]:
    """In order; what nobody holds between the first and the last number that is spent is a gap."""
    width = next((run.width for run in one.held.values()), 5)
    told = [Run(gap.first, gap.last, width, "explained", gap=gap) for gap in one.gaps]
    spent = sorted([*one.held.values(), *told], key=lambda run: run.first)
    at = 1 if one.made else spent[0].first if spent else 1
    end = one.made or (spent[-1].last if spent else 0)
    for run in spent:
        if at < run.first and at <= end:
            yield Run(at, min(run.first - 1, end), width, "open")
        yield run
        at = max(at, run.last + 1)
    if at <= end:
        yield Run(at, end, width, "open")


def titles(runs: Iterable[Run]) -> dict[int, str]:
    """Record → what its last text is called, for the records of some runs."""
    keys = {run.record for run in runs if run.record is not None}
    found = Record.objects.filter(pk__in=keys).prefetch_related("revisions")
    return {one.pk: max(one.revisions.all(), key=lambda text: text.ordinal).title for one in found}
