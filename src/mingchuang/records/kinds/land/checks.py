"""Whether a batch went the way of the law: every step there, long enough, in order, posted where people live.

The rules on time are asked for the day of each step: what was done before they were in force is not held against them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from mingchuang.norms.outcome import Issue
from mingchuang.records import judging, markup, reckoning
from mingchuang.records.judging import cell, values_of
from mingchuang.records.kind import SubmitCheck, kind
from mingchuang.records.kinds.land.models import LandBatch, StepKind
from mingchuang.records.models import Content, Record, Revision

LAW = "《土地管理法》第四十七条"
NOTICE_LAW = "《土地管理法》第四十八条；《土地管理法实施条例》第三十一条"
PRE_NOTICE_RULE = "《土地管理法实施条例》第二十六条"
PLAN_RULE = "《土地管理法实施条例》第二十八条"

#: Step → rule of how long it hangs at least.
POSTINGS: Mapping[str, str] = {StepKind.PRE_NOTICE: "land.pre_notice", StepKind.PLAN: "land.compensation_plan"}
#: Step → what it must say, field by field, and by which article.
CONTENTS: Mapping[str, tuple[tuple[str, ...], str]] = {
    StepKind.PRE_NOTICE: (("area", "purpose", "survey_plan"), PRE_NOTICE_RULE),
    StepKind.PLAN: (
        (
            *("area", "present_state", "purpose", "compensation", "resettlement", "social_security"),
            *("registration", "objection"),
        ),
        PLAN_RULE,
    ),
}
_POSTED = (StepKind.PRE_NOTICE, StepKind.PLAN, StepKind.NOTICE)
#: What must be done before approval is asked for.
_BEFORE_APPROVAL = (
    *(StepKind.PRE_NOTICE, StepKind.SURVEY, StepKind.RISK, StepKind.PLAN),
    *(StepKind.REGISTRATION, StepKind.AGREEMENT),
)
#: Steps that begin one after the other (survey and risk assessment run side by side).
_ORDERS = (
    (StepKind.PRE_NOTICE, StepKind.SURVEY, StepKind.PLAN, StepKind.REGISTRATION, StepKind.AGREEMENT),
    (StepKind.PRE_NOTICE, StepKind.RISK, StepKind.PLAN, StepKind.HEARING),
)
_ONCE = (StepKind.PRE_NOTICE, StepKind.NOTICE)
_HOUSEHOLDS = ("户主", "分户", "各户")
Rows = Sequence[Mapping[str, Any]]


def check_postings(revision: Revision, content: Content) -> list[Issue]:
    """What is posted hangs long enough, in the towns, villages and groups concerned."""
    issues = []
    for number, row in enumerate(values_of("land", revision, content)["steps"], 1):
        rule = POSTINGS.get(row["step"])
        shown = reckoning.days(rule, row["starts_on"], revision) if rule else None
        if shown is not None:
            cite, least = shown.in_force.strictest.cite, f"{shown.in_force.text}，应至少到{shown.day}"
            place = ("steps", number, "ends_on")
            if row["ends_on"] is None:
                message = f"公告时间{least}；张贴结束后请补填结束日期。"
                issues.append(cell("land", place, "land.posting", message, rule=cite, severity="remark"))
            elif row["ends_on"] < shown.day:
                message = f"公告到{row['ends_on']}为止，公告时间{least}。"
                issues.append(cell("land", place, "land.posting", message, rule=cite))
        if row["step"] in _POSTED and not row["place"] and not revision.record.imported:
            place = ("steps", number, "place")
            message = "应当写明在哪些乡（镇）、村、村民小组发布。"
            issues.append(cell("land", place, "land.place", message, rule=PRE_NOTICE_RULE))
    return issues


def check_contents(revision: Revision, content: Content) -> list[Issue]:
    """What an announcement must say is said in the fields of the batch."""
    values = values_of("land", revision, content)
    declared = kind("land")
    found: dict[str, Issue] = {}
    for row in values["steps"]:
        names, rule = CONTENTS.get(row["step"], ((), ""))
        binding = reckoning.in_force(POSTINGS.get(row["step"], "land.notice"), row["starts_on"], revision)
        for name in names:
            if values[name] or name in found or binding is None or revision.record.imported:
                continue
            field = declared.field(name)
            message = f"{dict(StepKind.choices)[row['step']]}应当包括“{field.label if field else name}”。"
            found[name] = Issue("land.contents", message, field=name, rule=rule)
    return list(found.values())


def check_steps(revision: Revision, content: Content) -> list[Issue]:
    """Each step once, ended after it began, begun in its order; a hearing where most members object."""
    values = values_of("land", revision, content)
    rows: Rows = values["steps"]
    issues = []
    if not rows and not revision.record.imported:
        issues.append(Issue("land.no_step", "“征收环节”还没有一行，填好后再送审。", field="steps", rule=LAW))
    for number, row in enumerate(rows, 1):
        if row["starts_on"] and row["ends_on"] and row["ends_on"] < row["starts_on"]:
            message = "结束日期早于开始日期，请核对。"
            issues.append(cell("land", ("steps", number, "ends_on"), "land.ends", message, rule=LAW))
        if row["step"] in _ONCE and any(other["step"] == row["step"] for other in rows[: number - 1]):
            message = f"“{dict(StepKind.choices)[row['step']]}”写了不止一次，请核对。"
            issues.append(cell("land", ("steps", number, "step"), "land.twice", message, rule=LAW, severity="warning"))
    issues += _backwards(rows)
    if values["objected"] == "yes" and StepKind.HEARING not in {row["step"] for row in rows}:
        message = "多数被征地的农村集体经济组织成员认为方案不符合规定的，应当组织听证，请补填听证一行。"
        issues.append(Issue("land.hearing", message, field="steps", rule=LAW))
    return issues


def _backwards(rows: Rows) -> Iterator[Issue]:
    """A step that begins before one that must come first; told once for each row."""
    first: dict[str, Any] = {}
    for row in rows:
        if row["starts_on"]:
            first[row["step"]] = min(row["starts_on"], first.get(row["step"], row["starts_on"]))
    told = set()
    for order in _ORDERS:
        given = [step for step in order if step in first]
        for before, after in pairwise(given):
            if first[after] < first[before] and after not in told:
                told.add(after)
                number = next(n for n, row in enumerate(rows, 1) if row["step"] == after)
                message = f"开始日期早于“{before.label}”的{first[before]}，请核对。"
                yield cell("land", ("steps", number, "starts_on"), "land.order", message, rule=LAW)


def check_approval(revision: Revision, content: Content) -> list[Issue]:
    """What must be done before approval was, the approval is whole, and the notice follows in time."""
    values = values_of("land", revision, content)
    issues = []
    days = [
        (name, label, values[name])
        for name, label in (("approved_on", "批准日期"), ("received_on", "收到批准文件日期"))
    ]
    issues += reckoning.after_each_other("land.approval", days, rule=NOTICE_LAW)
    if values["approved_on"] and not values["approval_no"]:
        message = "填写了批准日期，还应当填写批准文号。"
        issues.append(Issue("land.approval", message, field="approval_no", rule=NOTICE_LAW))
    done = {row["step"] for row in values["steps"]}
    binding = reckoning.in_force("land.compensation_plan", values["approved_on"], revision)
    missing = [step.label for step in _BEFORE_APPROVAL if step not in done]
    if binding is not None and missing and not revision.record.imported:
        message = f"申请征收土地前应当完成的环节没有填写：{'、'.join(missing)}。"
        issues.append(Issue("land.before_approval", message, field="steps", rule=LAW))
    for number, row in enumerate(values["steps"], 1):
        if row["step"] == StepKind.NOTICE:
            issues += _notice(number, row, values, revision)
    return issues


def _notice(number: int, row: Mapping[str, Any], values: Mapping[str, Any], revision: Revision) -> Iterator[Issue]:
    place = ("steps", number, "starts_on")
    if not values["approved_on"]:
        message = "征收土地公告应当在批准之后发布，请填写批准日期和批准文号。"
        yield Issue("land.approval", message, field="approved_on", rule=NOTICE_LAW)
    elif row["starts_on"] and row["starts_on"] < values["approved_on"]:
        yield cell("land", place, "land.notice_early", "征收土地公告早于批准日期，请核对。", rule=NOTICE_LAW)
    limit = reckoning.days("land.notice", values["received_on"], revision)
    if limit and row["starts_on"] and row["starts_on"] > limit.day:
        message = f"征收土地公告晚于{limit.day}（收到批准文件后{limit.in_force.text}），已经逾期。"
        cite = limit.in_force.strictest.cite
        yield cell("land", place, "land.notice_late", message, rule=cite, severity="warning")


def check_public(revision: Revision, content: Content) -> list[Issue]:
    """No household on the web; one batch, one record."""
    values = values_of("land", revision, content)
    issues = judging.persons("land", values)
    words = "\n".join((revision.title, markup.plain_text(values["body"]), *(row["result"] for row in values["steps"])))
    told = next((word for word in _HOUSEHOLDS if word in words), "")
    if told:
        message = f"内容里有“{told}”：分户补偿情况只在征收范围内张贴，不上网，请核对。"
        rule = "《政府信息公开条例》第十五条"
        issues.append(Issue("land.household", message, field="body", severity="warning", rule=rule))
    if values["hectares"] is not None and values["hectares"] <= 0:
        issues.append(Issue("land.hectares", "征收面积应当大于0。", field="hectares", rule=LAW))
    if values["approval_no"] and (other := _same_approval(revision, values["approval_no"])):
        message = f"批准文号“{values['approval_no']}”已有一条记录（{other}），请在那一条上补充。"
        issues.append(Issue("land.same_approval", message, field="approval_no", rule=NOTICE_LAW))
    return issues


def _same_approval(revision: Revision, number: str) -> str:
    """Another living record of the same approval, by its 索引号 or title; empty for none."""
    texts = LandBatch.objects.filter(approval_no=number).exclude(revision__record=revision.record_id).values("pk")
    others = Record.objects.filter(published_id__in=texts) | Record.objects.filter(current_id__in=texts)
    other = others.select_related("current", "published").order_by("pk").first()
    if other is None:
        return ""
    text = other.published or other.current
    return other.index_number or (text.title if text else "")


CHECKS: tuple[SubmitCheck, ...] = (check_postings, check_contents, check_steps, check_approval, check_public)
