"""One duty in the desk: check it, correct it, split and merge it, say who owes it, prove it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from mingchuang.core import access, files, now
from mingchuang.core.models import Person
from mingchuang.core.roles import Role
from mingchuang.core.units import Directory
from mingchuang.desk import due_marks, history
from mingchuang.desk.acting import actor_for, appointments, holds, person_of
from mingchuang.desk.forms.ledger import (
    CorrectionForm,
    EvidenceForm,
    OwnerForm,
    ReasonForm,
    SplitForm,
    owner_choices,
    owner_of,
)
from mingchuang.desk.frame import desk_view, do_and_return, show, tell
from mingchuang.ledger import do, queries
from mingchuang.ledger.models import Duty, Evidence
from mingchuang.norms.outcome import Refused
from mingchuang.ui.forms import Reason

HERE = "/desk/ledger/"


def _address(duty: Duty) -> str:
    return f"{HERE}duties/{duty.pk}/"


@desk_view
@require_GET
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """The duty with everything known of it and everything that may be done to it."""
    found = access.fetch(person_of(request), Duty, pk)
    return _page(request, found)


def _page(
    request: HttpRequest,
    found: Duty,
    *,
    correction: CorrectionForm | None = None,
    split: SplitForm | None = None,
    evidence: EvidenceForm | None = None,
    reasons: list[Reason] | None = None,
) -> HttpResponse:
    """The page again with what was typed, and all reasons, when something was refused."""
    person = person_of(request)
    today = now.today()
    directory = Directory(today)
    context = {
        "duty": found,
        "row": queries.rows_of([found], today, shows_lateness=True)[0],
        "owners": found.owners.filter(struck=False).select_related("unit", "collective"),
        "measures": found.measures.filter(struck=False),
        "units": queries.units_of(found, today),
        "unit_names": [directory.name(unit) for unit in queries.units_of(found, today)],
        "owner_groups": [group for group in owner_choices() if isinstance(group[1], list)],
        "proofs": found.evidence.exclude(standing="struck").select_related("record", "file", "unit"),
        "history": [history.happening(event) for event in queries.history(found)],
        "mark": due_marks.of_day(found.due_on, today, done=found.progress == "done"),
        "may_edit": access.may(person, found, "edit"),
        "may_prove": access.may(person, found, "prove"),
        "is_office": holds(person, Role.OFFICE),
        "correction": correction or CorrectionForm.of(found),
        "split": split or SplitForm(initial={"text": found.text}, prefix="split"),
        "owner": OwnerForm(prefix="owner"),
        "evidence": evidence or EvidenceForm(prefix="evidence"),
        "reason": ReasonForm(prefix="reopen"),
        "reasons": reasons or [],
    }
    crumbs = (("要点台账", HERE), (str(found.notice), f"{HERE}{found.notice_id}/"))
    status = 422 if reasons else 200
    title = f"{found.ref} {found.heading}".strip()
    return show(request, "desk/ledger/duty.html", title, context, current=HERE, crumbs=crumbs, status=status)


def _reasons(refusal: Refused) -> list[Reason]:
    return [Reason(sentence) for sentence in refusal.reasons]


@desk_view
@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a clerk's word in place of the reader's; what was typed stays on the page when it is refused."""
    person = person_of(request)
    found = access.fetch(person, Duty, pk, "edit")
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, correction=form, reasons=[Reason("请先改正下面标出的项目。")])
    values = {key: form.cleaned_data[key] for key in ("heading", "text", "due_on")}
    values["text"] = values["text"].strip()
    values["struck_measures"] = [int(key) for key in request.POST.getlist("strike") if key.isdecimal()]
    try:
        do.correct(found, actor_for(person, found, "correct"), values, version=form.cleaned_data["version"])
    except Refused as refusal:
        return _page(request, found, correction=form, reasons=_reasons(refusal))
    tell(request, f"{found.ref} 已更正；再次识别时以更正为准。")
    return redirect(_address(found))


@desk_view
@require_POST
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Cut a duty where the clerk left an empty line."""
    person = person_of(request)
    found = access.fetch(person, Duty, pk, "edit")
    form = SplitForm(request.POST, prefix="split")
    if not form.is_valid():
        return _page(request, found, split=form, reasons=[Reason("请填写要拆分的内容。")])
    try:
        made = do.split(found, actor_for(person, found, "split"), form.parts())
    except Refused as refusal:
        return _page(request, found, split=form, reasons=_reasons(refusal))
    tell(request, f"{found.ref} 已拆分为 {'、'.join(part.ref for part in made)}。")
    return redirect(f"{HERE}{found.notice_id}/")


@desk_view
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Join the ticked duties of a notice into the first of them."""
    person = person_of(request)
    chosen = [access.fetch(person, Duty, key, "edit") for key in request.POST.getlist("duty")]

    def perform() -> str:
        joined = do.merge(chosen, actor_for(person, chosen[0] if chosen else Duty, "merge"))
        return f"已并入 {joined.ref}。"

    return do_and_return(request, perform, f"{HERE}{pk}/")


@desk_view
@require_POST
def add_owner(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an owner, or (with a row's key) say who a written name means."""
    person = person_of(request)
    found = access.fetch(person, Duty, pk, "edit")
    form = OwnerForm(request.POST, prefix="owner")
    if not form.is_valid():
        return _page(request, found, reasons=[Reason("请选择单位。", "#id_owner-owner")])
    owner = owner_of(form.cleaned_data["owner"])
    row = request.POST.get("row", "")

    def perform() -> str:
        actor = actor_for(person, found, "assign")
        if row.isdecimal():
            do.assign(found, actor, identify={int(row): owner})
        else:
            lead = form.cleaned_data["lead"]
            do.assign(found, actor, leads=[owner] if lead else [], add=[] if lead else [owner])
        return f"{found.ref} 的责任单位已更新。"

    return do_and_return(request, perform, _address(found))


@desk_view
@require_POST
def strike_owner(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Strike an owner out."""
    person = person_of(request)
    found = access.fetch(person, Duty, pk, "edit")

    def perform() -> str:
        do.assign(found, actor_for(person, found, "assign"), strike=[row])
        return f"{found.ref} 的责任单位已更新。"

    return do_and_return(request, perform, _address(found))


@desk_view
@require_POST
def add_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer evidence for one's own unit."""
    person = person_of(request)
    found = access.fetch(person, Duty, pk, "prove")
    form = EvidenceForm(request.POST, request.FILES, prefix="evidence")
    if not form.is_valid():
        return _page(request, found, evidence=form, reasons=[Reason("请先改正下面标出的项目。")])
    actor = actor_for(person, Evidence, "offer")
    unit = _proving_unit(person, found)
    values = form.cleaned_data
    file = (values["file"].name, values["file"].read()) if values["file"] else None
    try:
        do.offer_evidence(
            found,
            actor,
            unit or actor.unit,  # type: ignore[arg-type]  # standing refuses an actor without a unit
            title=values["title"],
            record=values["record"],
            file=file,
            url=values["url"].strip(),
            happened_on=values["happened_on"],
        )
    except Refused as refusal:
        return _page(request, found, evidence=form, reasons=_reasons(refusal))
    tell(request, "凭证已认定。" if actor.role == Role.OFFICE else "凭证已报送，待政务公开办认定。")
    return redirect(_address(found))


def _proving_unit(person: Person, found: Duty) -> object:
    """The unit of the person's that owes the duty, when there is one."""
    mine = {row.unit_id: row.unit for row in appointments(person)}
    owing = {unit.pk for unit in queries.units_of(found, now.today())}
    return next((unit for pk, unit in mine.items() if pk in owing), None)


Deed = Callable[[Duty, Person, str], str]


def _start(found: Duty, person: Person, note: str) -> str:
    do.start(found, actor_for(person, found, "start"), note=note)
    return f"{found.ref} 已启动。"


def _finish(found: Duty, person: Person, note: str) -> str:
    do.finish(found, actor_for(person, found, "finish"), note=note)
    return f"{found.ref} 已办结。"


def _reopen(found: Duty, person: Person, note: str) -> str:
    do.reopen(found, actor_for(person, found, "reopen"), note)
    return f"{found.ref} 已重新推进。"


def _confirm(found: Duty, person: Person, note: str) -> str:
    do.confirm(found, actor_for(person, found, "confirm"))
    return f"{found.ref} 已核对。"


DEEDS: dict[str, Deed] = {"start": _start, "finish": _finish, "reopen": _reopen, "confirm": _confirm}


@desk_view
@require_POST
def decide(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Confirm, start, finish or reopen a duty."""
    person = person_of(request)
    found = access.fetch(person, Duty, pk, "edit")
    note = request.POST.get("reopen-note", "")
    return do_and_return(request, lambda: DEEDS[deed](found, person, note), _address(found))


@desk_view
@require_POST
def decide_evidence(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Accept evidence, or strike it with a reason."""
    person = person_of(request)
    found = access.fetch(person, Evidence, pk, deed)

    def perform() -> str:
        actor = actor_for(person, found, deed)
        if deed == "accept":
            do.accept_evidence(found, actor)
            return "凭证已认定。"
        do.strike_evidence(found, actor, request.POST.get("note", ""))
        return "凭证已删去。"

    return do_and_return(request, perform, _address(found.duty))


@desk_view
@require_GET
def evidence_file(request: HttpRequest, pk: int) -> FileResponse:
    """The bytes of a file that proves something, always as a download."""
    person = person_of(request)
    found = Evidence.objects.filter(pk=pk, file__isnull=False).first()
    if found is None or found.file_id is None:
        raise Http404("没有这份凭证文件。")
    access.fetch(person, Duty, found.duty_id)
    response = FileResponse(files.path(found.file_id).open("rb"), as_attachment=True, filename=found.file_name)
    response["Content-Security-Policy"] = "sandbox"
    return response
