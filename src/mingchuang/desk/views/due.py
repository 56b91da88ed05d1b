"""Deadlines of one's units (of all units for those who look after the whole): overdue, near, later."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from mingchuang.core import access, now
from mingchuang.core.models import Deadline, Person, Unit
from mingchuang.core.units import Directory
from mingchuang.desk.acting import person_of
from mingchuang.desk.due_rows import DueRow, of_deadlines, of_duties
from mingchuang.desk.frame import desk_view, show
from mingchuang.desk.waiting import horizon
from mingchuang.ledger import queries as ledger
from mingchuang.ledger.models import Duty

HERE = "/desk/due/"
MOST = 200


@desk_view
@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """Every open deadline in reach with its explanation, and every duty that names a day."""
    person = person_of(request)
    today = now.today()
    directory = Directory.on(today)
    asked = request.GET.get("unit", "")
    unit = Unit.objects.filter(code=asked).first() if asked else None
    rows = _rows(person, unit)
    near = horizon(today)
    context = {
        "groups": [
            ("overdue", "已逾期", [row for row in rows if row.due < today]),
            ("near", "快到期", [row for row in rows if today <= row.due <= near]),
            ("later", "以后到期", [row for row in rows if row.due > near]),
        ],
        "near_day": near,
        "units": _units(person, directory),
        "asked": asked,
        "total": len(rows),
        "most": MOST,
    }
    return show(request, "desk/due/due.html", "期限", context, current=HERE)


def _rows(person: Person, unit: Unit | None) -> list[DueRow]:
    today = now.today()
    deadlines = access.visible(person, Deadline).order_by("due", "pk")
    duties = (access.visible(person, Duty) & ledger.live()).filter(due_on__isnull=False).exclude(progress="done")
    if unit is not None:
        deadlines = deadlines.filter(unit=unit)
        duties = duties.filter(pk__in=ledger.owed_by(unit, today).values("pk"))
    duties = duties.select_related("notice").order_by("due_on", "pk")
    return sorted([*of_deadlines(deadlines[:MOST], today), *of_duties(duties[:MOST], today)])


def _units(person: Person, directory: Directory) -> list[tuple[str, str]]:
    """(code, name) of the units that owe something in reach."""
    rows: Any = access.visible(person, Deadline)
    pks = set(rows.order_by().values_list("unit_id", flat=True).distinct())
    return [(unit.code, directory.name(unit)) for pk, unit in directory.units.items() if pk in pks]
