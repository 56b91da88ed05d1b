"""依据: the numbers of law in force on a day in the installation's region, and due dates worked out from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from mingchuang.core import calendars, now
from mingchuang.desk.acting import holds, person_of
from mingchuang.desk.form_page import put_into
from mingchuang.desk.forms.rules import DATED, CalculatorForm
from mingchuang.desk.frame import desk_view, show
from mingchuang.norms import due as rule_due
from mingchuang.norms import regions
from mingchuang.norms.law import all_laws
from mingchuang.norms.outcome import Refused
from mingchuang.norms.rules import KINDS, Rule, RuleInForce, RuleRow, all_rules
from mingchuang.norms.wording import day_text
from mingchuang.records import gate_lists

HERE = "/desk/rules/"
#: Topic → the first parts of the ids of its rules.
TOPICS = {
    "主动公开": ("information", "catalogue", "gazette", "report", "interpretation", "admission", "enterprise"),
    "依申请公开": ("foi",),
    "审签和保密审查": ("review", "secrecy"),
    "行政执法公示": ("penalty", "permit", "enforcement"),
    "行政决策和文件": ("decision", "business", "document"),
    "财政和采购": ("budget", "audit", "procurement", "tender"),
    "土地和征收": ("land", "expropriation"),
    "网站、新媒体和舆情": ("website", "media", "opinion", "log"),
    "复议、诉讼和信访": ("reconsideration", "suit", "petition"),
    "考核和提醒": ("assessment", "reminder"),
}


@dataclass(frozen=True)
class RuleShown:
    """A rule on the page: what applies on the day (None when nothing is in force), and all its versions."""

    rule: Rule
    applied: RuleInForce | None
    rows: tuple[RuleRow, ...]
    kind: str
    dated: bool

    @property
    def anchor(self) -> str:
        return self.rule.id.replace(".", "-")


@desk_view
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule with its number, its basis, and a mark where the words were not read."""
    day, fault = _day(request.GET.get("on", ""))
    words = request.GET.get("q", "").strip()
    shown = [_shown(found, day) for found in all_rules().values() if _meant(found, words)]
    topics: dict[str, list[RuleShown]] = {topic: [] for topic in (*TOPICS, "其他")}
    for one in shown:
        topics[_topic(one.rule)].append(one)
    filled = [(name, rows) for name, rows in topics.items() if rows]
    context = {
        "topics": [(name, rows, f"topic-{number}") for number, (name, rows) in enumerate(filled, 1)],
        "day": day,
        "fault": fault,
        "words": words,
        "region": regions.name(settings.MINGCHUANG_REGION),
        "region_name": regions.name,
        "total": len(shown),
        "unconfirmed": sum(1 for one in shown if one.applied and not one.applied.strictest.confirmed),
        "may_keep_lists": holds(person_of(request), *gate_lists.KEEPERS),
        "laws": sorted(all_laws().values(), key=lambda law: law.short),
    }
    return show(request, "desk/rules/rules.html", "依据", context, current=HERE)


def _day(text: str) -> tuple[date, str]:
    """The day asked for; today with a sentence when it cannot be read."""
    try:
        return (date.fromisoformat(text), "") if text else (now.today(), "")
    except ValueError:
        return now.today(), f"日期“{text}”无法识别，要写成 2019-08-19；先按今天显示。"


def _topic(found: Rule) -> str:
    first = found.id.partition(".")[0]
    return next((topic for topic, parts in TOPICS.items() if first in parts), "其他")


def _meant(found: Rule, words: str) -> bool:
    text = "".join([found.title, found.id, found.row, *(row.cite + row.quote for row in found.rows)])
    return all(word in text for word in re.split(r"\s+", words) if word)


def _shown(found: Rule, day: date) -> RuleShown:
    try:
        applied = found.at(day, settings.MINGCHUANG_REGION)
    except Refused:
        applied = None
    rows = tuple(sorted(found.rows, key=lambda row: (row.since, regions.level(row.region))))
    return RuleShown(found, applied, rows, KINDS[found.kind], found.kind in DATED)


@desk_view
@require_GET
def calculator(request: HttpRequest) -> HttpResponse:
    """A due date with its basis and its trace, day by day."""
    asked = "date" in request.GET
    first = {"region": settings.MINGCHUANG_REGION, "date": now.today(), "rule": request.GET.get("rule", "")}
    form = CalculatorForm(request.GET) if asked else CalculatorForm(initial=first)
    result: dict[str, Any] | None = None
    if asked and form.is_valid():
        try:
            result = _result(form)
        except Refused as refusal:
            put_into(form, refusal.issues)
    crumbs = (("依据", HERE),)
    context = {"form": form, "result": result}
    status = 422 if asked and result is None else 200
    return show(
        request, "desk/rules/calculator.html", "算一个期限", context, current=HERE, crumbs=crumbs, status=status
    )


def _result(form: CalculatorForm) -> dict[str, Any]:
    """What the page shows. Raises Refused when the rule has no due day there and then."""
    given = form.cleaned_data
    if given["rule"]:
        found = rule_due.due(given["rule"], form.anchor, given["region"], given["known_on"], calendars.book())
        return {"due": found.day, "also": found.also, "lines": found.lines, "provisional": found.provisional}
    days = calendars.working_days(given["region"], given["known_on"])
    counted = days.add(given["date"], given["workdays"])
    side = "起" if given["workdays"] > 0 else "之前"
    head = (
        f"{regions.name(given['region'])}放假安排，自{day_text(given['date'])}{side}{abs(given['workdays'])}个工作日。"
    )
    lines = [head, *counted.trace(), *counted.reasons, *counted.remarks]
    return {"due": counted.day, "also": None, "lines": lines, "provisional": counted.provisional}
