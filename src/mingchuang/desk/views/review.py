"""Review in the desk: what waits for a signature, the exact text that is signed, the decision, the paper way."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from mingchuang.core import access, files, now
from mingchuang.core.models import Event, Person, StoredFile
from mingchuang.core.roles import Role
from mingchuang.core.units import Directory
from mingchuang.desk import comparison, record_actions, record_text, statutes
from mingchuang.desk.acting import actor_for, holds, person_of
from mingchuang.desk.form_page import carried_out, form_page, show_required
from mingchuang.desk.forms.kept_file import stored
from mingchuang.desk.forms.review import PaperForm, SignatureForm, signers_of
from mingchuang.desk.frame import desk_view, show, tell
from mingchuang.desk.views.sampling import waiting_for
from mingchuang.norms.outcome import Issue, Refused
from mingchuang.norms.wording import book_title
from mingchuang.records import authorship, checks, do, inbox, integrity, sampling, staffing
from mingchuang.records.kind import kind
from mingchuang.records.models import Approval, Revision
from mingchuang.records.routes import SIGNERS

HERE = "/desk/review/"
SECRECY = statutes.statute(checks.SECRECY_RULE)


def address(revision: Revision | int) -> str:
    return f"{HERE}{revision if isinstance(revision, int) else revision.pk}/"


@desk_view
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """What the person may sign, what else is under review in reach, and what they signed last."""
    person = person_of(request)
    mine = list(inbox.to_sign(person))
    others = access.visible(person, Revision).filter(progress=Revision.Progress.REVIEWING)
    others = others.exclude(pk__in=[row.pk for row in mine]).order_by("submitted_at", "pk")
    signed = Approval.objects.filter(person=person).select_related("revision__record__unit").order_by("-recorded_at")
    context = {
        "mine": [(row, address(row)) for row in mine],
        "samples": waiting_for(person) if holds(person, Role.OFFICE) else None,
        "others": [(row, address(row)) for row in others.select_related("author", "submitted_by")[:100]],
        "signed": [(row, f"/desk/records/{row.revision.record_id}/") for row in signed[:20]],
    }
    return show(request, "desk/review/list.html", "审签", context, current=HERE)


def _fetch(request: HttpRequest, pk: int, verb: str = "see") -> Revision:
    """A text that was submitted, with its record, or 404."""
    found = access.fetch(person_of(request), Revision, pk, verb)
    if found.frozen_id is None:
        raise Http404("这一稿还没有送审。")
    return Revision.objects.select_related("record__unit", "record__published", "submitted_by").get(pk=found.pk)


@desk_view
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen text, who signed it, and the decision of whoever's turn it is."""
    revision = _fetch(request, pk)
    step = checks.awaited(revision)
    if request.method == "GET":
        return _page(request, revision, SignatureForm.of(revision, step))
    access.fetch(person_of(request), Revision, pk, "review")
    form = SignatureForm(request.POST)
    back = "return" in request.POST
    said = carried_out(form, lambda given: _decide(request, revision, given, back))
    if isinstance(said, str):
        tell(request, said)
        return redirect(HERE)
    return _page(request, _fetch(request, pk), form)


def _decide(request: HttpRequest, revision: Revision, given: dict[str, Any], back: bool) -> str:
    """Sign or send back the text with the fingerprint that stood on the screen."""
    step = checks.awaited(revision)
    roles = SIGNERS.get(step.role) if step is not None else None
    actor = actor_for(person_of(request), revision, "return" if back else "approve", roles=roles)
    told = {key: given[key] for key in ("content_hash", "step", "secrecy", "note")}
    if back:
        do.return_(revision, actor, **told)
        return f"已退回{book_title(revision.title)}。"
    do.approve(revision, actor, **told)
    return f"已签署同意{book_title(revision.title)}。"


def _page(request: HttpRequest, revision: Revision, form: SignatureForm) -> HttpResponse:
    person, record, reviewing = person_of(request), revision.record, revision.progress == Revision.Progress.REVIEWING
    mine = reviewing and inbox.to_sign(person).filter(pk=revision.pk).exists()
    context = {
        "revision": revision,
        "record": record,
        "unit_name": Directory.on(now.today()).name(record.unit_id),
        "text": record_text.of(revision),
        "step": checks.awaited(revision),
        "steps": record_actions.steps(revision),
        "route": _route(revision),
        "form": form,
        "shows_form": mine or form.is_bound,
        "why_not": _why_not(person, revision) if reviewing and not mine else [],
        "alarms": sampling.alarms(revision),
        "stranded": _stranded(person, revision) if mine else [],
        "gate": record_actions.gate(person, revision),
        "differences": _against_public(revision),
        "statutes": {"secrecy": SECRECY},
        "may_record": reviewing and access.may(person, revision, "record_paper"),
    }
    show_required(form)
    status = 422 if form.is_bound else 200
    title = revision.title or "（未命名）"
    return show(
        request, "desk/review/review.html", title, context, current=HERE, crumbs=(("审签", HERE),), status=status
    )


def _route(revision: Revision) -> dict[str, Any]:
    """Title and basis of the route, as the submission's event keeps them."""
    mine = Event.objects.filter(subject_kind=Revision.subject_kind(), subject_id=revision.pk, move="submit")
    event = mine.order_by("-seq").first()
    return dict(event.data.get("route", {})) if event is not None else {}


def _stranded(person: Person, revision: Revision) -> list[str]:
    """What would have nobody left to sign it, if this person signed now."""
    step = checks.awaited(revision)
    return [issue.message for issue in staffing.stranded(revision, person, step)] if step is not None else []


def _why_not(person: Person, revision: Revision) -> list[str]:
    """Why the person may not sign now: their own text, signed already, or another's turn."""
    step = checks.awaited(revision)
    if person.pk in authorship.authors(revision):
        return ["您参与起草、修改或者送审了这一稿，须由他人审签。"]
    if revision.approvals.filter(person=person, decision="approve").exists():
        return ["您已签署过这一稿，每人只能签署一个环节。"]
    return [f"现在等待“{step.title}”环节签署。"] if step is not None else []


def _against_public(revision: Revision) -> list[comparison.Difference]:
    """For a correction: the fields in which it differs from what citizens read now."""
    published = revision.record.published
    if published is None or published.pk == revision.pk:
        return []
    published.record = revision.record
    return comparison.of_values(kind(revision.record.kind), record_text.values(published), record_text.values(revision))


@desk_view
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a signature that was given on the printed form."""
    person = person_of(request)
    revision = _fetch(request, pk, "record_paper")
    step = checks.awaited(revision)
    if step is None:
        raise Http404("这一稿没有等待签署的环节。")
    start = {"content_hash": revision.content_hash, "step": step.number, "happened_on": now.today()}
    choices = signers_of(revision, step)
    form = PaperForm(choices, person, request.POST or None, request.FILES or None, initial=start)

    def perform(given: dict[str, Any]) -> str:
        _record(revision, person, form, given)
        return f"已代录{form.signed_as.person.name}的纸质签批。"

    lead = [f"现在等待“{step.title}”环节。", f"审签单上印的指纹须是 {integrity.short(revision.content_hash)}。"]
    return form_page(
        request, form, perform, title="代录纸质签批", button="登记签批", back=address(revision), current=HERE,
        crumbs=(("审签", HERE), (str(revision), address(revision))), lead=lead, statutes={"secrecy": SECRECY},
    )  # fmt: skip


def _record(revision: Revision, person: Person, form: PaperForm, given: dict[str, Any]) -> None:
    scan = stored(given["file"])
    if scan is None:
        raise Refused([Issue("desk.scan", "审签单是空文件或者太大，请重新选择。", field="file")])
    told = {key: given[key] for key in ("content_hash", "step", "happened_on", "secrecy", "late_reason", "note")}
    told["scan_name"] = scan.first_name if isinstance(given["file"], StoredFile) else given["file"].name or ""
    try:
        do.record_paper_approval(
            revision, person, signer=form.signed_as.person, role=Role(form.signed_as.role), evidence=scan, **told
        )
    except Refused as refusal:
        raise Refused(_on_this_form(refusal)) from refusal


def _on_this_form(refusal: Refused) -> list[Issue]:
    """The kernel's names of places as this form calls them."""
    named = {"on_behalf_of": "signer", "evidence": "file", "role": "signer"}
    return [
        Issue(i.code, i.message, named.get(i.field, i.field), i.severity, i.rule, i.context) for i in refusal.issues
    ]


@desk_view
@require_GET
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The 审签单 on paper: the text's identity, fingerprint and QR code, a line for each signature."""
    revision = _fetch(request, pk)
    context = {
        "revision": revision,
        "record": revision.record,
        "unit_name": Directory.on(now.today()).name(revision.record.unit_id),
        "text": record_text.of(revision),
        "steps": record_actions.steps(revision),
        "route": _route(revision),
        "printed_on": now.today(),
        "address": address(revision),
    }
    crumbs = (("审签", HERE), (str(revision), address(revision)))
    return show(request, "desk/review/form.html", "信息公开审签单", context, current=HERE, crumbs=crumbs)


@desk_view
@require_GET
def scan(request: HttpRequest, pk: int) -> FileResponse:
    """The photograph or scan behind a signature on paper."""
    found = Approval.objects.select_related("evidence").filter(pk=pk, evidence__isnull=False).first()
    if found is None or found.evidence is None:
        raise Http404("没有这份审签单。")
    access.fetch(person_of(request), Revision, found.revision_id)
    name = f"审签单-{found.step_title}.{found.evidence.extension}"
    response = FileResponse(files.path(found.evidence.pk).open("rb"), as_attachment=True, filename=name)
    response["Content-Security-Policy"] = "sandbox"
    return response
