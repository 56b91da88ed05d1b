"""Reading the ledger. `public()` is the one definition of what citizens may see of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from mingchuang.core.models import CollectiveMember, Event, Unit
from mingchuang.core.units import Directory
from mingchuang.ledger.models import Duty, DutyOwner, Evidence, Measure, Notice, Subtask
from mingchuang.records.models import Record

# What citizens read; the office's own words stand in the machine.
PUBLIC_PROGRESS = {"done": "已完成", "in_progress": "推进中", "planned": "计划中"}
OVERDUE = "逾期"


def readings() -> QuerySet[Duty]:
    """What stands in the ledger, checked or still to be checked: not split up, not merged away, not missing from the
    last reading, of a notice not void."""
    return Duty.objects.exclude(confirmation="superseded").exclude(notice__progress="void").filter(missing=False)


def live() -> QuerySet[Duty]:
    """Duties that count: those of `readings` that somebody has checked. What nobody has checked binds nobody."""
    return readings().filter(confirmation="confirmed")


def public() -> QuerySet[Duty]:
    """The duties that citizens may see: live ones of a published ledger."""
    return live().filter(notice__progress="published")


def public_notices() -> QuerySet[Notice]:
    """The notices whose ledger citizens may see."""
    return Notice.objects.filter(progress="published")


def public_evidence() -> QuerySet[Evidence]:
    """Accepted proofs; a record that was withdrawn since proves nothing in public."""
    return Evidence.objects.filter(standing="accepted").filter(Q(record=None) | Q(record__visibility="public"))


def overdue(day: date) -> QuerySet[Duty]:
    """Live duties whose day has passed and that are not done: computed, never stored."""
    return live().filter(due_on__lt=day).exclude(progress="done")


def same_number(notice: Notice) -> QuerySet[Notice]:
    """Other notices, not void, with the 文号 of this one; none for a notice without."""
    if not notice.number:
        return Notice.objects.none()
    return Notice.objects.filter(number=notice.number).exclude(progress="void").exclude(pk=notice.pk)


def published_as(notice: Notice) -> QuerySet[Record]:
    """The public records that a notice may have been published as: those of its 文号; none for a notice without."""
    if not notice.number:
        return Record.objects.none()
    return Record.objects.filter(visibility="public", published__doc_number=notice.number).order_by("-id")


def without_owner() -> QuerySet[Duty]:
    """Readings that nobody owes yet: no owner, or only names that nobody has been found for."""
    known = DutyOwner.objects.filter(duty=OuterRef("pk"), struck=False).exclude(unit=None, collective=None)
    return readings().filter(~Exists(known))


def owing(units: Collection[int], day: date) -> Exists:
    """The condition that one of these units (keys) owes a duty on a day: by name, or through a collective."""
    groups = CollectiveMember.objects.on(day).filter(unit_id__in=units).values("collective_id")
    rows = DutyOwner.objects.filter(duty=OuterRef("pk"), struck=False)
    return Exists(rows.filter(Q(unit_id__in=units) | Q(collective_id__in=groups)))


def owed_by(unit: Unit, day: date) -> QuerySet[Duty]:
    """Live duties that a unit owes on a day, by its own name or through a collective that it belonged to."""
    return live().filter(owing([unit.pk], day))


def owes(unit: Unit, duty: Duty, day: date) -> bool:
    """Whether the duty is one of the unit's on that day, checked or not."""
    return Duty.objects.filter(owing([unit.pk], day), pk=duty.pk).exists()


def units_of(duty: Duty, day: date) -> tuple[Unit, ...]:
    """All units that owe a duty on a day, collectives expanded, in 编制序列, each once."""
    directory = Directory.on(day)
    found: dict[int, Unit] = {}
    for row in duty.owners.filter(struck=False).select_related("unit", "collective"):
        members = directory.members(row.collective) if row.collective else (row.unit,) if row.unit else ()
        found.update({unit.pk: unit for unit in members})
    return tuple(unit for pk, unit in directory.units.items() if pk in found)


def by_unit(duties: QuerySet[Duty], day: date) -> list[tuple[Unit, list[Duty]]]:
    """Every unit with those of the duties that it owes on a day, in 编制序列; units without any are left out."""
    directory = Directory.on(day)
    owed: dict[int, list[Duty]] = defaultdict(list)
    rows = DutyOwner.objects.filter(duty__in=duties.order_by(), struck=False)
    seen: set[tuple[int, int]] = set()
    for row in rows.select_related("duty", "unit", "collective").order_by("duty__order"):
        members = directory.members(row.collective) if row.collective else (row.unit,) if row.unit else ()
        for unit in members:
            if (unit.pk, row.duty_id) not in seen:
                seen.add((unit.pk, row.duty_id))
                owed[unit.pk].append(row.duty)
    return [(unit, owed[pk]) for pk, unit in directory.units.items() if pk in owed]


def counts(notice: Notice, day: date) -> dict[str, int]:
    """How many live duties stand where; `overdue` counts those among planned and in progress whose day has passed.

    `unchecked` counts the readings that nobody has checked; they are in none of the other figures.
    """
    rows = list(readings().filter(notice=notice).values_list("confirmation", "progress", "due_on"))
    duties = [(progress, due) for confirmation, progress, due in rows if confirmation == "confirmed"]
    found = {state: sum(1 for progress, _ in duties if progress == state) for state in PUBLIC_PROGRESS}
    late = sum(1 for progress, due in duties if due is not None and due < day and progress != "done")
    return {"total": len(duties), **found, "overdue": late, "unchecked": len(rows) - len(duties)}


def spans(notice: Notice) -> list[tuple[str, int, int]]:
    """Everything found in the notice as (key, start, end), for the page that lights characters up.

    Keys: `duty-<id>`, `owner-<id>`, `measure-<id>`, `subtask-<id>`; spans lie inside the notice's text.
    """
    duties = readings().filter(notice=notice)
    found: list[tuple[str, int | None, int | None]] = []
    found += [(f"duty-{pk}", start, end) for pk, start, end in duties.values_list("pk", "start", "end")]
    for name, model in (("owner", DutyOwner), ("measure", Measure), ("subtask", Subtask)):
        rows = model._default_manager.filter(duty__in=duties, struck=False, start__isnull=False)
        found += [(f"{name}-{pk}", start, end) for pk, start, end in rows.values_list("pk", "start", "end")]
    size = len(notice.text)
    return [(key, a, b) for key, a, b in found if a is not None and b is not None and 0 <= a < b <= size]


def notice_history(notice: Notice) -> QuerySet[Event]:
    """What happened to a notice as a whole, oldest first."""
    events = Event.objects.filter(subject_kind=Notice.subject_kind(), subject_id=notice.pk)
    return events.select_related("person", "unit", "text").order_by("seq")


def history(duty: Duty) -> QuerySet[Event]:
    """What happened to a duty, oldest first; its evidence's events included."""
    proofs = list(duty.evidence.values_list("pk", flat=True))
    mine = Q(subject_kind=Duty.subject_kind(), subject_id=duty.pk)
    theirs = Q(subject_kind=Evidence.subject_kind(), subject_id__in=proofs)
    return Event.objects.filter(mine | theirs).select_related("person", "unit", "text").order_by("seq")


def rows_of(duties: Iterable[Duty], day: date, *, shows_lateness: bool) -> list[dict[str, Any]]:
    """Duties as plain values for a page: owners' names, measures, evidence, and lateness where it may be shown.

    A constant number of queries, whatever the number of duties.
    """
    listed = list(duties)
    keys = [duty.pk for duty in listed]
    owners, measures, proofs = _owners(keys, day), _measures(keys), _proofs(keys)
    return [
        {
            "id": duty.pk,
            "ref": duty.ref,
            "heading": duty.heading,
            "text": duty.text,
            "due_on": duty.due_on,
            "progress": duty.progress,
            "progress_title": PUBLIC_PROGRESS[duty.progress],
            "late": shows_lateness and _is_late(duty, day),
            "owners": owners[duty.pk],
            "measures": measures[duty.pk],
            "evidence": proofs[duty.pk],
        }
        for duty in listed
    ]


def _is_late(duty: Duty, day: date) -> bool:
    """A reading that nobody has checked is never late: its day may have been read wrongly."""
    checked = duty.confirmation == "confirmed"
    return checked and duty.due_on is not None and duty.due_on < day and duty.progress != "done"


def _owners(duties: Sequence[int], day: date) -> Mapping[int, list[dict[str, Any]]]:
    """Who owes each duty, by today's names; a name that nobody is found for as the notice writes it."""
    directory = Directory.on(day)
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in DutyOwner.objects.filter(duty__in=duties, struck=False).select_related("unit", "collective"):
        name = row.collective.name if row.collective else directory.name(row.unit) if row.unit else row.written
        told = {"name": name, "written": row.written, "lead": row.lead, "open": row.open}
        found[row.duty_id].append({**told, "unit": row.unit.code if row.unit else ""})
    return found


def _measures(duties: Sequence[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for measure in Measure.objects.filter(duty__in=duties, struck=False).exclude(kind="vague"):
        found[measure.duty_id].append(measure.text)
    return found


def _proofs(duties: Sequence[int]) -> Mapping[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for proof in public_evidence().filter(duty__in=duties):
        found[proof.duty_id].append(_proof(proof))
    return found


def _proof(proof: Evidence) -> dict[str, Any]:
    address = f"/records/{proof.record_id}/" if proof.record_id else proof.url
    return {
        "title": proof.title,
        "happened_on": proof.happened_on,
        "url": address,
        "file": proof.file_id,
        "name": proof.file_name,
    }
