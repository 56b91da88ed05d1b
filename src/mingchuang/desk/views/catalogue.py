"""The catalogue in the desk: by field, one item, versions and what changed, in and out as a spreadsheet."""

from __future__ import annotations

import hashlib
import io
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from mingchuang.core import access, now
from mingchuang.core.roles import Role
from mingchuang.core.units import Directory
from mingchuang.desk.acting import actor_for, holds, person_of
from mingchuang.desk.form_page import put_into, show_required
from mingchuang.desk.forms.catalogue import CatalogueFileForm
from mingchuang.desk.forms.kept_file import bytes_of
from mingchuang.desk.frame import desk_view, show, tell
from mingchuang.norms.outcome import Refused
from mingchuang.norms.rules import all_rules
from mingchuang.reading import catalogue as sheets
from mingchuang.records import queries as records
from mingchuang.records.catalogue import do, execution, queries
from mingchuang.records.models import Catalogue, CatalogueRow, Record
from mingchuang.ui.context import NavItem

HERE = "/desk/catalogue/"
ENTRY = "/desk/records/"
CRUMBS = (("信息公开", ENTRY), ("公开事项目录", HERE))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABS = [NavItem("现行目录", HERE), NavItem("执行情况", f"{HERE}execution/"), NavItem("历次版本", f"{HERE}versions/")]


@desk_view
@require_GET
def current(request: HttpRequest) -> HttpResponse:
    """The version in force, by field."""
    return _listing(request, queries.in_force(now.today()))


@desk_view
@require_GET
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """Any version, by field."""
    return _listing(request, access.fetch(person_of(request), Catalogue, pk))


def _listing(request: HttpRequest, found: Catalogue | None) -> HttpResponse:
    fields = queries.by_field(queries.entries(found)) if found else {}
    context = {
        "catalogue": found,
        "fields": [(name or "未分领域", f"field-{number}", rows) for number, (name, rows) in enumerate(fields.items())],
        "tabs": TABS,
        "may_accept": holds(person_of(request), Role.OFFICE),
    }
    title = str(found) if found and found.until else "公开事项目录"
    return show(request, "desk/catalogue/list.html", title, context, current=ENTRY, crumbs=CRUMBS[:1])


@desk_view
@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One row: what it says, under which rule its time runs, how each unit carries it out, what is filed under it."""
    row = access.fetch(person_of(request), CatalogueRow, pk)
    found = queries.entry(row.pk)
    if found is None:
        raise Http404("没有这个事项。")
    carried = [one for one in execution.carried(row.catalogue, now.today()) if one.entry.id == row.pk]
    seen = access.visible(person_of(request), Record).filter(item_id=row.item_id)
    live = records.rows(records.public().filter(item_id=row.item_id).order_by("-published_at", "-id"))
    directory = Directory.on(now.today())
    context = {
        "catalogue": row.catalogue,
        "entry": found,
        "words": [
            (SHORT.get(name, sheets.COLUMN_TITLES[name]), text)
            for name, text in found.words.items()
            if text and name in SHOWN
        ],
        "rule": all_rules().get(found.applied_rule),
        "kind": do.kind_titles().get(found.item.kind, ""),
        "carried": [
            (directory.name(one.unit) if one.unit else "", one, execution.STATES[one.state]) for one in carried
        ],
        "live": live,
        "others": seen.exclude(pk__in=[one.id for one in live]).count(),
    }
    return show(request, "desk/catalogue/item.html", found.item.title, context, current=ENTRY, crumbs=CRUMBS)


SHORT = {"channels": "公开渠道"}
SHOWN = ("field", "stage", "level1", "basis", "organ", "channels", "audience", "mode", "levels", "note")


@desk_view
@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Look at a spreadsheet: every fault, or what would change; then accept it as the next version."""
    person = person_of(request)
    if not holds(person, Role.OFFICE):
        raise Http404("公开事项目录由政务公开办维护。")
    if request.method == "GET":
        return _import_page(request, CatalogueFileForm(initial={"since": now.today()}))
    form = CatalogueFileForm(request.POST, request.FILES)
    if not form.is_valid():
        form.keep_file()
        return _import_page(request, form)
    given = form.cleaned_data
    name, data = bytes_of(given["file"])
    found = do.look(data, name, field=given["field"])
    seen = hashlib.sha256(data + given["field"].encode()).hexdigest()
    # Another file chosen in the meantime is looked at first.
    if given["sure"] == seen and not found.faults:
        made = _accepted(form, data, name, actor_for(person, Catalogue, "accept"))
        if made is not None:
            tell(request, f"已采用《{made.title}》第{made.number}版，共{made.size}行，自{made.since:%Y-%m-%d}起施行。")
            return redirect(HERE)
    form.ask("" if found.faults or form.errors else seen)
    return _import_page(request, form, found)


def _accepted(form: CatalogueFileForm, data: bytes, name: str, actor: Any) -> Catalogue | None:
    given = form.cleaned_data
    try:
        return do.accept_file(data, name, actor, title=given["title"], since=given["since"], field=given["field"])
    except Refused as refusal:
        put_into(form, refusal.issues)
        return None


def _import_page(request: HttpRequest, form: CatalogueFileForm, found: sheets.Catalogue | None = None) -> HttpResponse:
    show_required(form)
    standing = queries.in_force(now.today())
    clean = found is not None and not found.faults
    context = {
        "form": form,
        "found": found,
        "rules": sheets.RULES,
        "standing": standing,
        "change": sheets.difference(queries.items(standing) if standing else (), found.items)
        if clean and found
        else None,
        "columns": sheets.COLUMN_TITLES,
    }
    status = 422 if form.errors or (found is not None and found.faults) else 200
    title = "导入公开事项目录"
    return show(request, "desk/catalogue/import.html", title, context, current=ENTRY, crumbs=CRUMBS, status=status)


@desk_view
@require_GET
def export(request: HttpRequest, pk: int) -> FileResponse:
    """A version as the spreadsheet of a standard catalogue, which can be imported again."""
    found = access.fetch(person_of(request), Catalogue, pk)
    data = sheets.write(queries.items(found), found.title, do.kind_titles())
    name = f"{found.title}（第{found.number}版）.xlsx"
    return FileResponse(io.BytesIO(data), as_attachment=True, filename=name, content_type=XLSX)


@desk_view
@require_GET
def template(request: HttpRequest) -> FileResponse:
    """The catalogue that ships with the product, to be filled in and imported."""
    person_of(request)
    data = sheets.write(sheets.standard(), "政务公开标准目录（样表）", do.kind_titles())
    return FileResponse(io.BytesIO(data), as_attachment=True, filename="公开事项目录样表.xlsx", content_type=XLSX)


@desk_view
@require_GET
def versions(request: HttpRequest) -> HttpResponse:
    """All versions, newest first; each beside the one before it."""
    found = list(access.visible(person_of(request), Catalogue).order_by("-number"))
    rows = [(one, found[place + 1] if place + 1 < len(found) else None) for place, one in enumerate(found)]
    context = {"rows": rows, "tabs": TABS, "may_accept": holds(person_of(request), Role.OFFICE)}
    return show(request, "desk/catalogue/versions.html", "历次版本", context, current=ENTRY, crumbs=CRUMBS)


@desk_view
@require_GET
def compare(request: HttpRequest, old: int, new: int) -> HttpResponse:
    """What changed from one version to another: added, removed, changed with the columns."""
    person = person_of(request)
    before, after = access.fetch(person, Catalogue, old), access.fetch(person, Catalogue, new)
    context = {"before": before, "after": after, "change": queries.compare(before, after)}
    title = f"第{before.number}版与第{after.number}版的不同"
    return show(request, "desk/catalogue/compare.html", title, context, current=ENTRY, crumbs=CRUMBS)
