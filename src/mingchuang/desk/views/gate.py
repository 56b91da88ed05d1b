"""The gate's findings about a text: each at its place, with what to do, and the decision of a person about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingchuang.core import access
from mingchuang.desk.acting import actor_for, holds, person_of
from mingchuang.desk.form_page import form_page
from mingchuang.desk.forms.gate import DecisionForm
from mingchuang.desk.frame import desk_view, do_and_return, show
from mingchuang.desk.views.records import HERE, address, at_work, fetch
from mingchuang.reading.gate import RESULT_NAMES, Result, personal
from mingchuang.reading.gate.rules import CHECK_NAMES
from mingchuang.records import do, gate, gate_excerpts, gate_lists
from mingchuang.records.gate import Found, Verdict
from mingchuang.records.gate_excerpts import Excerpt
from mingchuang.records.models import Attachment, GateDecision, Record, Revision

#: Result → tone of its tag: what fails alarms, what nobody could assess is never green.
TONES = {"fail": "alarm", "uncertain": "attention", "not_assessable": "quiet", "pass": "done"}


@dataclass(frozen=True)
class Shown:
    """A finding as the page shows it."""

    found: Found
    result: str
    tone: str
    decision: GateDecision | None
    decide: str
    excerpt: Excerpt | None = None
    mask: str = ""
    edit: str = ""

    @property
    def reason(self) -> str:
        """The words of the decision, which the event holds."""
        return self.decision.event.note if self.decision else ""


def _text(request: HttpRequest, pk: int) -> tuple[Record, Revision]:
    record = fetch(request, pk, "see")
    revision = record.current or record.published
    if revision is None or not access.may(person_of(request), revision, "see"):
        raise Http404("没有可以检查的稿件。")
    return record, revision


@desk_view
@require_GET
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    """The six checks with their worst open result, and below every finding by check."""
    record, revision = _text(request, pk)
    verdict = gate.of_revision(revision)
    decided = gate.decisions(revision, verdict.content_hash)
    here = f"{address(record)}gate/"
    places = gate_excerpts.of_verdict(revision, verdict)
    edit = _edit(request, record, revision)
    shown = [
        _shown(one, decided, here, places.get(one.key), edit) for one in verdict.found if one.finding.result != "pass"
    ]
    context = {
        "record": record,
        "revision": revision,
        "summary": [_line(*line) for line in gate.summary(verdict.found, decided)],
        "groups": [
            (name, inside)
            for check, name in CHECK_NAMES.items()
            if (inside := [one for one in shown if one.found.finding.check == check])
        ],
        "cleanable": _cleanable(revision, verdict),
        "open": len(gate.open_findings(revision, verdict)),
        "edit": edit,
        "mask": f"{here}mask/" if edit and any(one.mask for one in shown) else "",
        "lists": "/desk/gate/lists/" if holds(person_of(request), *gate_lists.KEEPERS) else "",
    }
    crumbs = (("信息公开", HERE), (revision.title or "（未命名）", address(record)))
    return show(request, "desk/records/gate.html", "发布前检查", context, current=HERE, crumbs=crumbs)


def _cleanable(revision: Revision, verdict: Verdict) -> list[Attachment]:
    """The attachments of a draft that hide something."""
    if revision.progress != Revision.Progress.DRAFT:
        return []
    hiding = {one.file for one in verdict.found if one.is_hidden and one.stops}
    return list(revision.attachments.filter(file_id__in=hiding).order_by("order"))


def _edit(request: HttpRequest, record: Record, revision: Revision) -> str:
    """Where the text is changed, for those who may."""
    is_open = revision.progress == Revision.Progress.DRAFT and access.may(person_of(request), record, "edit")
    return f"{address(record)}edit/" if is_open else ""


def _line(name: str, worst: Result, stopping: int, settled: int) -> tuple[str, str, str, int, int]:
    """A check's line; what people had to decide about is no plain 通过."""
    if worst == "pass" and settled:
        return name, "已由人判断", "quiet", stopping, settled
    return name, RESULT_NAMES[worst], TONES[worst], stopping, settled


def _shown(one: Found, decided: dict[str, GateDecision], here: str, excerpt: Excerpt | None, edit: str) -> Shown:
    result = one.finding.result
    decision = decided.get(one.key)
    is_open = one.stops and not decision
    may_mask = bool(edit) and is_open and not one.file and one.finding.rule in personal.RULES.values()
    return Shown(
        one,
        RESULT_NAMES[result],
        "quiet" if decision else TONES[result],
        decision,
        f"{here}{one.key}/" if is_open else "",
        excerpt,
        f"{here}mask/?only={one.key}" if may_mask else "",
        f"{edit}#id_{one.field.partition('.')[0]}" if edit and one.field and is_open else "",
    )


@desk_view
@require_POST
def clean(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take what it hides out of an attachment of a draft, and say what went."""
    record, revision = at_work(request, pk)
    attachment = Attachment.objects.select_related("revision").filter(pk=row, revision=revision).first()
    if attachment is None:
        raise Http404("没有这个附件。")

    def perform() -> str:
        removed = do.clean(attachment, actor_for(person_of(request), revision, "edit"))
        return f"附件“{attachment.title}”已清除：{'；'.join(removed)}。" if removed else "没有要清除的隐藏信息。"

    return do_and_return(request, perform, f"{address(record)}gate/")


@desk_view
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Decide about one finding; refused with all reasons."""
    record, revision = _text(request, pk)
    verdict = gate.of_revision(revision)
    found = _one(verdict, key)
    form = DecisionForm(request.POST or None, initial={"content_hash": verdict.content_hash})

    def perform(given: dict[str, Any]) -> str:
        actor = actor_for(person_of(request), revision, "settle_finding")
        do.settle(revision, actor, key=key, **given)
        return "已记下您的判断。"

    finding = found.finding
    lead = [f"{CHECK_NAMES[finding.check]}检查，{found.part}，{finding.place.words}：{finding.message}{finding.advice}"]
    back = f"{address(record)}gate/"
    crumbs = (("信息公开", HERE), (revision.title or "（未命名）", address(record)), ("发布前检查", back))
    title = f"判断：{finding.rule.title}"
    return form_page(
        request, form, perform, title=title, button="记下判断", back=back, current=HERE, crumbs=crumbs, lead=lead
    )


def _one(verdict: Verdict, key: str) -> Found:
    for one in verdict.found:
        if one.key == key and one.stops:
            return one
    raise Http404("没有这一处检查结果：内容可能已经改动。")
