"""The ledger in the desk: notices, their duties beside the source, by unit, by date, without owner."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingchuang.core import access, now
from mingchuang.core.actor import Actor
from mingchuang.core.models import Person
from mingchuang.core.roles import Role
from mingchuang.core.units import Directory
from mingchuang.desk import due_marks, source_text
from mingchuang.desk.acting import actor_for, appointments, holds, person_of
from mingchuang.desk.breakdown import sheet
from mingchuang.desk.form_page import form_page
from mingchuang.desk.forms.ledger import NoticeFileForm
from mingchuang.desk.forms.records import NoteForm
from mingchuang.desk.frame import desk_view, do_and_return, show, tell_refusal
from mingchuang.desk.record_actions import Action
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
    sent = request.method == "POST"
    form = NoticeFileForm(request.POST if sent else None, request.FILES if sent else None)
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
    status = 422 if form.is_bound else 200
    return show(request, "desk/ledger/notices.html", "要点台账", context, current=HERE, status=status)


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


def _rows(duties: Iterable[Duty]) -> list[dict[str, Any]]:
    today = now.today()
    listed = list(duties)
    rows = queries.rows_of(listed, today, shows_lateness=True)
    for duty, row in zip(listed, rows, strict=True):
        row["suggested"] = duty.suggested
        row["confirmation"] = duty.confirmation
        row["mark"] = due_marks.of_day(duty.due_on, today, done=duty.progress == "done")
    return rows


#: Which duties the page shows on the right: its figures are links to these.
SHOWN: Mapping[str, tuple[str, Callable[[Duty, dict[str, Any], date], bool]]] = {
    "": ("任务", lambda duty, row, today: True),
    "done": ("已完成", lambda duty, row, today: duty.progress == "done"),
    "in_progress": ("推进中", lambda duty, row, today: duty.progress == "in_progress"),
    "planned": ("未启动", lambda duty, row, today: duty.progress == "planned"),
    "overdue": ("逾期", lambda duty, row, today: bool(row["late"])),
    "unchecked": ("待核对", lambda duty, row, today: duty.confirmation == "read"),
    "ownerless": ("没有责任单位", lambda duty, row, today: not row["owners"]),
}


@desk_view
@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Source on the left, duties on the right; a field lights its characters up."""
    person, today = person_of(request), now.today()
    found = access.fetch(person, Notice, pk)
    duties = {duty.pk: duty for duty in _with_parts(found)}
    rows = _rows(duties.values())
    show_only = request.GET.get("show", "")
    title, wanted = SHOWN.get(show_only, SHOWN[""])
    warnings, spans = _warnings(found)
    first, others = notice_actions(person, found)
    context = {
        "notice": found,
        "rows": [row for row in rows if wanted(duties[row["id"]], row, today)],
        "duties": duties,
        "figures": _figures(found, duties, rows, today),
        "show": show_only,
        "shown_title": title,
        "paragraphs": source_text.paragraphs(found, [*_spans(found, duties), *spans]),
        "warnings": warnings,
        "may_edit": access.may(person, found, "edit"),
        "first": first,
        "others": others,
        "missing": found.duties.filter(missing=True),
    }
    return show(request, "desk/ledger/notice.html", str(found), context, current=HERE, crumbs=(("要点台账", HERE),))


def _with_parts(found: Notice) -> QuerySet[Duty]:
    duties = queries.live().filter(notice=found).order_by("order", "pk")
    return duties.prefetch_related("owners", "measures", "subtasks")


def _spans(found: Notice, duties: Mapping[int, Duty]) -> list[tuple[str, int, int]]:
    """The spans of what the right side names: every lit place must lead back to its field."""
    named = {f"duty-{pk}" for pk in duties}
    for duty in duties.values():
        named |= {f"owner-{row.pk}" for row in duty.owners.all()}
        named |= {f"measure-{row.pk}" for row in duty.measures.all() if row.kind != "vague"}
    return [span for span in queries.spans(found) if span[0] in named]


def _figures(
    found: Notice, duties: Mapping[int, Duty], rows: Sequence[dict[str, Any]], today: date
) -> list[tuple[int, str, str, str]]:
    """(number, words, its list, tone): each opens the duties that it counts."""
    tones = {"overdue": "alarm", "unchecked": "attention", "ownerless": "attention"}
    made = []
    for key, (title, wanted) in SHOWN.items():
        number = sum(1 for row in rows if wanted(duties[row["id"]], row, today))
        if number or key not in tones:
            query = f"?show={key}" if key else ""
            made.append((number, title, f"{HERE}{found.pk}/{query}#duties", tones.get(key, "")))
    return made


def _warnings(found: Notice) -> tuple[list[dict[str, str]], list[tuple[str, int, int]]]:
    """The reader's warnings with the keys under which their characters light up, and those spans."""
    told, spans = [], []
    for number, warning in enumerate(found.reading.get("warnings", []), 1):
        span = warning.get("span")
        key = f"warning-{number}" if span and span[0] < span[1] else ""
        if key:
            spans.append((key, span[0], span[1]))
        told.append({"message": str(warning["message"]), "key": key})
    return told, spans


def notice_actions(person: Person, found: Notice) -> tuple[Action | None, list[Action]]:
    """The first thing to do with a notice, and the others."""
    here = f"{HERE}{found.pk}/"
    office = holds(person, Role.OFFICE)
    if not access.may(person, found, "edit") or found.progress == "void":
        return None, []
    waiting = found.duties.filter(confirmation="read", missing=False).exists()
    first, others = None, [Action("再次识别", f"{here}reread/", post=True)]
    if found.progress == "loaded":
        others.insert(0, Action("逐项核对无误，全部确认", f"{here}confirm-all/", post=True))
        first = Action("核对完毕", f"{here}decide/confirm/", post=True) if not waiting else None
    elif found.progress == "confirmed" and office:
        first = Action("向社会公开落实情况", f"{here}decide/publish/", post=True)
    if office and found.lateness == "internal":
        others.append(Action("公开逾期情况", f"{here}decide/show-lateness/"))
    elif office:
        others.append(Action("不再公开逾期情况", f"{here}decide/hide-lateness/"))
    if office and found.progress == "published":
        others.append(Action("撤下落实情况", f"{here}decide/withdraw/", tone="alarm"))
    return first, others


@desk_view
@require_GET
def by_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Every unit with what it owes of one notice, collectives expanded as of today."""
    found = access.fetch(person_of(request), Notice, pk)
    today = now.today()
    directory = Directory(today)
    owed = queries.by_unit(found, today)
    rows = {row["id"]: row for row in _rows({duty.pk: duty for _, duties in owed for duty in duties}.values())}
    groups = [(directory.name(unit), [rows[duty.pk] for duty in duties]) for unit, duties in owed]
    context = {"groups": groups, "tabs": [], "tab": "", "empty": "还没有明确的责任单位。"}
    crumbs = (("要点台账", HERE), (str(found), f"{HERE}{pk}/"))
    return show(request, "desk/ledger/list.html", "按单位", context, current=HERE, crumbs=crumbs)


@dataclass(frozen=True)
class NoticeDeed:
    """A decision on a notice: its move, its button, what it says afterwards; `asks` is the label of its reason."""

    move: str
    title: str
    said: str
    perform: Callable[[Notice, Actor, str], object]
    asks: str = ""
    lead: str = ""
    tone: str = ""


DEEDS: Mapping[str, NoticeDeed] = {
    "confirm": NoticeDeed(
        "confirm", "核对完毕", "已核对完毕。", lambda found, actor, note: do.confirm_notice(found, actor)
    ),
    "publish": NoticeDeed(
        "publish", "公开", "落实情况已向社会公开。", lambda found, actor, note: do.publish_notice(found, actor)
    ),
    "withdraw": NoticeDeed(
        "withdraw", "撤下落实情况", "落实情况已撤下。", do.withdraw_notice, "理由", "公众将看不到这份台账。", "alarm"
    ),
    "show-lateness": NoticeDeed(
        "show_lateness", "公开逾期情况", "逾期情况已向社会公开。",
        lambda found, actor, note: do.set_lateness(found, actor, public=True, note=note),
        "依据", "公众将看到逾期的任务。请写明政务公开领导小组的决定。",
    ),
    "hide-lateness": NoticeDeed(
        "hide_lateness", "不再公开逾期情况", "逾期情况已改为仅内部可见。",
        lambda found, actor, note: do.set_lateness(found, actor, public=False, note=note),
        "依据", "公众将不再看到逾期。请写明政务公开领导小组的决定。",
    ),
}  # fmt: skip


@desk_view
@require_http_methods(["GET", "POST"])
def decide_notice(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """A decision on the notice as a whole; one that needs a reason has a page to write it on."""
    person = person_of(request)
    found = access.fetch(person, Notice, pk, "edit")
    told, here = DEEDS[deed], f"{HERE}{pk}/"

    def perform(given: Mapping[str, Any]) -> str:
        told.perform(found, actor_for(person, found, told.move), given.get("note", ""))
        return told.said

    if not told.asks:
        return do_and_return(request, lambda: perform({}), here) if request.method == "POST" else redirect(here)
    form = NoteForm(request.POST or None, label=told.asks)
    crumbs = (("要点台账", HERE), (str(found), here))
    return form_page(
        request, form, perform, title=told.title, button=told.title, back=here, current=HERE, crumbs=crumbs,
        lead=[told.lead], tone=told.tone,
    )  # fmt: skip


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
def breakdown(request: HttpRequest, pk: int) -> FileResponse:
    """The 责任分解表 as it stands after correction (XLSX)."""
    found = access.fetch(person_of(request), Notice, pk)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    name = f"{found.number or found.title or pk}责任分解表.xlsx"
    return FileResponse(io.BytesIO(sheet(found)), as_attachment=True, filename=name, content_type=kind)
