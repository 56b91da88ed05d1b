"""From a reading to rows of the ledger: a notice's head, a duty's characters, its owners, measures and parts.

Nothing here writes: `load` and `reread` do.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from mingchuang import reading
from mingchuang.core.units import Directory
from mingchuang.ledger.matching import fingerprint
from mingchuang.ledger.models import Duty, DutyOwner, Measure, Notice, Subtask
from mingchuang.norms.outcome import Issue, Refused
from mingchuang.norms.wording import book_title
from mingchuang.reading.model import Duty as ReadDuty
from mingchuang.reading.model import Reading

# A notice has dozens of duties, a province's whole breakdown some hundreds; each costs an event under the one lock of
# the chain, so a file with many more would hold everybody up and is certainly no 工作要点.
MOST_DUTIES: Final = 1000


def read_file(data: bytes, name: str) -> Reading:
    """Read a file. Raises `Refused` when it can't be read, holds no duty, or more than any 工作要点 has."""
    try:
        read = reading.read(data, name)
    except reading.Unreadable as error:
        raise Refused([Issue("ledger.unreadable", str(error), field="file")]) from error
    if not read.duties:
        raise Refused(
            [
                Issue(
                    "ledger.no_duty",
                    f"{book_title(read.title or name)}里没有读到任务，请核对是不是工作要点的正文。",
                    field="file",
                )
            ]
        )
    if len(read.duties) > MOST_DUTIES:
        message = f"读出 {len(read.duties)} 项任务，超过 {MOST_DUTIES} 项；请核对是不是工作要点，需要的请拆开载入。"
        raise Refused([Issue("ledger.too_many", message, field="file")])
    return read


def take_head(notice: Notice, read: Reading) -> None:
    """What the document says of itself."""
    plain = dict(read.to_json())
    notice.text = str(plain.pop("text"))
    notice.reading = plain
    notice.title = (read.title or "")[:300]
    notice.issuer = (read.issuer or "")[:200]
    notice.number = (read.number or "")[:80]
    notice.issued_on = read.date


def take_text(duty: Duty, order: Decimal, found: ReadDuty) -> None:
    """Place and characters of a duty as they were read; a heading that a clerk corrected is left alone."""
    duty.order = order
    duty.ref = duty.read_ref = found.ref[:60]
    duty.read_print = fingerprint(found.text)
    if "heading" not in duty.corrected:
        duty.heading = (found.heading or "")[:300]
    duty.text = found.text
    duty.start, duty.end = found.span
    duty.suggested = list(found.suggested_units)


def day_of(found: ReadDuty) -> date | None:
    """The last day that a duty names, or None."""
    days = [m.value for m in found.measures if m.kind == "deadline" and isinstance(m.value, str)]
    return date.fromisoformat(max(days)) if days else None


def subtasks(duty: Duty, found: ReadDuty) -> list[Subtask]:
    """The sentences at which a 责任分解表 works: rows not yet written."""
    return [Subtask(duty=duty, text=s.text, start=s.span[0], end=s.span[1]) for s in found.subtasks]


def owners(duty: Duty, found: ReadDuty, directory: Directory) -> list[DutyOwner]:
    """Who owes a duty by its responsibility clauses: rows not yet written."""
    rows = []
    for group, clause in enumerate(found.assignments):
        for written in clause.units:
            meant = directory.find(written)
            start, end = _place(duty.notice.text, written, clause.span)
            rows.append(
                DutyOwner(
                    duty=duty,
                    written=written[:200],
                    unit=meant.unit,
                    collective=meant.collective,
                    lead=written in clause.lead,
                    mode=clause.mode,
                    group=group,
                    open=clause.open,
                    start=start,
                    end=end,
                )
            )
    return rows


def _place(text: str, written: str, span: tuple[int, int]) -> tuple[int, int]:
    """Where a name stands inside its clause, white space aside; the whole clause when it can't be told."""
    kept = [place for place in range(*span) if not text[place].isspace()]
    at = "".join(text[place] for place in kept).find(written)
    return (kept[at], kept[at + len(written) - 1] + 1) if at >= 0 else span


def measures(duty: Duty, found: ReadDuty) -> list[Measure]:
    """What measures a duty: rows not yet written."""

    def value(raw: Any) -> Any:
        return list(raw) if isinstance(raw, tuple) else raw

    return [
        Measure(
            duty=duty,
            kind=m.kind,
            text=m.text[:300],
            value=value(m.value),
            unit=(m.unit or "")[:30],
            comparator=m.comparator or "",
            start=m.span[0],
            end=m.span[1],
        )
        for m in found.measures
    ]
