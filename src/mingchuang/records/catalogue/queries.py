"""Reading the catalogue: the version in force on a day, its rows as items, what may be filed under which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from mingchuang.core.models import Unit
from mingchuang.core.units import Directory
from mingchuang.reading.catalogue import Difference, Element, Item, difference, words_of
from mingchuang.reading.catalogue.time_limit import parse
from mingchuang.records.models import Catalogue, CatalogueElement, CatalogueItem, CatalogueRow


def in_force(day: date) -> Catalogue | None:
    """The version in force on a day, or None."""
    holding = Catalogue.objects.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gt=day))
    return holding.exclude(standing="").order_by("-number").first()


def public(day: date) -> Catalogue | None:
    """The catalogue that citizens see: the one in force."""
    return in_force(day)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a version: its key, its item's key, what it says, and the rule that its time follows."""

    id: int
    item_id: int
    order: int
    item: Item
    applied_rule: str

    @property
    def words(self) -> Mapping[str, str]:
        """Every column as a person reads it."""
        return words_of(self.item)


def entries(catalogue: Catalogue) -> tuple[Entry, ...]:
    """The rows of a version in their order: two queries, however many there are."""
    return _entries(catalogue.rows.all())


def entry(pk: int) -> Entry | None:
    """One row of any version."""
    return next(iter(_entries(CatalogueRow.objects.filter(pk=pk))), None)


def items(catalogue: Catalogue) -> tuple[Item, ...]:
    """What a version says, as it was accepted."""
    return tuple(found.item for found in entries(catalogue))


def compare(old: Catalogue, new: Catalogue) -> Difference:
    """What changed from one version to another."""
    return difference(items(old), items(new))


def _entries(rows: QuerySet[CatalogueRow]) -> tuple[Entry, ...]:
    elements: dict[int, list[Element]] = defaultdict(list)
    found = CatalogueElement.objects.filter(row__in=rows).order_by("row_id", "order")
    for row_id, name, required in found.values_list("row_id", "name", "required"):
        elements[row_id].append(Element(name, required))
    ordered = rows.select_related("item").order_by("catalogue_id", "order")
    return tuple(
        Entry(row.pk, row.item_id, row.order, _item(row, elements[row.pk]), row.applied_rule) for row in ordered
    )


def _item(row: CatalogueRow, elements: Iterable[Element]) -> Item:
    return Item(
        level1=row.item.level1,
        level2=row.item.level2,
        level3=row.item.level3,
        field=row.item.field,
        stage=row.stage,
        elements=tuple(elements),
        basis=tuple(row.basis),
        limit=parse(row.limit),
        organ=row.organ,
        channels=tuple(row.channels),
        other_channel=row.other_channel,
        audience=row.audience,  # type: ignore[arg-type]  # the column holds what the reader gave
        group=row.group,
        mode=row.mode,  # type: ignore[arg-type]
        levels=tuple(row.levels),
        note=row.note,
        kind=row.kind,
        rule=row.rule,
    )


def by_field(found: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Entries by 领域, in the order in which each first occurs."""
    grouped: dict[str, list[Entry]] = {}
    for one in found:
        grouped.setdefault(one.item.field, []).append(one)
    return grouped


def element_names(item: CatalogueItem, day: date) -> tuple[str, ...] | None:
    """The elements that the catalogue in force has for an item, in order; None when it does not have the item."""
    catalogue = in_force(day)
    rows = item.rows.filter(catalogue=catalogue) if catalogue else item.rows.none()
    if catalogue is None or not rows.exists():
        return None
    names = CatalogueElement.objects.filter(row__in=rows).order_by("row__order", "order").values_list("name", flat=True)
    return tuple(dict.fromkeys(names))


def units_of(organ: str, directory: Directory) -> tuple[Unit, ...]:
    """The units that a row's 公开主体 means on the directory's day; none when nobody is found for the name."""
    found = directory.find(organ)
    if found.collective is not None:
        return found.units
    return (found.unit,) if found.unit else ()


def offers(unit: Unit, day: date, *, kind: str = "") -> tuple[Entry, ...]:
    """The items under which a unit may file a record of a kind: those that name the unit (or nobody who is known) and
    that kind (or none). For the choice in the draft form; the unit's own first."""
    catalogue = in_force(day)
    if catalogue is None:
        return ()
    directory = Directory(day)
    own: list[Entry] = []
    open_to_all: list[Entry] = []
    for one in entries(catalogue):
        if kind and one.item.kind not in ("", kind):
            continue
        units = units_of(one.item.organ, directory)
        if unit in units:
            own.append(one)
        elif not units:
            open_to_all.append(one)
    return (*own, *open_to_all)
