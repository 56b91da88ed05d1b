"""The 政务公开办 holds signatures recorded from paper against their scans: the queue, and one look."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from mingchuang.core import access, now
from mingchuang.core.models import Person
from mingchuang.core.roles import Role
from mingchuang.core.units import Directory
from mingchuang.desk.acting import actor_for, holds, person_of
from mingchuang.desk.form_page import form_page
from mingchuang.desk.forms.sampling import LookForm
from mingchuang.desk.frame import desk_view, show
from mingchuang.records import integrity, sampling
from mingchuang.records.do.sampling import check_paper
from mingchuang.records.models import Approval, Revision
from mingchuang.records.terms import Secrecy

HERE = "/desk/review/samples/"
_REVIEW = "/desk/review/"
_LATEST = 50


def waiting_for(person: Person) -> int:
    """How many drawn signatures wait for this person's look; nobody's but the office's."""
    return sum(drawn.by_lot for drawn in sampling.waiting()) if holds(person, Role.OFFICE) else 0


@desk_view
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What was drawn and waits, what may be looked at besides, and the looks taken last."""
    if not holds(person_of(request), Role.OFFICE):
        raise Http404("纸质签批由政务公开办抽查。")
    directory, open_rows = Directory.on(now.today()), sampling.waiting()
    rows = [(drawn, f"{HERE}{drawn.approval.pk}/", _meta(drawn.approval, directory)) for drawn in open_rows]
    context = {
        "drawn": [row for row in rows if row[0].by_lot],
        "besides": [row for row in rows if not row[0].by_lot],
        "looked": [(look, _meta(look.approval, directory)) for look in sampling.looked(_LATEST)],
        "one_in": sampling.ONE_IN,
    }
    return show(request, "desk/review/samples.html", "纸质签批抽查", context, current=_REVIEW, crumbs=_crumbs())


@desk_view
@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """One recorded signature beside its scan, and whether they are the same."""
    found = Approval.objects.filter(pk=pk, recorder__isnull=False, evidence__isnull=False).first()
    if found is None:
        raise Http404("没有这条代录的纸质签批。")
    person = person_of(request)
    access.fetch(person, Revision, found.revision_id, "check_paper")
    row = Approval.objects.select_related("person", "recorder", "evidence", "event__text", "revision__record__unit")
    approval = row.get(pk=pk)

    def perform(given: dict[str, Any]) -> str:
        actor = actor_for(person, approval.revision, sampling.MOVE)
        check_paper(approval, actor, outcome=given["outcome"], note=given["note"])
        return f"抽查结论已登记：{sampling.Outcome(given['outcome']).label}。"

    return form_page(
        request, LookForm(request.POST if request.method == "POST" else None), perform, title="对照审签单",
        button="登记抽查结论", back=HERE, current=_REVIEW, crumbs=(*_crumbs(), ("纸质签批抽查", HERE)),
        lead=["打开审签单扫描件，与上面代录的内容逐项对照。"], template="desk/review/look.html",
        context={"approval": approval, "facts": _facts(approval), "scan": f"{_REVIEW}scans/{approval.pk}/"},
    )  # fmt: skip


def _crumbs() -> tuple[tuple[str, str], ...]:
    return (("审签", _REVIEW),)


def _meta(row: Approval, directory: Directory) -> list[str]:
    recorder = row.recorder.name if row.recorder else ""
    return [directory.name(row.revision.record.unit_id), row.step_title, f"{row.person.name}签字", f"{recorder}代录"]


def _facts(row: Approval) -> list[tuple[str, str]]:
    """What the recorder wrote down, in the order of the printed form."""
    return [
        ("稿件", str(row.revision)),
        ("指纹", integrity.short(row.content_hash)),
        ("环节", row.step_title),
        ("签字人", row.person.name),
        ("签字日期", f"{row.happened_on:%Y-%m-%d}"),
        ("保密审查结论", Secrecy(row.secrecy).label if row.secrecy else ""),
        ("批示内容", row.event.note),
        ("代录人", row.recorder.name if row.recorder else ""),
        ("补录原因", row.event.late_reason),
    ]
