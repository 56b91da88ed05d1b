"""People, their accounts and appointments: kept by the administrator."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from mingchuang.core import access, do, lockouts, now
from mingchuang.core.actor import Actor
from mingchuang.core.models import Appointment, Event, Person
from mingchuang.core.roles import Role
from mingchuang.core.units import Directory
from mingchuang.desk.acting import actor_for, holds, person_of
from mingchuang.desk.form_page import form_page
from mingchuang.desk.forms.people import AccountForm, AppointForm, EndForm, NewPersonForm, ReasonForm
from mingchuang.desk.forms.units import unit_of
from mingchuang.desk.frame import desk_view, show
from mingchuang.desk.history import happening
from mingchuang.desk.views.units import HERE as UNITS
from mingchuang.desk.views.units import tabs_for

HERE = f"{UNITS}people/"
CRUMBS = (("单位和人员", UNITS), ("人员", HERE))
# No 0/O, 1/l/I: these passwords are read off a screen and typed.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def address(person: Person) -> str:
    return f"{HERE}{person.pk}/"


def one_time_password() -> str:
    """Twelve letters in three groups, drawn at random; shown once and never stored in the clear."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def _keeper(request: HttpRequest) -> Person:
    """The administrator at the keyboard; 404 for anybody else."""
    person = person_of(request)
    if not holds(person, Role.ADMIN):
        raise Http404("只有管理员可以管理账号。")
    return person


@desk_view
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with account and roles today."""
    keeper = _keeper(request)
    words = request.GET.get("q", "").strip()
    found = access.visible(keeper, Person, "keep").select_related("user").order_by("name", "pk")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(user__username__icontains=words))
    context = {
        "locked_out": lockouts.current() if not words else [],
        "rows": [(row, _roles(row)) for row in found],
        "words": words,
        "tabs": tabs_for(True),
        "titles": {"active": "正常", "locked": "已锁定", "closed": "已停用"},
    }
    return show(request, "desk/units/people.html", "人员", context, current=UNITS, crumbs=CRUMBS[:1])


def _roles(person: Person) -> list[str]:
    today = now.today()
    directory = Directory.on(today)
    rows = Appointment.objects.on(today).filter(person=person).select_related("unit")
    return [f"{directory.short_name(row.unit)}{Role(row.role).label}" for row in rows]


@desk_view
@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: account, appointments past and present, what happened to the account."""
    found = access.fetch(_keeper(request), Person, pk, "keep")
    directory = Directory.on(now.today())
    events = Event.objects.filter(subject_kind=Person.subject_kind(), subject_id=pk).order_by("-seq")[:60]
    rows = Appointment.objects.filter(person=found).select_related("unit").order_by("-since")
    context = {
        "locked_out": lockouts.current(found),
        "has_factor": Authenticator.objects.filter(user__person=found).exists(),
        "someone": found,
        "user": getattr(found, "user", None),
        "appointments": [(row, directory.name(row.unit), row.holds_on(now.today())) for row in rows],
        "history": [happening(event) for event in events.select_related("person", "unit", "text")],
        "access_title": {"active": "正常", "locked": "已锁定", "closed": "已停用"}[found.access],
    }
    return show(request, "desk/units/person.html", found.name, context, current=UNITS, crumbs=CRUMBS)


@desk_view
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register a person, with an account where one is asked for."""
    keeper = _keeper(request)

    def perform(given: dict[str, Any]) -> HttpResponse | str:
        password = one_time_password() if given["username"] else ""
        made = do.add_person(actor_for(keeper, Person, "create"), password=password, **given)
        return _password(request, made, password) if password else f"已登记{made.name}。"

    form = NewPersonForm(request.POST or None)
    return form_page(request, form, perform, title="登记人员", button="登记", back=HERE, current=UNITS, crumbs=CRUMBS)


def _password(request: HttpRequest, someone: Person, password: str) -> HttpResponse:
    """The page that shows a new password, this once."""
    context = {"someone": someone, "password": password, "username": someone.user.username}
    crumbs = (*CRUMBS, (someone.name, address(someone)))
    return show(request, "desk/units/password.html", "一次性密码", context, current=UNITS, crumbs=crumbs)


@dataclass(frozen=True)
class PersonDeed:
    """A change of a person or an account."""

    title: str
    move: str
    form: Callable[[Any], forms.Form]
    perform: Callable[[Person, Actor, dict[str, Any]], None]
    lead: str
    tone: str = ""


def _appoint(found: Person, actor: Actor, given: dict[str, Any]) -> None:
    do.appoint(found, actor, **{**given, "unit": unit_of(given["unit"])})


def _close(found: Person, actor: Actor, given: dict[str, Any]) -> None:
    do.close_account(found, actor, note=given["note"], until=now.today())


DEEDS: Mapping[str, PersonDeed] = {
    "appoint": PersonDeed("任职", "change_roles", AppointForm, _appoint, "一人可以任几个角色，但不能审签自己的稿件。"),
    "lock": PersonDeed(
        "锁定账号", "lock", ReasonForm, lambda found, actor, given: do.lock_account(found, actor, **given),
        "锁定后不能登录，任职不变。", "alarm",
    ),
    "unlock": PersonDeed(
        "解锁账号", "unlock", ReasonForm, lambda found, actor, given: do.unlock_account(found, actor, **given),
        "解锁后可以登录。",
    ),
    "lift-lockout": PersonDeed(
        "解除锁定", "lift_lockout", ReasonForm, lambda found, actor, given: do.lift_lockout(found, actor, **given),
        "连续输错密码引起的暂时锁定立即解除。请先向本人核实；不是本人输错的，请同时重置密码。",
    ),
    "remove-factor": PersonDeed(
        "停用两步验证", "remove_factor", ReasonForm,
        lambda found, actor, given: do.remove_factor(found, actor, **given),
        "手机和恢复码都丢了的时候用：此后只用密码登录，原来的恢复码作废。请先当面核实本人。", "alarm",
    ),
    "close": PersonDeed(
        "停用账号", "close", ReasonForm, _close, "离岗停用：不能登录，全部任职今天终止，办过的事保留。", "alarm",
    ),
    "reopen": PersonDeed(
        "恢复账号", "reopen", ReasonForm, lambda found, actor, given: do.reopen_account(found, actor, **given),
        "恢复后需要重新任职。",
    ),
}  # fmt: skip


@desk_view
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Appoint, lock, unlock, close or reopen."""
    keeper = _keeper(request)
    found = access.fetch(keeper, Person, pk, "keep")
    told = DEEDS[deed]

    def perform(given: dict[str, Any]) -> str:
        told.perform(found, actor_for(keeper, found, told.move), dict(given))
        return f"{told.title}已登记。"

    form = told.form(request.POST or None)
    return form_page(
        request, form, perform, title=f"{told.title}：{found.name}", button=told.title, back=address(found),
        current=UNITS, crumbs=(*CRUMBS, (found.name, address(found))), lead=[told.lead], tone=told.tone,
    )  # fmt: skip


@desk_view
@require_http_methods(["GET", "POST"])
def open_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a registered person a login."""
    keeper = _keeper(request)
    found = access.fetch(keeper, Person, pk, "keep")

    def perform(given: dict[str, Any]) -> HttpResponse:
        password = one_time_password()
        do.open_account(found, actor_for(keeper, found, "change_password"), password=password, **given)
        return _password(request, Person.objects.get(pk=pk), password)

    form = AccountForm(request.POST or None)
    crumbs = (*CRUMBS, (found.name, address(found)))
    return form_page(
        request, form, perform, title="开通账号", button="开通", back=address(found), current=UNITS, crumbs=crumbs
    )


@desk_view
@require_http_methods(["GET", "POST"])
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Another password, shown once."""
    keeper = _keeper(request)
    found = access.fetch(keeper, Person, pk, "keep")

    def perform(given: dict[str, Any]) -> HttpResponse:
        password = one_time_password()
        do.set_password(found, actor_for(keeper, found, "change_password"), password=password)
        return _password(request, found, password)

    lead = ["原来的密码立即失效。新密码只显示一次，请当面或者电话告知本人，并提醒登录后点右上角的姓名，自行修改。"]
    crumbs = (*CRUMBS, (found.name, address(found)))
    return form_page(
        request, forms.Form(request.POST or None), perform, title=f"重置密码：{found.name}", button="重置密码",
        back=address(found), current=UNITS, crumbs=crumbs, lead=lead,
    )  # fmt: skip


@desk_view
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """A role ends."""
    keeper = _keeper(request)
    row = access.fetch(keeper, Appointment, pk, "keep")

    def perform(given: dict[str, Any]) -> str:
        do.end_appointment(row, actor_for(keeper, row.person, "change_roles"), **given)
        return "任职已终止。"

    name = f"{Directory.on(now.today()).name(row.unit)}{Role(row.role).label}"
    crumbs = (*CRUMBS, (row.person.name, address(row.person)))
    return form_page(
        request, EndForm(request.POST or None), perform, title="终止任职", button="终止", back=address(row.person),
        current=UNITS, crumbs=crumbs, lead=[f"{row.person.name}，{name}。"], tone="alarm",
    )  # fmt: skip
