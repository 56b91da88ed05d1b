"""The ledger in the desk: notices, their duties beside the source, by unit, by date, without owner."""

from __future__ import annotations

import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingchuang import reading
from mingchuang.core import access, files, now
from mingchuang.core.roles import Role
from mingchuang.core.units import Directory
from mingchuang.desk import due_marks
from mingchuang.desk.acting import actor_for, appointments, holds, person_of
from mingchuang.desk.forms.ledger import NoticeFileForm, ReasonForm
from mingchuang.desk.frame import desk_view, do_and_return, show, tell_refusal
from mingchuang.ledger import do, queries
from mingchuang.ledger.models import Duty, Notice
from mingchuang.norms.outcome import Refused
from mingchuang.ui.context import NavItem

HERE = "/desk/ledger/"


@desk_view
@require_http_methods(["GET", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """All notices; an upload loads one."""
    person = person_of(request)
    form = NoticeFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        actor = actor_for(person, Notice, "load")
        try:
            if actor.unit is None:
                return redirect(HERE)
            made = do.load(file.read(), file.name, actor.unit, actor)
            return redirect(f"{HERE}{made.pk}/")
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error("file", reason)
    today = now.today()
    rows = [
        (notice, queries.counts(notice, today)) for notice in access.visible(person, Notice).exclude(progress="void")
    ]
    context = {"rows": rows, "form": form, "may_load": holds(person, Role.CLERK, Role.OFFICE), "tabs": _tabs(person)}
    return show(request, "desk/ledger/notices.html", "要点台账", context, current=HERE)


def _tabs(person: object) -> list[NavItem]:
    return [
        NavItem("按文件", HERE),
        NavItem("本单位任务", f"{HERE}mine/"),
        NavItem("按时限", f"{HERE}by-date/"),
        NavItem("没有责任单位", f"{HERE}without-owner/", count=queries.without_owner().count()),
    ]


@desk_view
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What the units of the person at the keyboard owe."""
    person = person_of(request)
    today = now.today()
    directory = Directory(today)
    units = {row.unit_id: row.unit for row in appointments(person)}.values()
    groups = [(directory.name(unit), _rows(queries.owed_by(unit, today))) for unit in units]
    context = {"groups": groups, "tabs": _tabs(person), "tab": f"{HERE}mine/", "empty": "本单位没有要落实的任务。"}
    return show(request, "desk/ledger/list.html", "本单位任务", context, current=HERE)


@desk_view
@require_GET
def by_date(request: HttpRequest) -> HttpResponse:
    """Duties with a date, overdue first."""
    person = person_of(request)
    today = now.today()
    dated = access.visible(person, Duty) & queries.live().filter(due_on__isnull=False)
    late = _rows(dated.filter(due_on__lt=today).exclude(progress="done").order_by("due_on"))
    coming = _rows(dated.filter(due_on__gte=today).exclude(progress="done").order_by("due_on"))
    done = _rows(dated.filter(progress="done").order_by("due_on"))
    groups = [(title, rows) for title, rows in (("已逾期", late), ("未到期", coming), ("已完成", done)) if rows]
    context = {"groups": groups, "tabs": _tabs(person), "tab": f"{HERE}by-date/", "empty": "没有写明日期的任务。"}
    return show(request, "desk/ledger/list.html", "按时限", context, current=HERE)


@desk_view
@require_GET
def without_owner(request: HttpRequest) -> HttpResponse:
    """Duties that nobody owes yet, with the units that the text itself mentions."""
    person = person_of(request)
    rows = _rows(access.visible(person, Duty) & queries.without_owner())
    context = {
        "groups": [("还没有责任单位", rows)] if rows else [],
        "tabs": _tabs(person),
        "tab": f"{HERE}without-owner/",
        "empty": "每项任务都有责任单位。",
    }
    return show(request, "desk/ledger/list.html", "没有责任单位", context, current=HERE)


def _rows(duties: object) -> list[dict[str, object]]:
    today = now.today()
    listed = list(duties)  # type: ignore[call-overload]
    rows = queries.rows_of(listed, today, shows_lateness=True)
    for duty, row in zip(listed, rows, strict=True):
        row["suggested"] = duty.suggested
        row["confirmation"] = duty.confirmation
        row["mark"] = due_marks.of_day(duty.due_on, today, done=duty.progress == "done")
    return rows


@desk_view
@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Source on the left, duties on the right; a field lights its characters up."""
    person = person_of(request)
    found = access.fetch(person, Notice, pk)
    duties = queries.live().filter(notice=found)
    rows = _rows(duties)
    parts = {duty.pk: duty for duty in duties.prefetch_related("owners", "measures", "subtasks")}
    context = {
        "notice": found,
        "rows": rows,
        "duties": parts,
        "spans": queries.spans(found),
        "counts": queries.counts(found, now.today()),
        "warnings": found.reading.get("warnings", []),
        "may_edit": access.may(person, found, "edit"),
        "is_office": holds(person, Role.OFFICE),
        "reason": ReasonForm(prefix="withdraw"),
        "missing": found.duties.filter(missing=True),
    }
    crumbs = (("要点台账", HERE),)
    return show(request, "desk/ledger/notice.html", str(found), context, current=HERE, crumbs=crumbs)


@desk_view
@require_GET
def by_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Every unit with what it owes of one notice, collectives expanded as of today."""
    found = access.fetch(person_of(request), Notice, pk)
    today = now.today()
    directory = Directory(today)
    groups = [(directory.name(unit), _rows(duties)) for unit, duties in queries.by_unit(found, today)]
    context = {"groups": groups, "tabs": [], "tab": "", "empty": "还没有明确的责任单位。"}
    crumbs = (("要点台账", HERE), (str(found), f"{HERE}{pk}/"))
    return show(request, "desk/ledger/list.html", "按单位", context, current=HERE, crumbs=crumbs)


DEEDS = {
    "confirm": ("confirm", lambda found, actor, note: do.confirm_notice(found, actor), "已核对完毕。"),
    "publish": ("publish", lambda found, actor, note: do.publish_notice(found, actor), "落实情况已向社会公开。"),
    "withdraw": ("withdraw", do.withdraw_notice, "落实情况已撤下。"),
    "show-lateness": (
        "show_lateness",
        lambda found, actor, note: do.set_lateness(found, actor, public=True, note=note),
        "逾期情况已向社会公开。",
    ),
    "hide-lateness": (
        "hide_lateness",
        lambda found, actor, note: do.set_lateness(found, actor, public=False, note=note),
        "逾期情况已改为仅内部可见。",
    ),
}


@desk_view
@require_POST
def decide_notice(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """A decision on the notice as a whole."""
    person = person_of(request)
    found = access.fetch(person, Notice, pk, "edit")
    move, perform, said = DEEDS[deed]

    def perform_it() -> str:
        perform(found, actor_for(person, found, move), request.POST.get("withdraw-note", request.POST.get("note", "")))
        return said

    return do_and_return(request, perform_it, f"{HERE}{pk}/")


@desk_view
@require_POST
def confirm_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm every duty that can be; say why the others can't."""
    person = person_of(request)
    found = access.fetch(person, Notice, pk, "edit")
    first = found.duties.first() or Duty
    done, issues = do.confirm_all(found, actor_for(person, first, "confirm"))
    if issues:
        tell_refusal(request, Refused(issues))
    return do_and_return(request, lambda: f"已核对 {len(done)} 项。", f"{HERE}{pk}/")


@desk_view
@require_POST
def reread(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the stored file again; corrections stay."""
    person = person_of(request)
    found = access.fetch(person, Notice, pk, "edit")

    def perform() -> str:
        outcome = do.reread(found, actor_for(person, found, "reread"))
        words = {"same": "没有变化", "changed": "文字有变化，请再核对", "new": "新读出", "missing": "新读法中没有"}
        return (
            "已再次识别：" + "；".join(f"{words[key]} {len(refs)} 项" for key, refs in outcome.items() if refs) + "。"
        )

    return do_and_return(request, perform, f"{HERE}{pk}/")


@desk_view
@require_GET
def breakdown(request: HttpRequest, pk: int) -> HttpResponse:
    """The 责任分解表 of a notice as offices circulate it (XLSX)."""
    from mingchuang.reading.sheet import write_sheet  # noqa: PLC0415

    found = access.fetch(person_of(request), Notice, pk)
    stream = io.BytesIO()
    write_sheet(reading.read(files.read(found.source_id), found.source_name), stream)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(stream.getvalue(), content_type=kind)
    response["Content-Disposition"] = f"attachment; filename=breakdown-{pk}.xlsx"
    return response
