"""Units in the desk: the tree on a day, one unit with its history, collectives; the forms that keep them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from mingchuang.core import access, do, now
from mingchuang.core.actor import Actor
from mingchuang.core.capabilities import powers
from mingchuang.core.models import Appointment, Capability, Collective, CollectiveMember, Event, Unit, UnitCapability
from mingchuang.core.units import Directory
from mingchuang.desk.acting import actor_for, holds, person_of
from mingchuang.desk.doors import UNIT_KEEPERS
from mingchuang.desk.form_page import form_page
from mingchuang.desk.forms.units import (
    AbolishForm,
    CapabilitiesForm,
    CollectiveForm,
    JoinForm,
    LeaveForm,
    MoveForm,
    NamesForm,
    NewUnitForm,
    unit_of,
)
from mingchuang.desk.frame import desk_view, show, tell
from mingchuang.desk.history import happening
from mingchuang.ui.context import NavItem

HERE = "/desk/units/"
TABS = (
    NavItem("单位", HERE),
    NavItem("统称", f"{HERE}collectives/"),
    NavItem("人员", f"{HERE}people/"),
)


def tabs_for(may_keep_people: bool) -> list[NavItem]:
    """Accounts are shown to those who keep them."""
    return [tab for tab in TABS if may_keep_people or not tab.address.endswith("people/")]


def asked_day(request: HttpRequest) -> date:
    """`?on=` as a day; today when there is none or it cannot be read."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return now.today()


def address(unit: Unit) -> str:
    return f"{HERE}unit/{unit.code}/"


@dataclass(frozen=True)
class Branch:
    """A unit in the tree with what stands under it."""

    unit: Unit
    name: str
    short: str
    capabilities: str
    below: tuple[Branch, ...]


@desk_view
@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    """All units that existed on a day, under whom they stood, by the names they bore."""
    person = person_of(request)
    day = asked_day(request)
    top = _branches(day)
    context = {
        "day": day,
        "top": top,
        "total": sum(1 for _ in _walk(top)),
        "tabs": tabs_for(bool(access.visible(person, type(person), "keep"))),
        "may_keep": holds(person, *UNIT_KEEPERS),
    }
    return show(request, "desk/units/tree.html", "单位和人员", context, current=HERE)


def _branches(day: date) -> tuple[Branch, ...]:
    directory = Directory.on(day)
    held: dict[int, list[str]] = {}
    for row in UnitCapability.objects.on(day):
        held.setdefault(row.unit_id, []).append(Capability(row.capability).label)
    living = [unit for unit in directory.units.values() if directory.name(unit) != unit.code]

    def under(parent: int | None) -> tuple[Branch, ...]:
        return tuple(
            Branch(
                unit,
                directory.name(unit),
                directory.short_name(unit),
                "、".join(held.get(unit.pk, ())),
                under(unit.pk),
            )
            for unit in living
            if directory.parents.get(unit.pk) == parent
        )

    return under(None)


def _walk(branches: tuple[Branch, ...]) -> Any:
    for branch in branches:
        yield branch
        yield from _walk(branch.below)


def fetch(request: HttpRequest, code: str, verb: str = "see") -> Unit:
    """The unit of that code, or 404."""
    pk = Unit.objects.filter(code=code).values_list("pk", flat=True).first()
    return access.fetch(person_of(request), Unit, pk, verb)


@desk_view
@require_GET
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit on a day: names, place, what it is in law and what follows, collectives, people, history."""
    person = person_of(request)
    found = fetch(request, code)
    day = asked_day(request)
    directory = Directory.on(day)
    held = Appointment.objects.on(day).filter(unit=found).select_related("person")
    events = Event.objects.filter(subject_kind=Unit.subject_kind(), subject_id=found.pk).order_by("seq")
    parent = directory.parents.get(found.pk)
    context = {
        "unit": found,
        "day": day,
        "name_rows": _name_rows(found),
        "parent": (directory.units[parent], directory.name(parent)) if parent is not None else None,
        "below": [(other, directory.name(other)) for other in _children(directory, found)],
        "capabilities": [Capability(row.capability).label for row in UnitCapability.objects.on(day).filter(unit=found)],
        "powers": sorted(power.label for power in powers(found, day)),
        "collectives": CollectiveMember.objects.on(day).filter(unit=found).select_related("collective"),
        "appointments": held.order_by("role", "person__name"),
        "history": [happening(event) for event in events.select_related("person", "unit", "text")],
        "may_keep": access.may(person, found, "keep") and found.existence == "existing",
        "may_keep_people": bool(access.visible(person, type(person), "keep")),
    }
    title = directory.name(found)
    return show(request, "desk/units/unit.html", title, context, current=HERE, crumbs=(("单位和人员", HERE),))


def _name_rows(found: Unit) -> list[list[str]]:
    """Every name that the unit ever bore, for a table."""
    rows = found.names.order_by("kind", "since")
    return [
        [
            row.name,
            row.get_kind_display(),
            row.since.isoformat(),
            row.until.isoformat() if row.until else "现行",
            row.basis,
        ]
        for row in rows
    ]


def _children(directory: Directory, above: Unit) -> list[Unit]:
    return [unit for pk, unit in directory.units.items() if directory.parents.get(pk) == above.pk]


@desk_view
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register a unit."""
    person = person_of(request)
    if not holds(person, *UNIT_KEEPERS):
        raise Http404("只有政务公开办和管理员可以登记单位。")

    def perform(given: dict[str, Any]) -> HttpResponse:
        told = {**given, "parent": unit_of(given["parent"]), "order": given["order"] or 0}
        made = do.create_unit(actor_for(person, Unit, "create"), **told)
        tell(request, f"已登记{given['name']}。")
        return redirect(address(made))

    form = NewUnitForm(request.POST or None)
    return form_page(
        request, form, perform, title="登记单位", button="登记", back=HERE, current=HERE, crumbs=(("单位和人员", HERE),)
    )


@dataclass(frozen=True)
class UnitDeed:
    """A change of a unit: its page's title, its move, its form and what carries it out."""

    title: str
    move: str
    form: Callable[[Unit, Any], forms.Form]
    perform: Callable[[Unit, Actor, dict[str, Any]], None]
    lead: str
    tone: str = ""


def _rename_form(found: Unit, data: Any) -> forms.Form:
    directory = Directory.on(now.today())
    return NamesForm(data, initial={"name": directory.name(found), "short_name": directory.short_name(found)})


def _collective(pk: str) -> Collective:
    return Collective.objects.get(pk=pk)


def _abolish(found: Unit, actor: Actor, given: dict[str, Any]) -> None:
    heirs = [Unit.objects.get(code=code) for code in given["successors"]]
    do.abolish_unit(found, actor, **{**given, "successors": heirs})


DEEDS: Mapping[str, UnitDeed] = {
    "rename": UnitDeed(
        "更名", "rename", _rename_form,
        lambda found, actor, given: do.rename_unit(found, actor, **given),
        "原来的名称保留备查，以前的文件仍显示当时的名称。",
    ),
    "move": UnitDeed(
        "调整隶属", "move", MoveForm,
        lambda found, actor, given: do.move_unit(found, actor, **{**given, "parent": unit_of(given["parent"])}),
        "从生效日期起改由另一单位管理。",
    ),
    "capabilities": UnitDeed(
        "调整性质", "set_capabilities", lambda found, data: CapabilitiesForm(data),
        lambda found, actor, given: do.set_capabilities(found, actor, **given),
        "性质决定是否受理依申请公开、编制年报、可否作为执法主体。",
    ),
    "join": UnitDeed(
        "列入统称", "join_collective", JoinForm,
        lambda found, actor, given: do.join_collective(found, _collective(given.pop("collective")), actor, **given),
        "文件里写这个统称时，从起始日期起包括本单位。",
    ),
    "leave": UnitDeed(
        "退出统称", "leave_collective", LeaveForm,
        lambda found, actor, given: do.leave_collective(found, _collective(given.pop("collective")), actor, **given),
        "退出以前的任务不受影响。",
    ),
    "abolish": UnitDeed(
        "撤并", "abolish", AbolishForm, _abolish, "撤并后不能再任职和起草，历史信息由承接单位负责。", "alarm",
    ),
}  # fmt: skip


@desk_view
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """A dated change of one unit."""
    person = person_of(request)
    found = fetch(request, code, "keep")
    told = DEEDS[deed]

    def perform(given: dict[str, Any]) -> str:
        told.perform(found, actor_for(person, found, told.move), dict(given))
        return f"{told.title}已登记。"

    form = told.form(found, request.POST or None)
    crumbs = (("单位和人员", HERE), (Directory.on(now.today()).name(found), address(found)))
    return form_page(
        request, form, perform, title=told.title, button=told.title, back=address(found), current=HERE,
        crumbs=crumbs, lead=[told.lead], tone=told.tone,
    )  # fmt: skip


@desk_view
@require_GET
def collectives(request: HttpRequest) -> HttpResponse:
    """Every collective with its other spellings and its members on a day."""
    person = person_of(request)
    day = asked_day(request)
    directory = Directory.on(day)
    rows = access.visible(person, Collective)
    context = {
        "day": day,
        "rows": [(row, [(one, directory.name(one)) for one in directory.members(row)]) for row in rows],
        "tabs": tabs_for(bool(access.visible(person, type(person), "keep"))),
        "may_keep": holds(person, *UNIT_KEEPERS),
    }
    return show(request, "desk/units/collectives.html", "统称", context, current=HERE, crumbs=(("单位和人员", HERE),))


@desk_view
@require_http_methods(["GET", "POST"])
def define(request: HttpRequest) -> HttpResponse:
    """A collective, or other spellings for an existing one."""
    person = person_of(request)
    if not holds(person, *UNIT_KEEPERS):
        raise Http404("只有政务公开办和管理员可以登记统称。")

    def perform(given: dict[str, Any]) -> str:
        do.define_collective(actor_for(person, Unit, "join_collective"), **given)
        return f"已登记统称“{given['name']}”。把单位列入它，请到单位的页面。"

    back = f"{HERE}collectives/"
    crumbs = (("单位和人员", HERE), ("统称", back))
    form = CollectiveForm(request.POST or None)
    return form_page(request, form, perform, title="登记统称", button="登记", back=back, current=HERE, crumbs=crumbs)
