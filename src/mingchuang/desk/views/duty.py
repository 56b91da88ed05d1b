"""One duty in the desk: check it, correct it, split and merge it, say who owes it, say how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingchuang.core import access, now
from mingchuang.core.actor import Actor
from mingchuang.core.models import Person
from mingchuang.core.roles import Role
from mingchuang.core.units import Directory
from mingchuang.desk import due_marks, history
from mingchuang.desk.acting import actor_for, holds, person_of
from mingchuang.desk.form_page import form_page
from mingchuang.desk.forms.ledger import CorrectionForm, IdentifyForm, OwnerForm, SplitForm, owner_of
from mingchuang.desk.forms.records import NoteForm
from mingchuang.desk.frame import desk_view, do_and_return, show, tell
from mingchuang.ledger import do, queries
from mingchuang.ledger.models import Duty, DutyOwner, Notice

HERE = "/desk/ledger/"


def address(duty: Duty) -> str:
    return f"{HERE}duties/{duty.pk}/"


def crumbs_of(duty: Duty, *, itself: bool = True) -> list[tuple[str, str]]:
    """要点台账 › the notice › the duty."""
    above = [("要点台账", HERE), (str(duty.notice), f"{HERE}{duty.notice_id}/#duty-{duty.pk}")]
    return [*above, (duty.ref, address(duty))] if itself else above


@desk_view
@require_GET
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """The duty with everything known of it and everything that may be done to it."""
    person = person_of(request)
    found = access.fetch(person, Duty, pk)
    today = now.today()
    directory = Directory.on(today)
    open_to = found.confirmation != "superseded"
    context = {
        "duty": found,
        "row": queries.rows_of([found], today, shows_lateness=True)[0],
        "owners": found.owners.filter(struck=False).select_related("unit", "collective"),
        "measures": found.measures.filter(struck=False),
        "unit_names": [directory.name(unit) for unit in queries.units_of(found, today)],
        "proofs": found.evidence.exclude(standing="struck").select_related("record", "file", "unit"),
        "history": [history.happening(event) for event in queries.history(found)],
        "mark": due_marks.of_day(found.due_on, today, done=found.progress == "done")
        if found.confirmation != "read"
        else None,
        "may_edit": open_to and access.may(person, found, "edit"),
        "may_prove": open_to and access.may(person, found, "prove"),
        "is_office": holds(person, Role.OFFICE),
        "before": _neighbour(person, found, "before"),
        "after": _neighbour(person, found, "after"),
        "source": f"{HERE}{found.notice_id}/#duty-{found.pk}",
    }
    crumbs = crumbs_of(found, itself=False)
    return show(request, "desk/ledger/duty.html", str(found), context, current=HERE, crumbs=crumbs)


def _neighbour(person: Person, found: Duty, side: str) -> Duty | None:
    """The duty of the same notice that stands before or after this one, of those that the person may see."""
    rows = access.visible(person, Duty) & queries.readings().filter(notice=found.notice)
    if side == "before":
        return rows.filter(order__lt=found.order).order_by("-order", "-pk").first()
    return rows.filter(order__gt=found.order).order_by("order", "pk").first()


def _page(request: HttpRequest, found: Duty, form: forms.Form, perform: Any, **told: Any) -> HttpResponse:
    """A form about the duty, on a page of its own: what is typed survives a refusal."""
    told.setdefault("back", address(found))
    return form_page(request, form, perform, current=HERE, crumbs=crumbs_of(found), **told)


@desk_view
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a clerk's word in place of the reader's."""
    person = person_of(request)
    found = access.fetch(person, Duty, pk, "edit")

    def perform(given: dict[str, Any]) -> str:
        values = {key: given[key] for key in ("heading", "text", "due_on")}
        values["struck_measures"] = [int(key) for key in given["strike"]]
        do.correct(found, actor_for(person, found, "correct"), values, version=given["version"])
        return f"{found.ref}已更正；再次识别时以更正为准。"

    form = CorrectionForm(found, request.POST or None)
    return _page(request, found, form, perform, title=f"更正 {found.ref}", button="保存更正")


@desk_view
@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Cut a duty where the clerk left an empty line."""
    person = person_of(request)
    found = access.fetch(person, Duty, pk, "edit")
    form = SplitForm(request.POST or None, initial={"text": found.text})

    def perform(given: dict[str, Any]) -> str:
        made = do.split(found, actor_for(person, found, "split"), form.parts())
        return f"{found.ref}已拆分为{'、'.join(part.ref for part in made)}。"

    back = f"{HERE}{found.notice_id}/#duties"
    return _page(request, found, form, perform, title=f"拆分 {found.ref}", button="拆分", back=back)


@desk_view
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Join the ticked duties of a notice into the first of them."""
    person = person_of(request)
    access.fetch(person, Notice, pk, "edit")
    chosen = [_of_notice(person, pk, key) for key in request.POST.getlist("duty")]

    def perform() -> str:
        joined = do.merge(chosen, actor_for(person, chosen[0] if chosen else Duty, "merge"))
        return f"已并入{joined.ref}。"

    return do_and_return(request, perform, f"{HERE}{pk}/#duties")


def _of_notice(person: Person, notice: int, key: str) -> Duty:
    """A duty of this very notice, or 404: the address says whose duties are joined."""
    found = access.fetch(person, Duty, key, "edit")
    if found.notice_id != notice:
        raise Http404("没有这条任务，或者它不属于这份文件。")
    return found


@desk_view
@require_http_methods(["GET", "POST"])
def add_owner(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a unit or a collective that owes the duty."""
    person = person_of(request)
    found = access.fetch(person, Duty, pk, "edit")

    def perform(given: dict[str, Any]) -> str:
        owner = [owner_of(given["owner"])]
        leads, others = (owner, []) if given["lead"] else ([], owner)
        do.assign(found, actor_for(person, found, "assign"), leads=leads, add=others)
        return f"{found.ref}的责任单位已更新。"

    lead = [f"文中提到：{'、'.join(found.suggested)}。"] if found.suggested else []
    form = OwnerForm(request.POST or None)
    return _page(request, found, form, perform, title=f"添加责任单位 {found.ref}", button="添加", lead=lead)


def _owner(found: Duty, row: int) -> DutyOwner:
    """The row of this very duty, or 404."""
    return get_object_or_404(found.owners.filter(struck=False), pk=row)


@desk_view
@require_http_methods(["GET", "POST"])
def identify(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Say who a written name means."""
    person = person_of(request)
    found = access.fetch(person, Duty, pk, "edit")
    owner = _owner(found, row)

    def perform(given: dict[str, Any]) -> str:
        do.assign(found, actor_for(person, found, "assign"), identify={row: owner_of(given["owner"])})
        return f"“{owner.written}”已指认。"

    form = IdentifyForm(request.POST or None)
    lead = [f"文件里写的是“{owner.written}”，请指认是哪个单位或者统称。"]
    return _page(request, found, form, perform, title="指认责任单位", button="指认", lead=lead)


@desk_view
@require_POST
def strike_owner(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Strike an owner out."""
    person = person_of(request)
    found = access.fetch(person, Duty, pk, "edit")

    def perform() -> str:
        do.assign(found, actor_for(person, found, "assign"), strike=[row])
        return f"{found.ref}的责任单位已更新。"

    return do_and_return(request, perform, address(found))


@dataclass(frozen=True)
class DutyDeed:
    """A decision on a duty that needs no words."""

    move: str
    said: str
    perform: Callable[[Duty, Actor], object]


DEEDS: Mapping[str, DutyDeed] = {
    "confirm": DutyDeed("confirm", "已核对", do.confirm),
    "start": DutyDeed("start", "已启动", do.start),
    "finish": DutyDeed("finish", "已办结", do.finish),
}


@desk_view
@require_POST
def decide(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Confirm, start or finish a duty; after a confirmation the next one to be checked opens when asked for."""
    person = person_of(request)
    found = access.fetch(person, Duty, pk, "edit")
    told = DEEDS[deed]
    following = _next_unchecked(found, person) if "next" in request.POST else None

    def perform() -> str:
        told.perform(found, actor_for(person, found, told.move))
        return f"{found.ref}{told.said}。"

    return do_and_return(request, perform, address(following or found))


def _next_unchecked(found: Duty, person: Person) -> Duty | None:
    waiting = access.visible(person, Duty, "edit").filter(notice=found.notice, confirmation="read", missing=False)
    rest = waiting.exclude(pk=found.pk).order_by("order", "pk")
    return rest.filter(order__gt=found.order).first() or rest.first()


@desk_view
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """It was not done after all."""
    person = person_of(request)
    found = access.fetch(person, Duty, pk, "edit")

    def perform(given: dict[str, Any]) -> HttpResponse:
        do.reopen(found, actor_for(person, found, "reopen"), given["note"])
        tell(request, f"{found.ref}已重新推进。")
        return redirect(address(found))

    form = NoteForm(request.POST or None)
    lead = ["撤销办结，任务回到推进中。"]
    return _page(
        request, found, form, perform, title=f"重新推进 {found.ref}", button="重新推进", lead=lead, tone="alarm"
    )
