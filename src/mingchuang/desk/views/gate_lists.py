"""The gate's lists in the desk: what each holds, in and out of use, who changed it, and a text to try them with.

For two roles alone (`gate_lists.KEEPERS`); nothing of a list stands in an address, a log or a message.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from mingchuang.core import now
from mingchuang.core.models import Person
from mingchuang.desk.acting import actor_for, holds, person_of
from mingchuang.desk.form_page import form_page
from mingchuang.desk.forms.gate_lists import NEUTRAL, ClearForm, ListFileForm, TryForm
from mingchuang.desk.frame import desk_view, show
from mingchuang.reading import gate as reader
from mingchuang.reading.gate import RESULT_NAMES, Lists
from mingchuang.reading.gate.folding import fold_word
from mingchuang.reading.gate.lists import FORMS, Slot
from mingchuang.reading.gate.lists import NEUTRAL as SAMPLES
from mingchuang.records import do, gate_excerpts, gate_lists, plain_sheet
from mingchuang.records.models import GateList
from mingchuang.ui.context import NavItem
from mingchuang.ui.pagination import Pages

ENTRY = "/desk/rules/"
HERE = "/desk/gate/lists/"
CRUMBS = (("依据", ENTRY), ("检查词表", HERE))
TABS = [
    NavItem("检查词表", HERE),
    NavItem("试一试", f"{HERE}try/"),
    NavItem("误报统计", "/desk/gate/alarms/"),
]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ON_PAGE = 100
TRIED_RULES = ("politics.", "policy.cited")


@dataclass(frozen=True)
class SlotShown:
    """A slot on the overview."""

    slot: str
    title: str
    purpose: str
    entries: int
    changed: gate_lists.Version | None


def keeper_of(request: HttpRequest) -> Person:
    """The person, when one of the two roles is theirs. Raises PermissionDenied (the desk's 403)."""
    person = person_of(request)
    if not holds(person, *gate_lists.KEEPERS):
        raise PermissionDenied("检查词表由政务公开办和管理员维护。")
    return person


def _slot(name: str) -> Slot:
    if name not in FORMS:
        raise Http404("没有这份词表。")
    return cast(Slot, name)


@desk_view
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The slots: what each is for, how many entries it has, who changed it last."""
    keeper_of(request)
    standing = {row.slot: row for row in GateList.objects.all()}
    slots = []
    for slot, form in FORMS.items():
        found = standing.get(slot)
        history = gate_lists.history(found) if found else ()
        slots.append(
            SlotShown(slot, form.title, form.purpose, found.entries if found else 0, history[0] if history else None)
        )
    context = {"slots": slots, "tabs": TABS, "here": HERE}
    return show(request, "desk/gate/lists.html", "检查词表", context, current=ENTRY, crumbs=CRUMBS[:1])


@desk_view
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, slot: str) -> HttpResponse:
    """One slot: its format, the file that fills it, its history."""
    person = keeper_of(request)
    name = _slot(slot)
    title = FORMS[name].title
    found = GateList.objects.filter(slot=name).first()
    form = ListFileForm(request.POST or None, request.FILES or None)
    if not (found and found.entries):
        del form.fields["sure"]

    def perform(given: dict[str, Any]) -> str:
        file = given["file"]
        actor = actor_for(person, found or GateList, "replace" if found else "fill")
        change = do.fill_list(name, file.read(), file.name or "", actor, replace=given.get("sure", True))
        return f"“{title}”现有{change.entries}条：新增{change.added}条，删去{change.removed}条。"

    context = {
        "slot": FORMS[name],
        "found": found,
        "here": f"{HERE}{name}/",
        "history": gate_lists.history(found) if found else (),
    }
    return form_page(
        request, form, perform, title=title, button="导入", back=f"{HERE}{name}/", current=ENTRY, crumbs=CRUMBS,
        template="desk/gate/list.html", context=context,
    )  # fmt: skip


@desk_view
@require_GET
def entries(request: HttpRequest, slot: str) -> HttpResponse:
    """The entries themselves, a page at a time."""
    keeper_of(request)
    name = _slot(slot)
    found = GateList.objects.filter(slot=name).first()
    rows = gate_lists.rows_of(found) if found else ()
    last = max(1, -(-len(rows) // ON_PAGE))
    asked = request.GET.get("page", "")
    number = min(max(1, int(asked)), last) if asked.isdecimal() and len(asked) < 10 else 1
    context = {
        "heads": FORMS[name].heads,
        "rows": [gate_lists.cells(row) for row in rows[(number - 1) * ON_PAGE : number * ON_PAGE]],
        "pages": Pages(number, last, lambda wanted: f"{HERE}{name}/entries/?page={wanted}"),
        "count": len(rows),
        "back": f"{HERE}{name}/",
    }
    crumbs = (*CRUMBS, (FORMS[name].title, f"{HERE}{name}/"))
    return show(request, "desk/gate/entries.html", f"{FORMS[name].title}的内容", context, current=ENTRY, crumbs=crumbs)


@desk_view
@require_http_methods(["GET", "POST"])
def clear(request: HttpRequest, slot: str) -> HttpResponse:
    """Empty a list, with a reason and once more asked."""
    person = keeper_of(request)
    name = _slot(slot)
    found = GateList.objects.filter(slot=name, standing="in_use").first()
    if found is None:
        raise Http404("这份词表没有内容。")
    title = FORMS[name].title

    def perform(given: dict[str, Any]) -> str:
        do.clear_list(name, actor_for(person, found, "clear"), note=given["note"])
        return f"“{title}”已清空，有关检查从现在起显示“无法判断”。"

    lead = [f"“{title}”现有{found.entries}条。清空以后，有关检查显示“无法判断”，这些内容全部由人工审核。"]
    return form_page(
        request, ClearForm(request.POST or None), perform, title=f"清空“{title}”", button="清空", back=f"{HERE}{name}/",
        current=ENTRY, crumbs=(*CRUMBS, (title, f"{HERE}{name}/")), lead=lead, tone="alarm",
    )  # fmt: skip


@desk_view
@require_GET
def sample(request: HttpRequest, slot: str, ending: str) -> FileResponse:
    """The neutral list of a slot, to fill in or to try with."""
    keeper_of(request)
    name = _slot(slot)
    if ending not in {"xlsx", "csv"}:
        raise Http404("样表只有 XLSX 和 CSV。")
    data = SAMPLES[name].encode("utf-8-sig") if ending == "csv" else _workbook(SAMPLES[name])
    kind = "text/csv" if ending == "csv" else XLSX
    return FileResponse(
        io.BytesIO(data), as_attachment=True, filename=f"{FORMS[name].title}（样表）.{ending}", content_type=kind
    )


def _workbook(text: str) -> bytes:
    return plain_sheet.as_xlsx("样表", csv.reader(io.StringIO(text)), width=24)


@desk_view
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def attempt(request: HttpRequest) -> HttpResponse:
    """A pasted text, and what the lists find in it; nothing of it is kept."""
    keeper_of(request)
    form = TryForm(request.POST or None, initial={"text": SAMPLE_TEXT, "lists": NEUTRAL})
    context: dict[str, Any] = {"form": form, "tabs": TABS, "here": f"{HERE}try/", "tried": False}
    if form.is_valid():
        text, chosen = form.cleaned_data["text"], form.cleaned_data["lists"]
        lists = gate_lists.neutral() if chosen == NEUTRAL else gate_lists.current().lists
        context |= _tried(text, lists)
    status = 422 if form.errors else 200
    return show(request, "desk/gate/try.html", "试一试", context, current=ENTRY, crumbs=CRUMBS, status=status)


SAMPLE_TEXT = (
    "试验市市长测丙某、试验市副市长测乙某、试验市市长测甲某出席试验市第六届人民代表大会第五次会议。\n"
    "会上使用了试验词甲，称试验误称甲，所附地图审图号：试S（2026）002号，并引用试政办发〔2020〕1号。"
)


def _tried(text: str, lists: Lists) -> dict[str, Any]:
    found = [
        one
        for one in reader.check_text(text, "试一试", lists, today=now.today())
        if one.rule.id.startswith(TRIED_RULES) and one.result != "pass"
    ]
    spans = [one.place.span for one in found if one.place.span is not None]
    said = {fold_word(term.wrong): f"规范表述：{term.right}" for term in lists.terms}
    said |= {fold_word(word.word): f"建议：{word.advice}" for word in lists.sensitive if word.advice}
    return {
        "tried": True,
        "pieces": gate_excerpts.lit_pieces(text, spans),
        "found": [
            (
                text[slice(*one.place.span)] if one.place.span else "",
                one.rule.title,
                RESULT_NAMES[one.result],
                one.message,
                said.get(fold_word(text[slice(*one.place.span)]), "") if one.place.span else "",
            )
            for one in found
        ],
    }
