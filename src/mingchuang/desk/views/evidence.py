"""Proof of a duty: offered by a unit that owes it, accepted by the office, struck with a reason."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingchuang.core import access, files, now
from mingchuang.core.models import Person, Unit
from mingchuang.core.roles import Role
from mingchuang.desk.acting import actor_for, person_of, units_held
from mingchuang.desk.form_page import form_page
from mingchuang.desk.forms.kept_file import bytes_of
from mingchuang.desk.forms.ledger import EvidenceForm
from mingchuang.desk.forms.records import NoteForm
from mingchuang.desk.frame import desk_view, do_and_return
from mingchuang.desk.views.duty import HERE, address, crumbs_of
from mingchuang.ledger import do, queries
from mingchuang.ledger.models import Duty, Evidence
from mingchuang.norms.outcome import Issue, Refused


@desk_view
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer evidence for one's own unit."""
    person = person_of(request)
    found = access.fetch(person, Duty, pk, "prove")
    form = EvidenceForm(request.POST or None, request.FILES or None)

    def perform(given: dict[str, Any]) -> str:
        actor = actor_for(person, Evidence, "offer")
        unit = _proving_unit(person, found) or actor.unit
        if unit is None:
            raise Refused([Issue("desk.no_unit", "您没有任职单位，不能报送凭证。")])
        told = {key: given[key] for key in ("title", "record", "happened_on")}
        file = bytes_of(given["file"]) if given["file"] is not None else None
        do.offer_evidence(found, actor, unit, file=file, url=given["url"].strip(), **told)
        return "凭证已认定。" if actor.role == Role.OFFICE else "凭证已报送，待政务公开办认定。"

    return form_page(
        request, form, perform, title=f"报送凭证 {found.ref}", button="报送", back=f"{address(found)}#proof",
        current=HERE, crumbs=crumbs_of(found), lead=["三种凭证给一种：已公开的记录、文件或者网址。"],
    )  # fmt: skip


def _proving_unit(person: Person, found: Duty) -> Unit | None:
    """The unit that owes the duty and for which the person is a clerk, when there is one."""
    mine = {unit.pk: unit for unit in units_held(person, Role.CLERK)}
    owing = {unit.pk for unit in queries.units_of(found, now.today())}
    return next((unit for pk, unit in mine.items() if pk in owing), None)


@desk_view
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The office accepts what a unit offered."""
    person = person_of(request)
    found = access.fetch(person, Evidence, pk, "accept")

    def perform() -> str:
        do.accept_evidence(found, actor_for(person, found, "accept"))
        return f"凭证“{found.title}”已认定。"

    return do_and_return(request, perform, f"{address(found.duty)}#proof")


@desk_view
@require_http_methods(["GET", "POST"])
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not, or no longer, prove anything."""
    person = person_of(request)
    found = access.fetch(person, Evidence, pk, "strike")

    def perform(given: dict[str, Any]) -> str:
        do.strike_evidence(found, actor_for(person, found, "strike"), given["note"])
        return f"凭证“{found.title}”已删去。"

    return form_page(
        request, NoteForm(request.POST or None), perform, title="删去凭证", button="删去",
        back=f"{address(found.duty)}#proof", current=HERE, crumbs=crumbs_of(found.duty), tone="alarm",
        lead=[f"“{found.title}”不再作数，仅作留存。"],
    )  # fmt: skip


@desk_view
@require_GET
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The bytes of a file that proves something, always as a download."""
    person = person_of(request)
    found = Evidence.objects.filter(pk=pk, file__isnull=False).first()
    if found is None or found.file_id is None:
        raise Http404("没有这份凭证文件。")
    access.fetch(person, Duty, found.duty_id)
    response = FileResponse(files.path(found.file_id).open("rb"), as_attachment=True, filename=found.file_name)
    response["Content-Security-Policy"] = "sandbox"
    return response
