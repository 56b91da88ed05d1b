"""What the page of a notice shows beside its text: its duties, figures that are links, warnings, what may be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from mingchuang.core import access
from mingchuang.core.models import Person
from mingchuang.core.roles import Role
from mingchuang.desk.acting import holds
from mingchuang.desk.record_actions import Action
from mingchuang.ledger import queries
from mingchuang.ledger.models import Duty, Notice

HERE: Final = "/desk/ledger/"

#: Which duties the page shows on the right: its figures are links to these.
SHOWN: Mapping[str, tuple[str, Callable[[Duty, dict[str, Any], date], bool]]] = {
    "": ("全部", lambda duty, row, today: True),
    "checked": ("任务", lambda duty, row, today: _counts(duty)),
    "done": ("已完成", lambda duty, row, today: _counts(duty) and duty.progress == "done"),
    "in_progress": ("推进中", lambda duty, row, today: _counts(duty) and duty.progress == "in_progress"),
    "planned": ("未启动", lambda duty, row, today: _counts(duty) and duty.progress == "planned"),
    "overdue": ("逾期", lambda duty, row, today: bool(row["late"])),
    "unchecked": ("待核对", lambda duty, row, today: duty.confirmation == "read"),
    "ownerless": ("没有责任单位", lambda duty, row, today: not row["owners"]),
}


def _counts(duty: Duty) -> bool:
    """As in `queries.counts`: what nobody has checked counts nowhere but among the unchecked."""
    return duty.confirmation == "confirmed"


def headline(duties: Mapping[int, Duty], rows: Sequence[dict[str, Any]], shown: str) -> str:
    """What stands above the duties that are shown: how many count, and how many are still to be checked."""
    if shown in SHOWN and shown:
        return f"{SHOWN[shown][0]}　{len(rows)} 项"
    counted = sum(1 for duty in duties.values() if _counts(duty))
    waiting = sum(1 for duty in duties.values() if duty.confirmation == "read")
    return f"任务　{counted} 项" + (f"，待核对 {waiting} 项" if waiting else "")


def duties_of(person: Person, found: Notice) -> QuerySet[Duty]:
    """The duties of a notice in its order with what belongs to them: those still to be checked only for its editors."""
    readings = queries.readings() if access.may(person, found, "edit") else queries.live()
    duties = readings.filter(notice=found).order_by("order", "pk")
    return duties.prefetch_related("owners", "measures", "subtasks")


def named_spans(found: Notice, duties: Mapping[int, Duty]) -> list[tuple[str, int, int]]:
    """The spans of what the right side names: every lit place must lead back to its field."""
    named = {f"duty-{pk}" for pk in duties}
    for duty in duties.values():
        named |= {f"owner-{row.pk}" for row in duty.owners.all()}
        named |= {f"measure-{row.pk}" for row in duty.measures.all() if row.kind != "vague"}
    return [span for span in queries.spans(found) if span[0] in named]


def figures(
    found: Notice, duties: Mapping[int, Duty], rows: Sequence[dict[str, Any]], today: date
) -> list[tuple[int, str, str, str]]:
    """(number, words, its list, tone): each opens the duties that it counts."""
    tones = {"overdue": "alarm", "unchecked": "attention", "ownerless": "attention"}
    made = []
    for key, (title, wanted) in SHOWN.items():
        number = sum(1 for row in rows if wanted(duties[row["id"]], row, today))
        if key and (number or key not in tones):
            made.append((number, title, f"{HERE}{found.pk}/?show={key}#duties", tones.get(key, "")))
    return made


def warnings(found: Notice) -> tuple[list[dict[str, str]], list[tuple[str, int, int]]]:
    """The reader's warnings with the keys under which their characters light up, and those spans."""
    told, spans = [], []
    for number, warning in enumerate(found.reading.get("warnings", []), 1):
        span = warning.get("span")
        key = f"warning-{number}" if span and span[0] < span[1] else ""
        if key:
            spans.append((key, span[0], span[1]))
        told.append({"message": str(warning["message"]), "key": key})
    return told, spans


def actions(person: Person, found: Notice) -> tuple[Action | None, list[Action]]:
    """The first thing to do with a notice, and the others."""
    here = f"{HERE}{found.pk}/"
    if found.progress == "void":
        again = access.may(person, found, "restore")
        return None, [Action("恢复", f"{here}decide/restore/")] if again else []
    if not access.may(person, found, "edit"):
        return None, []
    tie = "改为关联别的公开文件" if found.record_id else "关联公开的文件"
    others = [Action("再次识别", f"{here}reread/", post=True), Action(tie, f"{here}record/")]
    if found.progress == "loaded":
        others.insert(0, Action("逐项核对无误，全部确认", f"{here}confirm-all/", post=True))
    if holds(person, Role.OFFICE):
        others += _of_office(found, here)
    return _first(person, found, here), others


def _first(person: Person, found: Notice, here: str) -> Action | None:
    waiting = found.duties.filter(confirmation="read", missing=False).exists()
    if found.progress == "loaded" and not waiting:
        return Action("核对完毕", f"{here}decide/confirm/", post=True)
    if found.progress == "confirmed" and holds(person, Role.OFFICE):
        return Action("向社会公开落实情况", f"{here}decide/publish/", post=True)
    return None


def _of_office(found: Notice, here: str) -> list[Action]:
    """What only 政务公开办 decides."""
    late = found.lateness == "internal"
    told = ("公开逾期情况", "show-lateness") if late else ("不再公开逾期情况", "hide-lateness")
    made = [Action(told[0], f"{here}decide/{told[1]}/")]
    if found.progress == "published":
        made.append(Action("撤下落实情况", f"{here}decide/withdraw/", tone="alarm"))
    return [*made, Action("作废", f"{here}decide/void/", tone="alarm")]
