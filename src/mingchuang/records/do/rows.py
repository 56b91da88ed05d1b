"""Rows held for an act, and numbers that are given once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import F

from mingchuang.core.subject import Subject
from mingchuang.norms.outcome import Issue, Refused
from mingchuang.records.kind import Table
from mingchuang.records.models import Posting, Record, Revision, Series

_BATCH = 500
Row = TypeVar("Row", Record, Revision, Posting)


def locked(row: Row) -> Row:
    """The row as it is now, held until the transaction ends. Raises Refused when it is gone."""
    related: dict[type[Subject], tuple[str, ...]] = {
        Record: ("unit",),
        Revision: ("record__unit",),
        Posting: ("revision__record__unit",),
    }
    model: Any = type(row)
    fresh = (
        model._base_manager.select_for_update(of=("self",)).select_related(*related[model]).filter(pk=row.pk).first()
    )
    if fresh is None:
        raise Refused([Issue("records.gone", f"这条{row.subject_title}已不存在。")])
    return fresh  # type: ignore[no-any-return]


def next_number(key: str) -> int:
    """The next number of a series, never given before; the series is held until the transaction ends."""
    Series.objects.get_or_create(key=key)
    Series.objects.filter(key=key).update(last=F("last") + 1)
    return Series.objects.values_list("last", flat=True).get(key=key)


def hold_series(key: str) -> None:
    """Nobody else draws from this series, nor gives or explains a number of it, until the transaction ends."""
    Series.objects.get_or_create(key=key)
    Series.objects.select_for_update().get(key=key)


def rewrite_table(revision: Revision, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put these rows in the place of all that stand there. The caller holds the lock and writes the event."""
    manager = table.model._default_manager
    manager.filter(revision=revision).delete()
    made = [table.model(revision=revision, order=number, **row) for number, row in enumerate(rows, 1)]
    manager.bulk_create(made, batch_size=_BATCH)
