"""Deadlines and dated duties as rows of one list: what, whose, until when, and the page on which to act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from mingchuang.core.models import Deadline
from mingchuang.core.units import Directory
from mingchuang.desk import due_marks
from mingchuang.ledger import queries as ledger
from mingchuang.ledger.models import Duty
from mingchuang.records.models import Catalogue, Record
from mingchuang.ui.due import DueMark


@dataclass(frozen=True, order=True)
class DueRow:
    """One thing that is owed; sorts by its day."""

    due: date
    title: str = field(compare=False)
    address: str = field(compare=False)
    sort: str = field(compare=False)
    owners: str = field(compare=False)
    mark: DueMark = field(compare=False)


def of_deadlines(rows: Iterable[Deadline], today: date) -> list[DueRow]:
    """Deadlines of law, each with its clock's explanation."""
    directory = Directory.on(today)
    found = []
    for row in rows:
        mark = due_marks.of_deadline(row, today)
        owner = directory.short_name(row.unit_id) if row.unit_id else ""
        found.append(DueRow(mark.due, row.title, _address(row), row.limit or "写明的日期", owner, mark))
    return found


def _address(row: Deadline) -> str:
    pages = {Record.subject_kind(): f"/desk/records/{row.about_id}/", Catalogue.subject_kind(): "/desk/catalogue/"}
    return pages.get(row.about_kind, "")


def of_duties(rows: Iterable[Duty], today: date) -> list[DueRow]:
    """Duties of work plans that name a day."""
    listed = list(rows)
    known = ledger.rows_of(listed, today, shows_lateness=True)
    found = []
    for duty, row in zip(listed, known, strict=True):
        mark = due_marks.of_day(duty.due_on, today, done=duty.progress == "done")
        if mark is None or duty.due_on is None:
            continue
        owners = "、".join(owner["name"] for owner in row["owners"]) or "没有责任单位"
        found.append(DueRow(duty.due_on, str(duty), f"/desk/ledger/duties/{duty.pk}/", "要点任务", owners, mark))
    return found
