"""误报统计: what the gate found in a period, rule by rule, and how much of it people called a false alarm.

For the roles that keep the gate's lists; every figure opens its list, both can be taken along as XLSX or CSV. Titles of
texts are shown to those alone who may read the text: an administrator reads no drafts.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from mingchuang.core import access, now
from mingchuang.core.models import Person
from mingchuang.core.units import Directory
from mingchuang.desk.frame import desk_view, show
from mingchuang.desk.views.gate_lists import CRUMBS, ENTRY, TABS, XLSX, keeper_of
from mingchuang.reading.gate import RESULT_NAMES
from mingchuang.records import gate_alarms, plain_sheet
from mingchuang.records.gate_alarms import FALSE_ALARM, JUSTIFIED, SORTS, Counts, Line, Period, RuleCount
from mingchuang.records.models import Revision

HERE = "/desk/gate/alarms/"
LIST = f"{HERE}list/"
HEADS = ("规则", "检查", "发现", "误报", "误报率", "属实，可以公开", "涉及文稿", "每件文稿误报")
LIST_HEADS = ("日期", "单位", "文稿", "所在", "规则", "结果", "判断", "判断人")
#: A longer list is cut on the page, never in the file.
SHOWN = 500


@desk_view
@require_GET
def summary(request: HttpRequest) -> HttpResponse:
    """Rule by rule, over the period asked for."""
    keeper_of(request)
    period, fault = _period(request)
    found = gate_alarms.counts(period)
    context = {
        "counts": found,
        "rows": [_row(one, found, period) for one in found.rules],
        "figures": [
            (found.found, "处发现", _address(LIST, period), ""),
            (found.false_alarms, "处误报", _address(LIST, period, sort=FALSE_ALARM), "attention"),
            (found.justified, "处属实，可以公开", _address(LIST, period, sort=JUSTIFIED), ""),
        ],
        "heads": HEADS,
        "period": period,
        "fault": fault,
        "files": [(ending.upper(), _address(f"{HERE}export.{ending}", period)) for ending in ("xlsx", "csv")],
        "tabs": TABS,
        "here": HERE,
    }
    return show(request, "desk/gate/alarms.html", "误报统计", context, current=ENTRY, crumbs=CRUMBS)


@desk_view
@require_GET
def behind(request: HttpRequest) -> HttpResponse:
    """The findings behind a figure."""
    person = keeper_of(request)
    period, _ = _period(request)
    rule, sort = request.GET.get("rule", ""), request.GET.get("sort", "")
    if sort not in SORTS:
        raise Http404("没有这种明细。")
    lines = gate_alarms.lines(period, rule=rule, sort=sort)
    asked = {"rule": rule, "sort": sort}
    context = {
        "heads": LIST_HEADS,
        "rows": _list(lines[:SHOWN], person),
        "count": len(lines),
        "shown": SHOWN,
        "sort": SORTS[sort],
        "rule": lines[0].rule.title if rule and lines else "",
        "period": period,
        "back": _address(HERE, period),
        "files": [(end.upper(), _address(f"{HERE}list.{end}", period, **asked)) for end in ("xlsx", "csv")],
    }
    crumbs = (*CRUMBS, ("误报统计", _address(HERE, period)))
    return show(request, "desk/gate/alarm_list.html", "误报统计明细", context, current=ENTRY, crumbs=crumbs)


@desk_view
@require_GET
def export(request: HttpRequest, ending: str) -> FileResponse:
    """The figures as a file."""
    keeper_of(request)
    period, _ = _period(request)
    found = gate_alarms.counts(period)
    rows = [[str(cell) for cell in _cells(one, found)] for one in found.rules]
    return _file("误报统计", period, HEADS, rows, ending)


@desk_view
@require_GET
def export_list(request: HttpRequest, ending: str) -> FileResponse:
    """A list as a file."""
    person = keeper_of(request)
    period, _ = _period(request)
    lines = gate_alarms.lines(period, rule=request.GET.get("rule", ""), sort=request.GET.get("sort", ""))
    return _file("误报统计明细", period, LIST_HEADS, _list(lines, person), ending)


def _period(request: HttpRequest) -> tuple[Period, str]:
    """The days asked for; this year so far, with a sentence when they cannot be read."""
    today = now.today()
    usual = Period(date(today.year, 1, 1), today)
    try:
        since = date.fromisoformat(request.GET.get("since") or usual.since.isoformat())
        until = date.fromisoformat(request.GET.get("until") or usual.until.isoformat())
    except ValueError:
        return usual, "日期无法识别，要写成 2026-03-01；先按今年显示。"
    if not 1900 <= since.year <= until.year <= 2999 or since > until:
        return usual, "起始日期晚于截止日期，或者不在合理范围；先按今年显示。"
    return Period(since, until), ""


def _address(path: str, period: Period, **asked: str) -> str:
    told = {"since": period.since.isoformat(), "until": period.until.isoformat(), **asked}
    return f"{path}?{urlencode({name: text for name, text in told.items() if text})}"


def _cells(one: RuleCount, found: Counts) -> tuple[Any, ...]:
    return (
        one.rule.title, one.check, one.found, one.false_alarms, f"{one.rate:.0%}", one.justified, one.documents,
        f"{one.per_document(found.texts):.2f}",
    )  # fmt: skip


def _row(one: RuleCount, found: Counts, period: Period) -> list[tuple[str, str]]:
    """The cells of a rule, each with the address of its list (or none)."""
    links = {
        2: _address(LIST, period, rule=one.rule.id),
        3: _address(LIST, period, rule=one.rule.id, sort=FALSE_ALARM),
        5: _address(LIST, period, rule=one.rule.id, sort=JUSTIFIED),
    }
    return [(str(cell), links.get(at, "")) for at, cell in enumerate(_cells(one, found))]


def _list(lines: Sequence[Line], person: Person) -> list[list[str]]:
    """Lines as words; what belongs to a text that the person may not read is left general."""
    keys = {one.revision for one in lines}
    texts = {row.pk: row for row in Revision.objects.filter(pk__in=keys).select_related("record__unit")}
    readable = set(access.visible(person, Revision).filter(pk__in=keys).values_list("pk", flat=True))
    directory = Directory.on(now.today())
    rows = []
    for one in lines:
        text = texts[one.revision]
        may_read = one.revision in readable
        title = (text.title or "（未命名）") if may_read else f"记录 {text.record_id} 第 {text.ordinal} 稿"
        part = one.part if may_read else ("附件" if one.part.startswith("附件") else "正文和各栏" if one.part else "")
        decision = one.decision
        rows.append(
            [
                one.at.isoformat(), directory.name(text.record.unit), title, part, one.rule.title,
                RESULT_NAMES.get(one.result, one.result),  # type: ignore[call-overload]
                decision.get_verdict_display() if decision else "没有判断",
                decision.person.name if decision else "",
            ]
        )  # fmt: skip
    return rows


def _file(title: str, period: Period, heads: Sequence[str], rows: Sequence[Sequence[str]], ending: str) -> FileResponse:
    name = f"{title}（{period.since}至{period.until}）.{ending}"
    if ending == "csv":
        return _answer(plain_sheet.as_csv([heads, *rows]), name, "text/csv")
    if ending != "xlsx":
        raise Http404("只能导出 XLSX 和 CSV。")
    return _answer(plain_sheet.as_xlsx(title, [heads, *rows], width=18), name, XLSX)


def _answer(data: bytes, name: str, kind: str) -> FileResponse:
    return FileResponse(io.BytesIO(data), as_attachment=True, filename=name, content_type=kind)
