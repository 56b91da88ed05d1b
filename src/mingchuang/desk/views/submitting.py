"""Sending a draft to review: shown before it happens, and only when a person says that nothing secret is in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from mingchuang.core import now
from mingchuang.core.models import Person
from mingchuang.core.roles import Role
from mingchuang.desk import record_actions, record_text, statutes
from mingchuang.desk.acting import actor_for, person_of
from mingchuang.desk.form_page import form_page
from mingchuang.desk.forms.records import SubmitForm
from mingchuang.desk.frame import desk_view
from mingchuang.desk.views.records import HERE, address, at_work
from mingchuang.records import checks, do, staffing
from mingchuang.records.authorship import authors
from mingchuang.records.do.review import route_for
from mingchuang.records.models import Revision

SUBMITTED = "已送审，内容已经冻结。"


@desk_view
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show class, route, who signs next and what is declared; freeze the draft that the person saw and send it off."""
    record, revision = at_work(request, pk)
    person = person_of(request)
    if revision.progress != Revision.Progress.DRAFT:
        return redirect(address(record))
    form = SubmitForm.of(revision, request.POST if request.method == "POST" else None)

    def perform(given: dict[str, Any]) -> str:
        actor = actor_for(person, revision, "submit")
        do.submit(revision, actor, version=given["version"], declared_open=given["declared_open"])
        return SUBMITTED

    return form_page(
        request, form, perform, title="送审", button="送审", back=address(record), current=HERE,
        crumbs=(("信息公开", HERE), (revision.title or "（未命名）", address(record))),
        statutes={"declared_open": statutes.statute(checks.SECRECY_RULE)},
        template="desk/records/submit.html", context=_what_will_happen(person, revision),
    )  # fmt: skip


def _what_will_happen(person: Person, revision: Revision) -> dict[str, Any]:
    """The class, the steps of the route with who may sign each, and what still speaks against it."""
    route = route_for(revision, now.today())
    able = staffing.staff(revision.record.unit, route.steps).without({*authors(revision), person.pk})
    free = staffing.offered(able)
    return {
        "record": revision.record,
        "revision": revision,
        "route": route,
        "steps": [(step, Role(step.role).label, free.told(free.able[step.number])) for step in route.steps],
        "attachments": record_text.attachments(revision),
        "gate": record_actions.gate(person, revision),
        "edit": f"{address(revision.record)}edit/",
    }
