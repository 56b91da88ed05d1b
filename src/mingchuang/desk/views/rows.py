"""One table of a draft: its rows shown, pasted, imported from a workbook, exported for filling in."""

from __future__ import annotations

import io
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from mingchuang.desk.acting import actor_for, person_of
from mingchuang.desk.form_page import put_into
from mingchuang.desk.forms.rows import APPEND, RowsForm
from mingchuang.desk.frame import desk_view, show, tell
from mingchuang.desk.views.records import HERE, address, at_work
from mingchuang.norms.outcome import Issue, Refused, refuse_if
from mingchuang.records import do, form_values, personal, spreadsheet, tables
from mingchuang.records.kind import Table, kind
from mingchuang.records.models import Record, Revision
from mingchuang.records.public_page import public_table

#: So many rows stand on the page and in the text field; longer tables are exchanged as workbooks.
SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _found(request: HttpRequest, pk: int, name: str) -> tuple[Record, Revision, Table]:
    """The draft and its table, for those who may edit it; 404 otherwise."""
    record, revision = at_work(request, pk)
    table = kind(record.kind).table(name)
    if table is None or revision.progress != Revision.Progress.DRAFT:
        raise Http404("没有这张可以填写的表。")
    return record, revision, table


@desk_view
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The rows as they stand and the form that changes them; refused, with every fault by its line and column."""
    record, revision, table = _found(request, pk, name)
    rows = tables.rows_of(revision, table)
    if request.method == "GET":
        text = tables.with_head(table, rows) if len(rows) <= SHOWN else ""
        return _page(request, revision, table, RowsForm(initial={"text": text, "version": revision.version}))
    form = RowsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, revision, table, form)
    try:
        told = _save(request, revision, table, form, rows)
    except Refused as refusal:
        put_into(form, refusal.issues)
        return _page(request, revision, table, _with_what_was_read(form, table))
    tell(request, told)
    return redirect(f"{address(record)}edit/")


def _save(
    request: HttpRequest, revision: Revision, table: Table, form: RowsForm, standing: tuple[dict[str, Any], ...]
) -> str:
    """Read, judge and save; what was left out is said. Raises Refused with every fault."""
    refuse_if(_nothing_given(form, len(standing)))
    sheet = form.sheet(table)
    refuse_if(sheet.issues)
    given, issues, _ = form_values.parse_rows(table, sheet.rows, places=sheet.places)
    refuse_if(issues)
    rows = [*standing, *given] if form.cleaned_data["mode"] == APPEND else list(given)
    actor = actor_for(person_of(request), revision, "edit")
    saved = do.save_draft(revision, actor, {table.name: rows}, version=form.cleaned_data["version"])
    if isinstance(saved, do.Conflict):
        yours, theirs = saved.differences[table.name]
        count = len(theirs.splitlines())
        message = f"{saved.message}“{table.label}”现在有 {count} 行；要以您的为准，请再保存一次。"
        form.data = {
            **{key: form.data[key] for key in form.data},
            "version": str(saved.revision.version),
            "text": yours,
        }
        raise Refused([Issue("desk.rows_conflict", message, "text")])
    return "".join([f"“{table.label}”已保存，共 {len(rows)} 行。", *sheet.remarks])


def _nothing_given(form: RowsForm, count: int) -> list[Issue]:
    """Of a long table the text field is empty to begin with: saved as it is, it must not take every row away."""
    given = form.cleaned_data["text"].strip() or form.cleaned_data.get("file") is not None
    if given or count <= SHOWN or form.cleaned_data["mode"] == APPEND:
        return []
    message = (
        f"没有填写，也没有选择文件，原有的 {count} 行没有改动。"
        "要改，请下载后修改再导入；要全部删去，请导入只有表头的表格。"
    )
    return [Issue("desk.rows_nothing", message, "text")]


def _with_what_was_read(form: RowsForm, table: Table) -> RowsForm:
    """After a refused file its cells stand in the text field, to be put right there: nothing has to be chosen again."""
    upload = form.cleaned_data.get("file")
    if upload is None:
        return form
    sheet = form.sheet(table)
    if 0 < len(sheet.rows) <= SHOWN:
        lines = [{column.name: row.get(column.name, "") for column in table.columns} for row in sheet.rows]
        form.data = {**{key: form.data[key] for key in form.data}, "text": tables.with_head(table, lines)}
    return form


def _page(request: HttpRequest, revision: Revision, table: Table, form: RowsForm) -> HttpResponse:
    record = revision.record
    rows = tables.rows_of(revision, table)
    context = {
        "record": record,
        "table": table,
        "form": form,
        "count": len(rows),
        "rows": public_table(table, rows[:SHOWN]),
        "columns": [column for column in table.columns if not column.internal],
        "shown": SHOWN,
        "keeps": not personal.about_people(kind(record.kind)),
    }
    crumbs = (
        ("信息公开", HERE),
        (revision.title or "（未命名）", address(record)),
        ("草稿", f"{address(record)}edit/"),
    )
    status = 422 if form.errors else 200
    return show(request, "desk/records/rows.html", table.label, context, current=HERE, crumbs=crumbs, status=status)


@desk_view
@require_GET
def workbook(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """The table as a workbook: the rows as they stand, or, of an empty table, the form to fill in."""
    _, revision, table = _found(request, pk, name)
    data = io.BytesIO(spreadsheet.workbook(table, tables.rows_of(revision, table)))
    return FileResponse(data, as_attachment=True, filename=f"{table.label}.xlsx", content_type=XLSX)
