"""How the catalogue is carried out: unit × field, every figure a link to its list; a record filed under an item."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from mingchuang.core import access, now
from mingchuang.core.units import Directory
from mingchuang.desk.acting import actor_for, person_of
from mingchuang.desk.form_page import form_page
from mingchuang.desk.forms.catalogue import FilingForm
from mingchuang.desk.frame import desk_view, show
from mingchuang.desk.views.catalogue import CRUMBS, ENTRY, HERE, TABS
from mingchuang.records.catalogue import do, execution, queries
from mingchuang.records.catalogue.execution import Carried
from mingchuang.records.models import CatalogueItem, Record

LIST = f"{HERE}execution/list/"
NOBODY = "-"  # in addresses: items whose 公开主体 nobody was found for


@desk_view
@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    """Unit × field: how many items are owed, how many are not public, stale, incomplete."""
    day = now.today()
    catalogue = queries.in_force(day)
    found = execution.carried(catalogue, day) if catalogue else ()
    table = execution.matrix(found)
    directory = Directory.on(day)
    rows = [(unit.code, directory.short_name(unit), cells) for unit, cells in table.rows]
    if table.nobody:
        rows.append((NOBODY, "没有对应单位", table.nobody))
    totals = {state: sum(1 for one in found if one.state == state) for state in execution.STATES}
    context = {
        "catalogue": catalogue,
        "fields": table.fields,
        "rows": rows,
        "totals": [(title, totals[state], link(state=state)) for state, title in execution.STATES.items()],
        "states": execution.STATES,
        "link": link,
        "tabs": TABS,
    }
    return show(request, "desk/catalogue/matrix.html", "目录执行情况", context, current=ENTRY, crumbs=CRUMBS)


def link(**asked: str) -> str:
    """The address of the list behind a figure."""
    return f"{LIST}?{urlencode({name: text for name, text in asked.items() if text})}"


@desk_view
@require_GET
def behind(request: HttpRequest) -> HttpResponse:
    """The items behind a figure: of a unit, a field, a state."""
    day = now.today()
    catalogue = queries.in_force(day)
    asked = {name: request.GET.get(name, "").strip() for name in ("unit", "field", "state")}
    directory = Directory.on(day)
    found = [one for one in execution.carried(catalogue, day) if _matches(one, asked)] if catalogue else []
    context = {
        "rows": [(one, directory.name(one.unit) if one.unit else "", execution.STATES[one.state]) for one in found],
        "asked": [text for text in _told(asked, directory) if text],
    }
    return show(
        request,
        "desk/catalogue/behind.html",
        "目录执行情况明细",
        context,
        current=ENTRY,
        crumbs=(*CRUMBS, ("执行情况", f"{HERE}execution/")),
    )


def _matches(one: Carried, asked: dict[str, str]) -> bool:
    unit = one.unit.code if one.unit else NOBODY
    return (
        asked["unit"] in ("", unit)
        and asked["field"] in ("", one.entry.item.field)
        and asked["state"] in ("", one.state)
    )


def _told(asked: dict[str, str], directory: Directory) -> list[str]:
    unit = next((unit for unit in directory.units.values() if unit.code == asked["unit"]), None)
    name = "没有对应单位" if asked["unit"] == NOBODY else directory.name(unit) if unit else ""
    return [name, asked["field"], execution.STATES.get(asked["state"], "")]


@desk_view
@require_http_methods(["GET", "POST"])
def classify(request: HttpRequest, pk: int) -> HttpResponse:
    """File a record under an item, then tick the elements that it makes public."""
    person = person_of(request)
    record = access.fetch(person, Record, pk, "edit")
    offered = queries.offers(record.unit, now.today(), kind=record.kind)
    catalogue = queries.in_force(now.today())
    known = {one.item_id: one for one in (queries.entries(catalogue) if catalogue else ())}
    covered = list(record.covered.values_list("name", flat=True))
    chosen = known.get(_number(request.POST.get("item")) if request.method == "POST" else record.item_id or 0)
    initial = {"item": str(record.item_id or ""), "elements": covered}
    form = FilingForm(offered, chosen, request.POST or None, initial)

    def perform(given: dict[str, Any]) -> str:
        item = CatalogueItem.objects.filter(pk=_number(given["item"])).first()
        same = item is not None and item.pk == record.item_id
        ticked = given["elements"] if same else []
        do.classify(record, item, actor_for(person, record, "classify"), elements=ticked)
        if item is None:
            return "这条信息不再归入目录。"
        return "要素已保存。" if same else f"已归入“{item}”，请勾选它公开了哪些要素。"

    return form_page(
        request,
        form,
        perform,
        title="归入公开事项",
        button="保存",
        back=request.path if request.method == "POST" else f"{ENTRY}{record.pk}/",
        current=ENTRY,
        crumbs=(("信息公开", ENTRY), ("这条信息", f"{ENTRY}{record.pk}/")),
        lead=("先选公开事项并保存，再勾选这条信息公开了哪些要素。",) if record.item_id is None else (),
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
