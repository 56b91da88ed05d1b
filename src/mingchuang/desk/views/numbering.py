"""索引号 in the desk of the 政务公开办: each sequence with its gaps and their reasons, numbers of other systems."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from mingchuang.core import access, now
from mingchuang.core.models import Unit
from mingchuang.core.roles import Role
from mingchuang.core.units import Directory
from mingchuang.desk.acting import actor_for, holds, person_of
from mingchuang.desk.form_page import form_page
from mingchuang.desk.forms.numbering import GapForm, GivenNumberForm, RestateForm
from mingchuang.desk.frame import desk_view, show
from mingchuang.desk.views.records import HERE as RECORDS
from mingchuang.desk.views.records import address, fetch
from mingchuang.records import do, numbering
from mingchuang.records.models import NumberGap, Record
from mingchuang.records.numbering import GAPS, STATES, Numbers, Run
from mingchuang.records.terms import NumberSource
from mingchuang.ui.context import NavItem
from mingchuang.ui.pagination import Pages

HERE = f"{RECORDS}numbers/"
PER_PAGE = 100
TONES = {"public": "done", "withdrawn": "void", "given": "plain", "open": "attention"}
#: What the list of one sequence may be narrowed to: key → (words, states).
VIEWS = {"": ("全部号码", tuple(STATES)), "gaps": ("缺号", GAPS), "open": ("未说明", ("open",))}


def _office(request: HttpRequest) -> None:
    if not holds(person_of(request), Role.OFFICE):
        raise Http404("索引号由政务公开办管理。")


def place(org: str, year: int, **asked: str) -> str:
    """The page of one sequence."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{HERE}{year}/{org}/" + (f"?{query}" if query else "")


@desk_view
@require_GET
def sequences(request: HttpRequest) -> HttpResponse:
    """The sequences of a year: unit, 目录编号, how many numbers are in which state; every figure opens its list."""
    _office(request)
    years = numbering.years() or (now.today().year,)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else years[0]
    found = numbering.of_year(year)
    directory = Directory.on(now.today())
    rows = [(_units(one, directory), one, place(one.org, year)) for one in found]
    tabs = [NavItem(f"{one}年", f"{HERE}?year={one}") for one in years]
    context = {"rows": rows, "tabs": tabs, "current_tab": f"{HERE}?year={year}", "year": year}
    return show(request, "desk/numbering/sequences.html", "索引号", context, current=RECORDS, crumbs=_crumbs()[:1])


def _units(one: Numbers, directory: Directory) -> str:
    """Whose sequence it is: who holds numbers of it, else whose code it bears."""
    names = [directory.name(pk) for pk in one.units]
    owners = [directory.name(unit) for unit in directory.units.values() if numbering.org_of(unit) == one.org]
    return "、".join(names or owners) or "（没有对应单位）"


@desk_view
@require_GET
def sequence(request: HttpRequest, year: int, org: str) -> HttpResponse:
    """Every number of one sequence with what holds it, and each gap with its reason."""
    _office(request)
    found = _found(org, year)
    view = request.GET.get("show", "")
    states = VIEWS.get(view, VIEWS[""])[1]
    runs = [run for run in found.runs if run.state in states]
    last = max(1, -(-len(runs) // PER_PAGE))
    number = min(max(int(page), 1), last) if (page := request.GET.get("page", "1")).isdecimal() else 1
    inside = runs[(number - 1) * PER_PAGE :][:PER_PAGE]
    titles = numbering.titles(inside)
    tabs = [
        NavItem(words, place(org, year, show=key), count=found.count(*wanted)) for key, (words, wanted) in VIEWS.items()
    ]
    context = {
        "numbers": found,
        "unit_name": _units(found, Directory.on(now.today())),
        "rows": [_row(run, titles, org, year) for run in inside],
        "tabs": tabs,
        "current_tab": place(org, year, show=view),
        "pages": Pages(number, last, lambda wanted: place(org, year, show=view, page=str(wanted))),
        "explain": place(org, year) + "explain/",
    }
    title = f"索引号 {org}/{year}"
    return show(request, "desk/numbering/sequence.html", title, context, current=RECORDS, crumbs=_crumbs())


def _row(run: Run, titles: dict[int, str], org: str, year: int) -> dict[str, Any]:
    """One line: numbers, state, what stands there or why nothing does, the button."""
    asked = urlencode({"first": run.first, "last": run.last})
    explain = f"{place(org, year)}explain/?{asked}" if run.state == "open" else ""
    return {
        "serials": run.serials,
        "count": run.count,
        "state": STATES[run.state],
        "tone": TONES.get(run.state, "quiet"),
        "title": titles.get(run.record or 0, "") or ("（未命名）" if run.record else ""),
        "address": address(run.record) if run.record else "",
        "source": NumberSource(run.source).label if run.source else "",
        "gap": run.gap,
        "explain": explain,
        "restate": f"{HERE}gaps/{run.gap.pk}/" if run.gap else "",
    }


def _found(org: str, year: int) -> Numbers:
    found = numbering.sequence(org, year)
    if found is None:
        raise Http404("没有这一组索引号。")
    return found


@desk_view
@require_http_methods(["GET", "POST"])
def explain(request: HttpRequest, year: int, org: str) -> HttpResponse:
    """Say why numbers stand at no record."""
    _office(request)
    found = _found(org, year)
    start = {name: request.GET.get(name, "") for name in ("first", "last")}
    form = GapForm(request.POST or None, initial=start)
    unit = Unit.objects.filter(pk__in=found.units[:1]).first()

    def perform(given: dict[str, Any]) -> str:
        do.explain_gap(org, year, actor_for(person_of(request), NumberGap, "explain"), unit=unit, **given)
        return "缺号已说明，这些号码不再使用。"

    lead = [f"{org}/{year} 一组号码。说明以后留痕，系统编号时跳过这些号码；还没有用到的号码也可以先说明。"]
    return _page(request, form, perform, title="说明缺号", button="保存说明", back=place(org, year), lead=lead)


@desk_view
@require_http_methods(["GET", "POST"])
def restate(request: HttpRequest, pk: int) -> HttpResponse:
    """Give another reason for a gap."""
    person = person_of(request)
    gap = access.fetch(person, NumberGap, pk, "restate")

    def perform(given: dict[str, Any]) -> str:
        do.restate_gap(gap, actor_for(person, gap, "restate"), **given)
        return "说明已更改，原来的说明留痕。"

    form = RestateForm.of(gap, request.POST or None)
    back = place(gap.org, gap.year)
    lead = [f"{gap.org}/{gap.year}，{gap.first} 至 {gap.last} 号。"]
    return _page(request, form, perform, title="更改缺号说明", button="保存", back=back, lead=lead)


@desk_view
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a number that the OA or the province's platform gave, before publication."""
    record = fetch(request, pk, "give_number")
    if record.visibility != Record.Visibility.NONE:
        raise Http404("已公开的信息索引号不变。")
    form = GivenNumberForm.of(record, request.POST or None)

    def perform(given: dict[str, Any]) -> str:
        actor = actor_for(person_of(request), record, "give_number")
        do.give_number(record, actor, **given)
        return "索引号已登记，公开时使用。" if given["number"].strip() else "已收回，公开时由系统编号。"

    org = numbering.org_of(record.unit)
    lead = [f"没有给定号码的不用登记：公开时系统按“{org}/{now.today().year}-流水号”编号。公开以后不能更改。"]
    crumbs = (("信息公开", RECORDS), (str(record.current or record), address(record)))
    return form_page(
        request, form, perform, title="登记给定的索引号", button="登记", back=address(record), current=RECORDS,
        crumbs=crumbs, lead=lead,
    )  # fmt: skip


def _crumbs() -> tuple[tuple[str, str], ...]:
    return (("信息公开", RECORDS), ("索引号", HERE))


def _page(request: HttpRequest, form: Any, perform: Any, **told: Any) -> HttpResponse:
    return form_page(request, form, perform, current=RECORDS, crumbs=_crumbs(), **told)
