"""The customer's lists as the gate uses them, read from the database once for each version; who changed them when.

Their content is confidential: shown to the roles that may fill them, and to nobody else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final, cast, get_args

from mingchuang.core.models import Event
from mingchuang.core.roles import Role
from mingchuang.norms.machine import load
from mingchuang.reading.gate.lists import (
    EMPTY,
    FORMS,
    NEUTRAL,
    KnownDocument,
    Leader,
    Lists,
    Meeting,
    Row,
    SensitiveWord,
    Slot,
    Term,
    read_list,
)
from mingchuang.records.models import GateList

SLOTS: tuple[Slot, ...] = get_args(Slot)
TITLES: dict[Slot, str] = {slot: FORMS[slot].title for slot in SLOTS}
#: Who fills the lists, and therefore who sees them: two roles, by the machine.
KEEPERS: Final = tuple(Role(role) for role in load(GateList.machine).moves["fill"].roles)


@dataclass(frozen=True, slots=True)
class Current:
    """The lists in use and the digest of their versions."""

    lists: Lists
    digest: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a file did to a list: entries now, how many came and went."""

    entries: int
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class Version:
    """One entry of a list's history: who did what when, and how many entries there were from then on. Counts that an
    older event does not tell are None."""

    number: int
    at: datetime
    who: str
    role: str
    move: str
    entries: int
    added: int | None
    removed: int | None
    note: str


def current() -> Current:
    """The lists in use now. One small query; the content is read again only when a version changed."""
    rows = GateList.objects.filter(standing="in_use").order_by("slot").values_list("slot", "digest")
    versions = tuple((slot, digest) for slot, digest in rows)
    return _read(versions)


def neutral() -> Lists:
    """The invented lists that ship, to try the gate with."""
    told = {slot: read_list(slot, text.encode(), f"{slot}.csv") for slot, text in NEUTRAL.items()}
    return Lists(**told)  # type: ignore[arg-type]


def rows_of(found: GateList) -> tuple[Row, ...]:
    """The entries of a list; none of one that was never filled or was cleared."""
    data = bytes(found.data or b"")
    return read_list(cast(Slot, found.slot), data, found.name, stored=True) if data else ()


def cells(row: Row) -> tuple[str, ...]:
    """An entry as a line of its table, in the order of the slot's columns."""
    if isinstance(row, Leader):
        until = row.until.isoformat() if row.until else ""
        return row.name, row.post, str(row.order), row.since.isoformat(), until
    if isinstance(row, Term):
        return row.field, row.wrong, row.right
    if isinstance(row, KnownDocument):
        lapsed = row.lapsed_on.isoformat() if row.lapsed_on else ""
        return row.number, row.title, "是" if row.is_public else "否", lapsed
    if isinstance(row, SensitiveWord):
        return row.word, row.advice
    return (row.name if isinstance(row, Meeting) else row.number,)


def history(found: GateList) -> Sequence[Version]:
    """Who changed a list when, the newest first; without a word of its content."""
    events = (
        Event.objects.filter(subject_kind=GateList.subject_kind(), subject_id=found.pk)
        .select_related("person", "text")
        .order_by("-seq")
    )
    moves = load(GateList.machine).moves
    return [
        Version(
            number=event.subject_version,
            at=event.recorded_at,
            who=event.person.name if event.person else "系统",
            role=Role(event.role).label,
            move=moves[event.move].title,
            entries=event.data.get("entries", 0),
            added=event.data.get("added", 0) if event.move == "clear" else event.data.get("added"),
            removed=event.data.get("removed"),
            note=event.note,
        )
        for event in events
    ]


@lru_cache(maxsize=4)
def _read(versions: tuple[tuple[str, str], ...]) -> Current:
    digest = hashlib.sha256(repr(versions).encode()).hexdigest()
    if not versions:
        return Current(EMPTY, digest)
    told = {}
    for row in GateList.objects.filter(slot__in=[slot for slot, _ in versions]):
        told[row.slot] = read_list(cast(Slot, row.slot), bytes(row.data), row.name, stored=True)
    return Current(Lists(**told), digest)  # type: ignore[arg-type]
