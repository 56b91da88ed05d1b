"""Units and collectives: every change with the day from which it holds, nothing overwritten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from mingchuang.core import chain, standing, units
from mingchuang.core.act import act, remark
from mingchuang.core.actor import Actor
from mingchuang.core.edge import model_issues
from mingchuang.core.models import (
    Capability,
    Collective,
    CollectiveMember,
    Dated,
    Unit,
    UnitCapability,
    UnitName,
    UnitParent,
    UnitSuccession,
)
from mingchuang.core.roles import Role
from mingchuang.norms.identifiers import check_uscc
from mingchuang.norms.outcome import Issue, refuse_if

_KEEPERS = frozenset({Role.OFFICE, Role.ADMIN})


def create_unit(
    actor: Actor,
    *,
    code: str,
    name: str,
    region: str,
    since: date,
    short_name: str = "",
    plates: Iterable[str] = (),
    parent: Unit | None = None,
    capabilities: Iterable[Capability] = (),
    order: int = 0,
    uscc: str = "",
    basis: str = "",
) -> Unit:
    """Register a unit with its names, its place in the tree and what it is in law, all from `since` on."""
    unit = Unit(code=code, region=region, order=order, uscc=uscc)
    names = _name_rows(unit, name, short_name, plates, since=since, basis=basis)
    issues = model_issues(unit, exclude=("existence",)) + _name_issues(names, since, None)
    refuse_if(issues + (check_uscc(uscc) if uscc else []))
    with chain.together():
        data = {"code": code, "name": name, "short_name": short_name, "since": since, "order": order}
        act(
            unit,
            "create",
            actor,
            data={**data, "parent": parent.code if parent else "", "capabilities": list(capabilities)},
        )
        UnitName.objects.bulk_create(names)
        if parent is not None:
            UnitParent.objects.create(unit=unit, parent=parent, since=since, basis=basis)
        UnitCapability.objects.bulk_create(
            UnitCapability(unit=unit, capability=one, since=since, basis=basis) for one in dict.fromkeys(capabilities)
        )
    return unit


def rename_unit(
    unit: Unit,
    actor: Actor,
    *,
    name: str,
    since: date,
    short_name: str = "",
    plates: Iterable[str] = (),
    basis: str = "",
    note: str = "",
) -> None:
    """New names from `since` on; those in force end there and stay findable for earlier days."""
    names = _name_rows(unit, name, short_name, plates, since=since, basis=basis)
    refuse_if(_name_issues(names, since, unit) + _order_issues(UnitName, {"unit": unit}, since))
    with chain.together():
        data = {"name": name, "short_name": short_name, "plates": list(plates), "since": since}
        act(unit, "rename", actor, note=note, data={**data, "basis": basis})
        _end(UnitName, {"unit": unit}, since)
        UnitName.objects.bulk_create(names)


def move_unit(unit: Unit, actor: Actor, *, parent: Unit | None, since: date, basis: str = "", note: str = "") -> None:
    """Put the unit under another one from `since` on (under none: the top of the tree)."""
    issues = _order_issues(UnitParent, {"unit": unit}, since)
    if parent is not None and (parent == unit or unit.pk in units.ancestors(parent, since)):
        issues.append(Issue("units.circle", "上级单位不能是本单位或本单位的下级。", field="parent"))
    refuse_if(issues)
    with chain.together():
        data = {"parent": parent.code if parent else "", "since": since, "basis": basis}
        act(unit, "move", actor, note=note, data=data)
        _end(UnitParent, {"unit": unit}, since)
        if parent is not None:
            UnitParent.objects.create(unit=unit, parent=parent, since=since, basis=basis)


def set_capabilities(
    unit: Unit, actor: Actor, *, capabilities: Iterable[Capability], since: date, basis: str = "", note: str = ""
) -> None:
    """What the unit is in law from `since` on, replacing what it was."""
    wanted = list(dict.fromkeys(capabilities))
    refuse_if(_order_issues(UnitCapability, {"unit": unit}, since))
    with chain.together():
        act(unit, "set_capabilities", actor, note=note, data={"capabilities": wanted, "since": since, "basis": basis})
        _end(UnitCapability, {"unit": unit}, since)
        UnitCapability.objects.bulk_create(
            UnitCapability(unit=unit, capability=one, since=since, basis=basis) for one in wanted
        )


def abolish_unit(
    unit: Unit, actor: Actor, *, on: date, note: str, successors: Iterable[Unit] = (), basis: str = ""
) -> None:
    """End the unit on `on`; its work passes to `successors`, its names stay findable for earlier days."""
    heirs = list(successors)
    issues = _order_issues(UnitName, {"unit": unit}, on)
    if unit in heirs:
        issues.append(Issue("units.own_heir", "承接单位不能是本单位。", field="successors"))
    refuse_if(issues)
    with chain.together():
        data = {"on": on, "successors": [heir.code for heir in heirs], "basis": basis}
        act(unit, "abolish", actor, note=note, data=data)
        for model in (UnitName, UnitParent, UnitCapability, CollectiveMember):
            _end(model, {"unit": unit}, on)
        UnitSuccession.objects.bulk_create(
            UnitSuccession(predecessor=unit, successor=heir, on=on, basis=basis) for heir in heirs
        )


def define_collective(actor: Actor, *, name: str, aliases: Iterable[str] = ()) -> Collective:
    """A name for many units (市直各部门), with its other spellings; an existing one gets these spellings instead."""
    collective = Collective.objects.filter(name=name).first() or Collective(name=name)
    collective.aliases = list(dict.fromkeys(aliases))
    refuse_if(standing.holds_any(actor, _KEEPERS, "建立统称") + model_issues(collective))
    with chain.together():
        collective.save()
        data = {"name": collective.name, "aliases": collective.aliases}
        remark(Collective._meta.label_lower, collective.pk, "define_collective", actor, data=data, words={})
    return collective


def join_collective(unit: Unit, collective: Collective, actor: Actor, *, since: date, basis: str = "") -> None:
    """The unit is meant by the collective's name from `since` on."""
    rows = CollectiveMember.objects.on(since).filter(unit=unit, collective=collective)
    if rows.exists():
        refuse_if([Issue("units.member", f"{units.name_of(unit, since)}已在“{collective}”之内。", field="collective")])
    with chain.together():
        act(unit, "join_collective", actor, data={"collective": collective.name, "since": since, "basis": basis})
        CollectiveMember.objects.create(unit=unit, collective=collective, since=since, basis=basis)


def leave_collective(unit: Unit, collective: Collective, actor: Actor, *, until: date, note: str = "") -> None:
    """The unit is no longer meant from `until` on."""
    scope = {"unit": unit, "collective": collective}
    issues = _order_issues(CollectiveMember, scope, until)
    if not CollectiveMember.objects.filter(**scope, until__isnull=True).exists():
        issues.append(
            Issue("units.member", f"{units.name_of(unit, until)}不在“{collective}”之内。", field="collective")
        )
    refuse_if(issues)
    with chain.together():
        act(unit, "leave_collective", actor, note=note, data={"collective": collective.name, "until": until})
        _end(CollectiveMember, scope, until)


def _name_rows(
    unit: Unit, name: str, short_name: str, plates: Iterable[str], *, since: date, basis: str
) -> list[UnitName]:
    kinds = [(UnitName.Kind.FULL, name), (UnitName.Kind.SHORT, short_name)]
    kinds += [(UnitName.Kind.PLATE, plate) for plate in plates]
    full, *others = [
        UnitName(unit=unit, kind=kind, name=text.strip(), since=since, basis=basis) for kind, text in kinds
    ]
    return [full, *(row for row in others if row.name)]


def _name_issues(names: list[UnitName], since: date, unit: Unit | None) -> list[Issue]:
    """Unreadable or empty names, and a full name that another unit bears on that day."""
    issues = [issue for row in names for issue in model_issues(row, exclude=("unit",))]
    same = UnitName.objects.on(since).filter(kind=UnitName.Kind.FULL, name=names[0].name).exclude(unit=unit)
    if names[0].name and same.exists():
        issues.append(Issue("units.name", f"已有单位名为“{names[0].name}”。", field="name"))
    return issues


def _order_issues(model: type[Dated], scope: dict[str, Any], day: date) -> list[Issue]:
    """A change cannot lie before the one that it follows."""
    last = model.objects.filter(**scope, until__isnull=True).order_by("-since").values_list("since", flat=True).first()
    if last is None or day > last:
        return []
    return [Issue("units.order", f"生效日期须晚于现行记录的起始日期{last:%Y-%m-%d}。", field="since")]


def _end(model: type[Dated], scope: dict[str, Any], day: date) -> None:
    model.objects.filter(**scope, until__isnull=True).update(until=day)
