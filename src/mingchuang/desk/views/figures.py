"""统计核对: figures worked out from what is public, each opening its list; printed, or taken along as a spreadsheet."""

from __future__ import annotations

import io
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from mingchuang.core import now
from mingchuang.desk.acting import holds, person_of
from mingchuang.desk.frame import desk_view, show
from mingchuang.records import queries
from mingchuang.records.figures import WHOLE, Figures, Sheet, all_figures, as_csv, as_xlsx
from mingchuang.ui.context import NavItem

HERE = "/desk/figures/"
ENTRY = "/desk/records/"
CRUMBS = (("信息公开", ENTRY), ("统计核对", HERE))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(request: HttpRequest, name: str) -> tuple[Figures, int, tuple[int, ...]]:
    """The table, the year asked for (the newest when none is), and the years that there are; 404 for no table."""
    found = next((one for one in all_figures() if one.id == name), None)
    if found is None or not holds(person_of(request)):
        raise Http404("没有这张统计表。")
    years = tuple(found.years()) if found.years is not None else ()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else years[0] if years else 0
    return found, year, years


def _built(found: Figures, year: int, years: tuple[int, ...]) -> Sheet | None:
    """None for a table by years of which there is none yet."""
    return found.build(year, now.today()) if years or found.years is None else None


def place(name: str, year: int, end: str = "", **asked: str) -> str:
    """The address of a table of a year, of a list behind one of its figures, of its export."""
    query = urlencode({**({"year": year} if year else {}), **asked})
    return f"{HERE}{name}/{end}" + (f"?{query}" if query else "")


@desk_view
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What there is, each with what it comes to today."""
    if not holds(person_of(request)):
        raise Http404("没有任职，不能查看。")
    rows = []
    for one in all_figures():
        found, year, years = _asked(request, one.id)
        sheet = _built(found, year, years)
        rows.append((one, place(one.id, 0), sheet.sentence if sheet else "还没有公开的信息可以统计。"))
    return show(request, "desk/figures/overview.html", "统计核对", {"rows": rows}, current=ENTRY, crumbs=CRUMBS[:1])


@desk_view
@require_GET
def table(request: HttpRequest, name: str) -> HttpResponse:
    """One table: every figure a link to the records that it counts."""
    found, year, years = _asked(request, name)
    sheet = _built(found, year, years)
    context = {
        "figures": found,
        "found": sheet,
        "year": year,
        "today": now.today(),
        "tabs": [NavItem(f"{one}年", place(name, one)) for one in years],
        "current_tab": place(name, year),
        "link": lambda key, column: place(name, year, "list/", line=key, column=str(column)),
        "exports": [(ending.upper(), place(name, year, f"export.{ending}")) for ending in ("xlsx", "csv")],
    }
    title = f"{found.title}（{year}年）" if year else found.title
    return show(request, "desk/figures/table.html", title, context, current=ENTRY, crumbs=CRUMBS)


@desk_view
@require_GET
def behind(request: HttpRequest, name: str) -> HttpResponse:
    """The records behind one figure."""
    found, year, years = _asked(request, name)
    sheet = _built(found, year, years)
    column = request.GET.get("column", "")
    cell = sheet.cell(request.GET.get("line", ""), int(column) if column.isdecimal() else 0) if sheet else None
    if sheet is None or cell is None:
        raise Http404("没有这个数字。")
    line, figure = cell
    head = sheet.heads[int(column)]
    context = {
        "line": line,
        "head": head,
        "figure": figure,
        "lacking": figure.text.endswith("%") and figure.text != WHOLE,
        "rows": queries.rows(queries.public().filter(pk__in=figure.records).order_by("-published_at", "-id")),
        "back": place(name, year),
    }
    crumbs = (*CRUMBS, (found.title, place(name, year)))
    return show(request, "desk/figures/behind.html", f"{line.head}：{head}", context, current=ENTRY, crumbs=crumbs)


@desk_view
@require_GET
def export(request: HttpRequest, name: str, ending: str) -> FileResponse:
    """The table as XLSX or CSV."""
    found, year, years = _asked(request, name)
    sheet = _built(found, year, years)
    if sheet is None or ending not in ("xlsx", "csv"):
        raise Http404("没有可以导出的统计表。")
    data = as_xlsx(found, sheet) if ending == "xlsx" else as_csv(sheet)
    called = f"{found.title}{f'{year}年' if year else ''}.{ending}"
    kind = XLSX if ending == "xlsx" else "text/csv; charset=utf-8"
    return FileResponse(io.BytesIO(data), as_attachment=True, filename=called, content_type=kind)
