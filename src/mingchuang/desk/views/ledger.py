"""The ledger in the desk: notices, their duties beside the source, by unit, by date, without owner."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingchuang.core import access, now
from mingchuang.core.actor import Actor
from mingchuang.core.models import Person
from mingchuang.core.roles import Role
from mingchuang.core.units import Directory
from mingchuang.desk import due_marks, history, source_text
from mingchuang.desk import notice_page as page
from mingchuang.desk.acting import actor_for, appointments, holds, person_of
from mingchuang.desk.breakdown import sheet
from mingchuang.desk.form_page import form_page, put_into, show_required
from mingchuang.desk.forms.kept_file import bytes_of
from mingchuang.desk.forms.ledger import NoticeFileForm, NoticeRecordForm
from mingchuang.desk.forms.records import NoteForm
from mingchuang.desk.frame import desk_view, do_and_return, show, tell_refusal
from mingchuang.desk.notice_page import HERE
from mingchuang.ledger import do, queries
from mingchuang.ledger.models import Duty, Notice
from mingchuang.norms.outcome import Issue, Refused
from mingchuang.ui.context import NavItem
from mingchuang.ui.documents import Happening


@desk_view
@require_http_methods(["GET", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """All notices; an upload by 政务公开办 loads one."""
    person = person_of(request)
    may_load = holds(person, Role.OFFICE)
    sent = request.method == "POST"
    if sent and not may_load:
        raise PermissionDenied("工作要点由政务公开办载入。")
    form = NoticeFileForm(request.POST if sent else None, request.FILES if sent else None)
    made = _loaded(form, person) if sent else None
    if made is not None:
        return redirect(f"{HERE}{made.pk}/")
    show_required(form)
    today = now.today()
    standing = access.visible(person, Notice).exclude(progress="void")
    editable = set(access.visible(person, Notice, "edit").values_list("pk", flat=True))
    voided = access.visible(person, Notice, "restore").filter(progress="void")
    context = {
        "rows": [(notice, queries.counts(notice, today), notice.pk in editable) for notice in standing],
        "voided": [(notice, _voiding(notice)) for notice in voided],
        "form": form,
        "may_load": may_load,
        "tabs": _tabs(person),
    }
    status = 422 if form.is_bound else 200
    return show(request, "desk/ledger/notices.html", "要点台账", context, current=HERE, status=status)


def _loaded(form: NoticeFileForm, person: Person) -> Notice | None:
    """The notice made of the file that was sent, or None with the reasons on the form."""
    if not form.is_valid():
        return None
    actor = actor_for(person, Notice, "load")
    name, data = bytes_of(form.cleaned_data["file"])
    try:
        if actor.unit is None:
            raise Refused([Issue("desk.no_unit", "您没有任职单位，不能载入。")])
        return do.load(data, name, actor.unit, actor, again=form.cleaned_data["again"])
    except Refused as refusal:
        put_into(form, refusal.issues)
        if any(issue.code == do.SAME_NUMBER for issue in refusal.issues):
            form.ask_again()
        return None


def _voiding(found: Notice) -> Happening | None:
    """When, why and by whom a notice was voided last; None for one that is not void."""
    if found.progress != "void":
        return None
    event = queries.notice_history(found).filter(move="void").last()
    return history.happening(event) if event is not None else None


def _tabs(person: Person) -> list[NavItem]:
    return [
        NavItem("按文件", HERE),
        NavItem("本单位任务", f"{HERE}mine/"),
        NavItem("按时限", f"{HERE}by-date/"),
        NavItem(
            "没有责任单位",
            f"{HERE}without-owner/",
            count=(access.visible(person, Duty) & queries.without_owner()).count(),
        ),
    ]


@desk_view
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What the units of the person at the keyboard owe."""
    person = person_of(request)
    today = now.today()
    directory = Directory.on(today)
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
        row["mark"] = due_marks.of_day(duty.due_on, today, done=duty.progress == "done") if _binds(duty) else None
    return rows


def _binds(duty: Duty) -> bool:
    """A reading that nobody has checked binds nobody: its day is shown, and not counted against anybody."""
    return duty.confirmation != "read"


@desk_view
@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Source on the left, duties on the right; a field lights its characters up."""
    person, today = person_of(request), now.today()
    found = access.fetch(person, Notice, pk)
    duties = {duty.pk: duty for duty in page.duties_of(person, found)}
    rows = _rows(duties.values())
    shown = request.GET.get("show", "")
    wanted = page.SHOWN.get(shown, page.SHOWN[""])[1]
    warnings, spans = page.warnings(found)
    first, others = page.actions(person, found)
    chosen = [row for row in rows if wanted(duties[row["id"]], row, today)]
    context = {
        "notice": found,
        "rows": chosen,
        "duties": duties,
        "open": set(access.visible(person, Duty).filter(notice=found).values_list("pk", flat=True)),
        "figures": page.figures(found, duties, rows, today),
        "show": shown,
        "headline": page.headline(duties, chosen, shown),
        "paragraphs": source_text.paragraphs(found, [*page.named_spans(found, duties), *spans]),
        "warnings": warnings,
        "may_edit": access.may(person, found, "edit"),
        "first": first,
        "others": others,
        "missing": found.duties.filter(missing=True),
        "voiding": _voiding(found),
        "history": [history.happening(event) for event in queries.notice_history(found)],
    }
    return show(request, "desk/ledger/notice.html", str(found), context, current=HERE, crumbs=(("要点台账", HERE),))


@desk_view
@require_GET
def by_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Every unit with what it owes of one notice, collectives expanded as of today."""
    person = person_of(request)
    found = access.fetch(person, Notice, pk)
    today = now.today()
    directory = Directory.on(today)
    owed = queries.by_unit(page.duties_of(person, found), today)
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
    verb: str = "edit"


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
    "void": NoticeDeed(
        "void", "作废", "已作废，仅作留存；作废错了可以在“其他办理”里恢复。", do.void_notice, "理由",
        "误传或者重复的文件才作废。作废以后，它的任务退出待办、期限和公众页面，凭证仅作留存。", "alarm", "void",
    ),
    "restore": NoticeDeed(
        "restore", "恢复", "已恢复为待核对。", do.restore_notice, "理由",
        "恢复以后重新核对，再决定是否公开。", "", "restore",
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
    told, here = DEEDS[deed], f"{HERE}{pk}/"
    found = access.fetch(person, Notice, pk, told.verb)

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
@require_http_methods(["GET", "POST"])
def bind(request: HttpRequest, pk: int) -> HttpResponse:
    """Say as which public record the notice was published; those with its 文号 stand first."""
    person, here = person_of(request), f"{HERE}{pk}/"
    found = access.fetch(person, Notice, pk, "edit")
    form = NoticeRecordForm(found, request.POST if request.method == "POST" else None)

    def perform(given: dict[str, Any]) -> str:
        do.bind_record(found, given["chosen"], actor_for(person, found, "bind"))
        return f"已关联《{given['chosen'].published.title}》；落实情况公开以后，两边的公众页面互相链接。"

    crumbs = (("要点台账", HERE), (str(found), here))
    return form_page(
        request, form, perform, title="关联公开的文件", button="关联", back=here, current=HERE, crumbs=crumbs,
        lead=["选这份要点公开为哪一条记录。公众在那条记录里看到落实情况，在落实情况里看到原文。"],
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
