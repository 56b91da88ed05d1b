"""What every page of the desk has: who works here, at most eight entries by task, messages, refusals on the page."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from mingchuang.core import now
from mingchuang.core.one_request import one_request
from mingchuang.core.roles import Role
from mingchuang.core.units import Directory
from mingchuang.desk import waiting
from mingchuang.desk.acting import appointments, person_of
from mingchuang.norms.outcome import Refused, errors
from mingchuang.ui.context import DeskPage, NavItem, desk_page

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, P], R]
Crumbs = Sequence[tuple[str, str]]

ENTRIES = (
    NavItem("待办", "/desk/", "inbox"),
    NavItem("信息公开", "/desk/records/", "file"),
    NavItem("审签", "/desk/review/", "seal"),
    NavItem("要点台账", "/desk/ledger/", "ledger"),
    NavItem("期限", "/desk/due/", "clock"),
    NavItem("单位和人员", "/desk/units/", "unit"),
    NavItem("依据", "/desk/rules/", "scale"),
    NavItem("帮助", "/desk/help/", "help"),
)


def desk_view(view: View[P, R]) -> View[P, R]:
    """A page for people who are signed in; never kept by a cache."""
    return never_cache(login_required(one_request()(view)))


@one_request()
def describe(request: HttpRequest, title: str, *, current: str, crumbs: Crumbs = ()) -> DeskPage:
    """The frame of one page: the person, the navigation with what waits at each entry, the messages."""
    person = person_of(request)
    held = appointments(person)
    waits = waiting.counts(person)
    return desk_page(
        request,
        title=title,
        nav=[dataclasses.replace(entry, count=waits.get(entry.address)) for entry in ENTRIES],
        current=current,
        crumbs=crumbs,
        person=person.name,
        unit=Directory.on(now.today()).short_name(held[0].unit) if held else "",
        role="、".join(dict.fromkeys(Role(row.role).label for row in held)),
        session_status="/desk/session/",
    )


def show(
    request: HttpRequest,
    template: str,
    title: str,
    context: Mapping[str, Any] | None = None,
    *,
    current: str,
    crumbs: Crumbs = (),
    status: int = 200,
) -> HttpResponse:
    """Render a desk template under the frame; `current` is the address of the navigation's entry."""
    page = describe(request, title, current=current, crumbs=crumbs)
    return render(request, template, {"page": page, **(context or {})}, status=status)


def tell(request: HttpRequest, sentence: str) -> None:
    """A message of success on the next page."""
    messages.success(request, sentence)


def tell_refusal(request: HttpRequest, refusal: Refused) -> None:
    """Every reason of a refusal on the next page."""
    for issue in errors(refusal.issues):
        messages.error(request, issue.message)


def do_and_return(request: HttpRequest, deed: Callable[[], str], back: str) -> HttpResponse:
    """Carry out a deed that needs no words of its own, say how it went, and go back."""
    try:
        tell(request, deed())
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect(back)
