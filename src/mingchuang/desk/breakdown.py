"""The 责任分解表 of a notice as it stands in the ledger: with what clerks corrected, split and merged."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from mingchuang import reading
from mingchuang.core import files
from mingchuang.ledger import queries
from mingchuang.ledger.models import Duty, DutyOwner, Measure, Notice
from mingchuang.reading import model
from mingchuang.reading.breakdown_sheet import write_sheet


def sheet(notice: Notice) -> bytes:
    """The XLSX, A4 landscape, as offices circulate it."""
    read = reading.read(files.read(notice.source_id), notice.source_name)
    duties = queries.readings().filter(notice=notice).order_by("order", "pk")
    standing = tuple(_duty(duty) for duty in duties.prefetch_related("owners", "measures", "subtasks"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "breakdown.xlsx"
        write_sheet(dataclasses.replace(read, duties=standing), path)
        return path.read_bytes()


def _duty(duty: Duty) -> model.Duty:
    """A duty of the ledger in the reader's terms; a text that a clerk rewrote stands for its subtasks."""
    rewritten = "text" in duty.corrected
    subtasks = [] if rewritten else [row for row in duty.subtasks.all() if not row.struck]
    return model.Duty(
        ref=duty.ref,
        heading=duty.heading or None,
        text="".join(duty.text.split()),
        span=(duty.start, duty.end),
        assignments=tuple(_assignments(duty)),
        suggested_units=tuple(duty.suggested),
        subtasks=tuple(model.Subtask(row.text, _span(row)) for row in subtasks),
        measures=(*_measures(duty), *_deadline(duty)),
    )


def _assignments(duty: Duty) -> Iterable[model.Assignment]:
    rows = sorted((row for row in duty.owners.all() if not row.struck), key=lambda row: (row.group, row.pk))
    for _, group in groupby(rows, key=lambda row: row.group):
        owners = list(group)
        mode: Any = owners[0].mode or "joint"
        yield model.Assignment(
            units=tuple(owner.written for owner in owners),
            lead=tuple(owner.written for owner in owners if owner.lead),
            mode="lead" if any(owner.lead for owner in owners) else mode,
            open=any(owner.open for owner in owners),
            raw="、".join(owner.written for owner in owners),
            span=_span(owners[0]),
            governs=(duty.start, duty.end),
        )


def _measures(duty: Duty) -> Iterable[model.Measure]:
    for row in duty.measures.all():
        if row.struck or (row.kind == "deadline" and "due_on" in duty.corrected):
            continue
        kind: Any = row.kind
        comparator: Any = row.comparator or None
        value = tuple(row.value) if isinstance(row.value, list) else row.value
        yield model.Measure(kind, row.text, value, row.unit or None, comparator, _span(row))


def _deadline(duty: Duty) -> Iterable[model.Measure]:
    """The day that a clerk put in place of what was read."""
    if "due_on" in duty.corrected and duty.due_on is not None:
        day = duty.due_on
        words = f"{day.year}年{day.month}月{day.day}日前"
        yield model.Measure("deadline", words, day.isoformat(), None, None, (duty.start, duty.end))


def _span(row: DutyOwner | Measure | Any) -> tuple[int, int]:
    return (row.start or 0, row.end or 0)
