"""What a piece of information about a project must hold by its class, its code, its codes of enterprises, its days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mingchuang.norms.outcome import Issue
from mingchuang.records import judging, reckoning
from mingchuang.records.judging import cell, values_of
from mingchuang.records.kind import SubmitCheck, kind
from mingchuang.records.kinds.construction.models import InformationClass, PartyRole, TenderStep
from mingchuang.records.models import Content, Revision

NOTICE = "国办发〔2017〕94号"
_TENDER_RULE = "《招标投标法实施条例》第五十四条"
#: Codes of the national platform for approvals: year, area, industry, kind, serial. Recalled, not compared (依据待核).
_CODE = re.compile(r"^(\d{4})-(\d{6})-(\d{2})-(\d{2})-(\d{6})$")

#: Class → what must be there. `body` stands for the words themselves.
NEEDED: Mapping[str, tuple[str, ...]] = {
    InformationClass.SERVICE: ("body",),
    InformationClass.APPROVAL: ("approvals",),
    InformationClass.TENDER: ("tender_step",),
    InformationClass.LAND: ("body",),
    InformationClass.CHANGE: ("body", "approvals"),
    InformationClass.WORKS: ("parties",),
    InformationClass.QUALITY: ("body",),
    InformationClass.COMPLETION: ("accepted_on", "acceptance"),
}
#: Class → words that its text should speak of; any of a row is enough.
SPEAKS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    InformationClass.SERVICE: (("材料",), ("流程",), ("时限", "期限"), ("受理",), ("监督", "举报")),
    InformationClass.CHANGE: (("原因",), ("内容",), ("依据",)),
    InformationClass.QUALITY: (("监督",), ("联系", "电话")),
}


def check_needed(revision: Revision, content: Content) -> list[Issue]:
    """What the class demands; what it usually speaks of is said."""
    values = values_of("construction", revision, content)
    declared = kind("construction")
    title = dict(InformationClass.choices).get(values["information"], "")
    issues = []
    for name in NEEDED.get(values["information"], ()):
        if values[name] in ("", None, ()):
            found = declared.field(name) or declared.table(name)
            label = found.label if found else name
            message = f"{title}应当写明“{label}”。"
            issues.append(Issue("construction.needed", message, field=name, rule=NOTICE))
    missing = [
        words[0] for words in SPEAKS.get(values["information"], ()) if not any(w in values["body"] for w in words)
    ]
    if values["body"] and missing:
        message = f"{title}通常写明：{'、'.join(missing)}；内容里没有找到，请核对。"
        issues.append(Issue("construction.speaks", message, field="body", severity="warning", rule=NOTICE))
    return issues


def check_code(revision: Revision, content: Content) -> list[Issue]:
    """The code of the project is well formed; enterprises have their check digit; no private numbers."""
    values = values_of("construction", revision, content)
    issues = judging.persons("construction", values, aside=("uscc",))
    if values["project_code"] and not _CODE.match(values["project_code"]):
        like = "投资项目在线审批监管平台的代码如：2019-640381-78-01-000001"
        message = f"项目代码“{values['project_code']}”的写法无法识别；{like}。"
        issues.append(Issue("construction.code", message, field="project_code", severity="warning", rule=NOTICE))
    return issues + judging.codes("construction", "parties", values["parties"], "uscc")


def check_days(revision: Revision, content: Content) -> list[Issue]:
    """No decision after its announcement; candidates are shown their least time."""
    values = values_of("construction", revision, content)
    issues = []
    for number, row in enumerate(values["approvals"], 1):
        if row["decided_on"] and revision.formed_on and row["decided_on"] > revision.formed_on:
            place = ("approvals", number, "decided_on")
            message = "批准日期晚于成文日期，请核对。"
            issues.append(cell("construction", place, "construction.decided", message, rule=NOTICE))
    if values["accepted_on"] and revision.formed_on and values["accepted_on"] > revision.formed_on:
        message = "竣工验收日期晚于成文日期，请核对。"
        issues.append(Issue("construction.accepted", message, field="accepted_on", rule=NOTICE))
    if values["tender_step"] == TenderStep.CANDIDATES:
        issues += _candidates(values, revision)
    return issues


def _candidates(values: Mapping[str, Any], revision: Revision) -> list[Issue]:
    issues = []
    candidates = [row for row in values["parties"] if row["role"] == PartyRole.CANDIDATE]
    if not candidates:
        message = "中标候选人公示应当在参建单位表里列出中标候选人。"
        issues.append(Issue("construction.candidates", message, field="parties", rule=_TENDER_RULE))
    if not values["shown_until"]:
        message = "中标候选人公示应当写明公示截止日期。"
        issues.append(Issue("construction.shown", message, field="shown_until", rule=_TENDER_RULE))
    shown = reckoning.days("tender.candidates.posting", revision.formed_on, revision)
    if shown and values["shown_until"] and values["shown_until"] < shown.day:
        message = f"公示期{shown.in_force.text}，从成文日期算应至少到{shown.day}。"
        cite = shown.in_force.strictest.cite
        issues.append(Issue("construction.shown", message, field="shown_until", rule=cite))
    return issues


CHECKS: tuple[SubmitCheck, ...] = (check_needed, check_code, check_days)
