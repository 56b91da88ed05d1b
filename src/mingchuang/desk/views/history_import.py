"""History in the desk: a workbook is looked at, every fault by row and column; then it is taken in whole."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from mingchuang.core import files, now
from mingchuang.core.actor import Actor
from mingchuang.core.models import Unit
from mingchuang.core.roles import Role
from mingchuang.desk.acting import actor_for, person_of
from mingchuang.desk.form_page import put_into, show_required
from mingchuang.desk.forms.history import TAKE_OVER, HistoryForm
from mingchuang.desk.forms.kept_file import bytes_of
from mingchuang.desk.forms.records import units_for
from mingchuang.desk.frame import desk_view, show, tell
from mingchuang.desk.views.records import HERE as RECORDS
from mingchuang.norms.outcome import Issue, Refused, errors
from mingchuang.records import do, history, spreadsheet
from mingchuang.records.kind import UnknownKind, kind
from mingchuang.records.models import Record

HERE = f"{RECORDS}history/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN = 200


@dataclass(frozen=True)
class Looked:
    """What a workbook holds, and everything that keeps it from being taken in: (row, column, what is wrong)."""

    found: history.Workbook
    faults: Sequence[tuple[str, str, str]]


@desk_view
@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Look at a workbook, then take it in: all rows or none."""
    person = person_of(request)
    if not units_for(person):
        raise Http404("没有可以导入的单位。")
    if request.method == "GET":
        return _page(request, HistoryForm(person))
    form = HistoryForm(person, request.POST, request.FILES)
    if not form.is_valid():
        form.keep_file()
        return _page(request, form)
    given = form.cleaned_data
    name, data = bytes_of(given["file"])
    looked = _look(request, given, name, data)
    seen = hashlib.sha256("\0".join((given["kind"], given["unit"], given["mode"])).encode() + data).hexdigest()
    # Another file, kind or way chosen in the meantime is looked at first.
    if given["sure"] == seen and not looked.faults:
        said = _taken(form, request, name, data, looked.found)
        if said:
            tell(request, said)
            return redirect(f"{RECORDS}?unit={given['unit']}")
    form.ask("" if looked.faults or form.errors else seen)
    return _page(request, form, looked)


def _actor(request: HttpRequest, given: dict[str, Any]) -> Actor:
    roles = (Role.OFFICE,) if given["mode"] == TAKE_OVER else None
    return actor_for(person_of(request), Record, "create", roles=roles)


def _look(request: HttpRequest, given: dict[str, Any], name: str, data: bytes) -> Looked:
    """Read, and do it once without keeping it: what the deed would refuse is told beforehand."""
    found = history.read(given["kind"], data, name, now.today())
    issues: Sequence[Issue] = found.issues
    if not issues:
        note = given["note"] if given["mode"] == TAKE_OVER else ""
        unit, source = Unit.objects.get(code=given["unit"]), do.Source(files.put(data, name), name)
        actor = _actor(request, given)
        issues = do.rehearse_history(given["kind"], unit, actor, found.entries, source=source, note=note)
    faults = sorted(_fault(given["kind"], issue) for issue in errors(issues))
    told = [(f"第 {line} 行" if line else "整个文件", label, message) for line, label, message in faults]
    return Looked(found, told)


def _fault(kind_id: str, issue: Issue) -> tuple[int, str, str]:
    """(line, column, what): of a cell by its field (`history.4.batch`), of a row by the line that the deed tells."""
    table = history.columns(kind_id)
    parts = issue.field.split(".")
    line = parts[1] if len(parts) == 3 and parts[0] == table.name else issue.context.get("line", 0)
    column = table.column(parts[-1]) or kind(kind_id).field(parts[0])
    message = issue.message.partition("：")[2] if issue.message.startswith(("第 ", f"“{table.label}”第 ")) else ""
    return int(line), column.label if column else "", message or issue.message


def _taken(form: HistoryForm, request: HttpRequest, name: str, data: bytes, found: history.Workbook) -> str:
    """What was done; empty with the reasons on the form when it was refused after all."""
    given = form.cleaned_data
    unit = Unit.objects.get(code=given["unit"])
    actor, stored = _actor(request, given), files.put(data, name)
    try:
        if given["mode"] == TAKE_OVER:
            made = do.take_over(
                given["kind"], unit, actor, found.entries, source=do.Source(stored, name), note=given["note"]
            )
            return f"已导入并公开 {len(made)} 条，注明“历史数据导入”；来源文件的指纹写入每一条的办理经过。"
        made = do.enter_history(given["kind"], unit, actor, found.entries, source=do.Source(stored, name))
        return f"已导入 {len(made)} 条草稿，请核对后送审。"
    except Refused as refusal:
        put_into(form, refusal.issues)
        return ""


def _page(request: HttpRequest, form: HistoryForm, looked: Looked | None = None) -> HttpResponse:
    show_required(form)
    clean = looked is not None and not looked.faults
    context = {
        "form": form,
        "looked": looked,
        "entries": looked.found.entries[:_SHOWN] if looked else (),
        "kinds": sorted(history.offered(), key=lambda found: (found.id != "land", found.title)),
        "button": "导入" if clean and not form.errors else "上传并核对",
    }
    status = 422 if form.errors or (looked is not None and looked.faults) else 200
    crumbs = (("信息公开", RECORDS),)
    return show(
        request, "desk/records/history.html", "历史数据导入", context, current=RECORDS, crumbs=crumbs, status=status
    )


@desk_view
@require_GET
def template(request: HttpRequest, name: str) -> FileResponse:
    """An empty workbook with the columns of a kind's history."""
    person_of(request)
    try:
        offered = kind(name) in history.offered()
    except UnknownKind:
        offered = False
    if not offered:
        raise Http404("这一类没有历史数据表。")
    table = history.columns(name)
    data = io.BytesIO(spreadsheet.workbook(table, ()))
    return FileResponse(data, as_attachment=True, filename=f"{table.label}.xlsx", content_type=XLSX)
