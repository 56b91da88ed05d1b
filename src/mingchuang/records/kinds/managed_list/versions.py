"""The version before: which record it is, what it held, and what this one changes, as the public page shows it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingchuang.records import queries, references, tables
from mingchuang.records.fields import day_words
from mingchuang.records.kind import FurtherTable, Reference, Table
from mingchuang.records.kinds.managed_list.difference import Difference, difference
from mingchuang.records.kinds.managed_list.models import ListVersion

PREVIOUS = Reference(forward="上一版清单", back="更新后的清单", kinds=("managed_list",))


@dataclass(frozen=True, slots=True)
class Version:
    """A public version of a list."""

    record: int
    index_number: str
    formed_on: datetime.date | None
    rows: tuple[Mapping[str, Any], ...]


def before(number: str, record: int, table: Table) -> Version | None:
    """The public version that this number names, other than the record itself; None where there is none."""
    found = references.public_named(number, PREVIOUS).exclude(pk=record).order_by("-published_on", "-id")
    row = found.values("pk", "index_number", "published_id", "published__formed_on").first()
    if row is None:
        return None
    matters = tables.rows_of(row["published_id"], table)
    return Version(row["pk"], row["index_number"] or "", row["published__formed_on"], matters)


def latest(list_type: str, list_name: str, unit: int, record: int) -> str:
    """索引号 of the newest public version of this list by this unit, other than the record itself; empty for none."""
    texts = ListVersion.objects.filter(list_type=list_type, list_name=list_name).values("pk")
    found = queries.public().filter(kind="managed_list", unit=unit, published_id__in=texts).exclude(pk=record)
    number = found.order_by("-published_on", "-id").values_list("index_number", flat=True).first()
    return number or ""


def changes(values: Mapping[str, Any], record: int, table: Table) -> Sequence[FurtherTable]:
    """What came, went and was adjusted since the version before; nothing where none is named or public."""
    earlier = before(values["previous"], record, table) if values["previous"] else None
    if earlier is None:
        return ()
    found = difference(earlier.rows, values["matters"])
    label = f"与上一版（{day_words(earlier.formed_on)}）相比：{counted(found)}"
    return (FurtherTable(label, ("变化", "编码", "名称", "说明"), tuple(_lines(found, table))),)


def counted(found: Difference) -> str:
    """新增1项、取消1项、保留2项（其中调整1项）."""
    adjusted = f"（其中调整{len(found.adjusted)}项）" if found.adjusted else ""
    return f"新增{len(found.added)}项、取消{len(found.removed)}项、保留{len(found.kept)}项{adjusted}"


def _lines(found: Difference, table: Table) -> Iterator[tuple[str, ...]]:
    """(what happened, code, name, which columns were adjusted) of every matter of either version."""
    yield from (("新增", row["code"], row["name"], "") for row in found.added)
    yield from (("取消", row["code"], row["name"], "") for row in found.removed)
    for one in found.kept:
        labels = "、".join(column.label for column in table.columns if column.name in one.changed)
        word, what = ("调整", f"调整：{labels}") if labels else ("保留", "")
        yield word, one.after["code"], one.after["name"], what
