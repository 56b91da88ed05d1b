"""Reading records. `public()` is the one definition of what the public may see.

Everything that a page or the index shows comes as plain values: no model instance is built while baking.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from mingchuang.core import now
from mingchuang.core.models import Unit, UnitName
from mingchuang.norms import docnumber
from mingchuang.records import addresses, paging
from mingchuang.records.kind import kind, kinds
from mingchuang.records.models import Record, Revision, Series

_ROW = (
    *("id", "kind", "validity", "index_number", "year", "published_on", "published_at", "changed_at"),
    *("unit_id", "unit__code", "published__title", "published__doc_number", "published__formed_on"),
    "published__summary",
)


def public() -> QuerySet[Record]:
    """The records that citizens may see."""
    return Record.objects.filter(visibility=Record.Visibility.PUBLIC)


def lasting() -> QuerySet[Record]:
    """The public records whose pages stay. Without those that come down by themselves on a day (公示 with people in
    them): no search engine shall keep them longer."""
    found = public()
    for declared in (declared for declared in kinds().values() if declared.until):
        passing = declared.model._default_manager.filter(**{f"{declared.until}__isnull": False})
        found = found.exclude(published_id__in=passing.values("pk"))
    return found


def tombstones() -> QuerySet[Record]:
    """The records that were taken down: their addresses answer with the reason."""
    return Record.objects.filter(visibility=Record.Visibility.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Row:
    """A public record as a list shows it."""

    id: int
    address: str
    title: str
    doc_number: str
    formed_on: datetime.date | None
    published_on: datetime.date
    published_at: datetime.datetime
    changed_at: datetime.datetime
    summary: str
    index_number: str
    unit_code: str
    unit_name: str
    kind: str
    kind_title: str
    year: int
    validity: str
    validity_title: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list, newest first. `page.newer` and `page.older` are page numbers, 0 the head, None nowhere."""

    page: paging.Page
    rows: tuple[Row, ...]


def newest(limit: int) -> tuple[Row, ...]:
    """The records published last, newest first."""
    return rows(public().order_by("-published_at", "-id")[:limit])


def unit_list(unit_code: str, year: int, page: int = 0) -> Listing | None:
    """A page of a unit's list of a year (0: the head); None when there is no such page."""
    found = _page(unit_series(unit_code, year), page)
    if found is None:
        return None
    inside = public().filter(unit__code=unit_code, year=year, unit_slot__range=(found.slots.first, found.slots.last))
    return Listing(found, rows(inside.order_by("-unit_slot")))


def year_list(year: int, page: int = 0) -> Listing | None:
    """A page of the list of a year (0: the head); None when there is no such page."""
    found = _page(year_series(year), page)
    if found is None:
        return None
    inside = public().filter(year=year, year_slot__range=(found.slots.first, found.slots.last))
    return Listing(found, rows(inside.order_by("-year_slot")))


def unit_series(unit_code: str, year: int) -> str:
    """The series that counts the slots of a unit's list."""
    return f"unit/{unit_code}/{year}"


def year_series(year: int) -> str:
    """The series that counts the slots of a year's list."""
    return f"year/{year}"


def unit_years(unit_code: str) -> tuple[tuple[int, int], ...]:
    """The years in which a unit published, newest first, each with the number of records ever published in it."""
    return _years(f"unit/{unit_code}/")


def years() -> tuple[tuple[int, int], ...]:
    """The years in which anything was published, newest first, each with the number of records ever published."""
    return _years("year/")


def publishing_units() -> tuple[str, ...]:
    """The codes of the units that ever published anything, in their order (编制序列)."""
    keys = Series.objects.filter(key__startswith="unit/").values_list("key", flat=True)
    codes = {key.split("/")[1] for key in keys}
    return tuple(Unit.objects.filter(code__in=codes).order_by("order", "code").values_list("code", flat=True))


def _years(prefix: str) -> tuple[tuple[int, int], ...]:
    found = Series.objects.filter(key__startswith=prefix).values_list("key", "last")
    return tuple(sorted(((int(key.rpartition("/")[2]), last) for key, last in found), reverse=True))


def _page(series: str, number: int) -> paging.Page | None:
    last = Series.objects.filter(key=series).values_list("last", flat=True).first() or 0
    if last == 0:
        return None
    return paging.page(number, last) if number else paging.head(last)


def rows(records: QuerySet[Record]) -> tuple[Row, ...]:
    """The records as lists show them, in their order: two queries, however many there are."""
    found = list(records.values(*_ROW))
    names = unit_names({row["unit_id"] for row in found}, now.today())
    return tuple(_row(row, names) for row in found)


def _row(row: Mapping[str, Any], names: Mapping[int, str]) -> Row:
    return Row(
        id=row["id"],
        address=addresses.record(row["id"]),
        title=row["published__title"],
        doc_number=row["published__doc_number"],
        formed_on=row["published__formed_on"],
        published_on=row["published_on"],
        published_at=row["published_at"],
        changed_at=row["changed_at"],
        summary=row["published__summary"],
        index_number=row["index_number"],
        unit_code=row["unit__code"],
        unit_name=names.get(row["unit_id"], row["unit__code"]),
        kind=row["kind"],
        kind_title=kind(row["kind"]).title,
        year=row["year"],
        validity=row["validity"] if kind(row["kind"]).has_validity else "",
        validity_title=Record.Validity(row["validity"]).label if kind(row["kind"]).has_validity else "",
    )


def unit_names(units: Iterable[int], day: datetime.date) -> dict[int, str]:
    """Unit key → full name on a day; a unit without one is left out."""
    rows = UnitName.objects.on(day).filter(unit_id__in=set(units), kind=UnitName.Kind.FULL)
    return dict(rows.values_list("unit_id", "name"))


def same_number(doc_number: str, *, besides: int | None = None) -> QuerySet[Revision]:
    """Texts at work or public under the same document number, in whatever spelling, of records other than `besides`."""
    known = docnumber.normalise(doc_number)
    spelling = str(known) if known else doc_number
    living = Revision.objects.filter(doc_number=spelling).exclude(progress=Revision.Progress.VOID)
    if not spelling:
        living = living.none()
    if besides is not None:
        living = living.exclude(record_id=besides)
    return living.select_related("record").order_by("record_id", "ordinal")
