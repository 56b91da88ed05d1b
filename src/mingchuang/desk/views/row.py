"""One row of a table of a draft, filled in by itself; the files that prove rows."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from mingchuang.core import access, files
from mingchuang.desk.acting import actor_for, person_of
from mingchuang.desk.form_page import put_into, show_required
from mingchuang.desk.forms.kept_file import stored
from mingchuang.desk.forms.row import RowForm
from mingchuang.desk.frame import desk_view, show, tell
from mingchuang.desk.views.records import HERE, address, at_work
from mingchuang.norms.outcome import Issue, Refused
from mingchuang.records import do, tables
from mingchuang.records.kind import Table, kind
from mingchuang.records.models import Evidence, Record, Revision


@desk_view
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int, name: str, row: int) -> HttpResponse:
    """Row `row` of a table (one more than there are: a new one): changed, or taken off."""
    record, revision = at_work(request, pk)
    table = kind(record.kind).table(name)
    if table is None or revision.progress != Revision.Progress.DRAFT:
        raise Http404("没有这张可以填写的表。")
    standing = tables.rows_of(revision, table)
    if not 1 <= row <= len(standing) + 1:
        raise Http404("没有这一行。")
    values = standing[row - 1] if row <= len(standing) else {}
    if request.method == "GET":
        return _page(request, revision, row, RowForm.of(table, values, revision.version))
    form = RowForm(table, request.POST, request.FILES)
    if form.is_valid() and _written(request, form, revision, table, row):
        here = _here(record, table)
        return redirect(f"{here}rows/{row + 1}/" if "another" in request.POST else here)
    if table.evidence:
        form.keep_file()
    return _page(request, revision, row, form)


def _here(record: Record, table: Table) -> str:
    return f"{address(record)}tables/{table.name}/"


def _written(request: HttpRequest, form: RowForm, revision: Revision, table: Table, row: int) -> bool:
    """Save or take off; every reason and a conflict go onto the form."""
    given = form.cleaned_data
    file = given.get("file")
    kept = stored(file)
    name = getattr(file, "name", "") or (kept.first_name if kept else "")
    values: dict[str, Any] | None = None if "remove" in request.POST else form.sent()
    actor = actor_for(person_of(request), revision, "edit")
    told = {"row": row, "version": given["version"], "file": kept, "name": name}
    try:
        saved = do.write_row(revision, actor, table, values, **told)
        if isinstance(saved, do.Conflict):
            message = f"{saved.message}请在新页面打开这张表核对后再存。"
            raise Refused([Issue("desk.rows_conflict", message)])
    except Refused as refusal:
        prefix = f"{table.name}.{row}."
        put_into(form, [_named(issue, prefix) for issue in refusal.issues])
        return False
    tell(request, f"“{table.label}”第 {row} 行已{'删去' if values is None else '保存'}。")
    return True


def _named(issue: Issue, prefix: str) -> Issue:
    """A fault of a cell of this row at its own field."""
    field = issue.field.removeprefix(prefix)
    return Issue(issue.code, issue.message, field, issue.severity, issue.rule, issue.context)


def _page(request: HttpRequest, revision: Revision, row: int, form: RowForm) -> HttpResponse:
    show_required(form)
    record, table = revision.record, form.table
    standing = tables.rows_of(revision, table)
    values = standing[row - 1] if row <= len(standing) else {}
    digest = values.get(table.evidence, "") if table.evidence else ""
    kept = Evidence.objects.filter(record=record, file=digest).first() if digest else None
    context = {
        "form": form,
        "table": table,
        "row": row,
        "is_new": not values,
        "kept": kept,
        "names": [name for name in form.fields if name not in ("version", "kept")],
        "back": _here(record, table),
    }
    crumbs = (
        ("信息公开", HERE),
        (revision.title or "（未命名）", address(record)),
        (table.label, _here(record, table)),
    )
    title = f"{table.label}：{'新增一行' if not values else f'第 {row} 行'}"
    status = 422 if form.errors else 200
    return show(request, "desk/records/row.html", title, context, current=HERE, crumbs=crumbs, status=status)


@desk_view
@require_GET
def evidence(request: HttpRequest, pk: int) -> FileResponse:
    """The bytes of a file that proves rows, for those who work on the record; always as a download."""
    found = access.fetch(person_of(request), Evidence, pk)
    response = FileResponse(files.path(found.file_id).open("rb"), as_attachment=True, filename=found.name)
    response["Content-Security-Policy"] = "sandbox"
    return response
