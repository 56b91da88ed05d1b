"""Whether every department has at least one project public (青政办发〔2019〕60号 一（四）4: 确保均有项目向社会公开)."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from mingchuang.core.models import Capability, Unit, UnitCapability, UnitParent
from mingchuang.records import queries
from mingchuang.records.kinds.project.models import BudgetProject


@dataclass(frozen=True, slots=True)
class Department:
    """A department with its public projects (keys of their records), those of units beneath it included."""

    code: str
    name: str
    records: tuple[int, ...]

    @property
    def projects(self) -> int:
        return len(self.records)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The departments of a day, in 编制序列, for one budget year. `missing` are those that have no project public."""

    fiscal_year: int
    day: datetime.date
    departments: tuple[Department, ...]

    @property
    def missing(self) -> tuple[Department, ...]:
        return tuple(department for department in self.departments if not department.projects)

    @property
    def complete(self) -> bool:
        """Whether every department has one (and there are departments at all)."""
        return bool(self.departments) and not self.missing


def coverage(fiscal_year: int, day: datetime.date) -> Coverage:
    """Who published projects of that budget year, among the departments that there are on `day`.

    Departments are the administrative organs with a unit above them: the government at the top publishes through its
    departments, and institutions (schools, stations) are their department's. Five queries.
    """
    parents = dict(UnitParent.objects.on(day).values_list("unit_id", "parent_id"))
    organs = set(
        UnitCapability.objects.on(day).filter(capability=Capability.ADMINISTRATIVE).values_list("unit_id", flat=True)
    )
    wanted = Unit.objects.filter(pk__in=organs & parents.keys())
    units = list(wanted.order_by("order", "code").values_list("pk", "code"))
    names = queries.unit_names((pk for pk, _ in units), day)
    counts = _counted(fiscal_year, parents, {pk for pk, _ in units})
    departments = (Department(code, names.get(pk, code), tuple(counts[pk])) for pk, code in units)
    return Coverage(fiscal_year, day, tuple(departments))


def years() -> tuple[int, ...]:
    """The budget years of public projects, newest first."""
    public = queries.public().filter(kind="project").values("published_id")
    found = BudgetProject.objects.filter(pk__in=public, fiscal_year__isnull=False)
    told = found.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    return tuple(year for year in told if year is not None)


def _counted(fiscal_year: int, parents: dict[int, int], departments: set[int]) -> dict[int, list[int]]:
    """Department → public projects of the year by it, or by a unit beneath it that is no department itself."""
    texts = BudgetProject.objects.filter(fiscal_year=fiscal_year)
    found: dict[int, list[int]] = defaultdict(list)
    public = queries.public().filter(kind="project", published_id__in=texts.values("pk"))
    for record, unit in public.order_by("pk").values_list("pk", "unit_id"):
        at: int | None = unit
        seen: set[int] = set()
        while at is not None and at not in departments and at not in seen:
            seen.add(at)
            at = parents.get(at)
        if at in departments and at is not None:
            found[at].append(record)
    return found
