"""A plan's time, and progress that agrees with itself: done is the whole of it, late has its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from mingchuang.norms.outcome import Issue
from mingchuang.records import reckoning
from mingchuang.records.judging import cell, values_of
from mingchuang.records.kind import SubmitCheck
from mingchuang.records.kinds.plan.models import Level, Plan, State
from mingchuang.records.models import Content, Revision

LAW = "《政府信息公开条例》第二十条第三项"
_WHOLE = 100


def check_time(revision: Revision, content: Content) -> list[Issue]:
    """The plan begins before it ends; who approved it is told with the day; progress is told as of a day."""
    plan = cast(Plan, content)
    days = [("start_on", "规划期开始日期", plan.start_on), ("end_on", "规划期结束日期", plan.end_on)]
    issues = reckoning.after_each_other("plan.order", days, rule=LAW)
    asked = {"approver": "批准机关", "approved_on": "批准日期"} if plan.level == Level.GENERAL else {}
    if plan.approver or plan.approved_on:
        asked = {"approver": "批准机关", "approved_on": "批准日期"}
    for name, label in asked.items():
        if not getattr(plan, name):
            message = f"没有填写{label}；批准机关和批准日期应当一并写明。"
            issues.append(Issue("plan.approval", message, field=name, severity="warning", rule=LAW))
    if plan.progress_on and revision.formed_on and plan.progress_on > revision.formed_on:
        message = f"进展截至{plan.progress_on}，晚于成文日期{revision.formed_on}，请核对。"
        issues.append(Issue("plan.progress_on", message, field="progress_on", rule=LAW))
    return issues


def check_progress(revision: Revision, content: Content) -> list[Issue]:
    """Every row by itself; with progress there is a day up to which it is told."""
    values = values_of("plan", revision, content)
    rows = values["progress"]
    issues = []
    if rows and values["progress_on"] is None:
        message = "有实施进展，没有写明截至哪一天。"
        issues.append(Issue("plan.progress_on", message, field="progress_on", severity="warning", rule=LAW))
    for number, row in enumerate(rows, 1):
        issues += _row(number, row, values)
    return issues


def _row(number: int, row: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[Issue]:
    def said(column: str, code: str, message: str, **options: Any) -> Issue:
        return cell("plan", ("progress", number, column), f"plan.{code}", message, **options)

    percent, state = row["percent"], row["state"]
    if percent is not None and not 0 <= percent <= _WHOLE:
        yield said("percent", "percent", f"完成比例{percent}%不在0到100之间，请更正。")
    elif state == State.DONE and percent is not None and percent != _WHOLE:
        yield said("percent", "percent", f"状态是“已完成”，完成比例却是{percent}%，请更正。")
    elif state == State.WAITING and percent:
        yield said("percent", "percent", f"状态是“未开始”，完成比例却是{percent}%，请更正。")
    if state in {State.LATE, State.ENDED} and not row["done"]:
        label = State(state).label
        yield said("done", "reason", f"{label}的，请在进展情况里写明原因。", severity="warning")
    due, as_of = row["due_on"], values["progress_on"]
    if due is None:
        return
    if (values["start_on"] and due < values["start_on"]) or (values["end_on"] and due > values["end_on"]):
        yield said("due_on", "due", f"完成时限{due}不在规划期内，请核对。", severity="warning")
    if as_of and due < as_of and state in {State.WAITING, State.GOING}:
        message = f"完成时限{due}已过，截至{as_of}还是“{State(state).label}”，请核对是否延期。"
        yield said("state", "overdue", message, severity="warning")


CHECKS: tuple[SubmitCheck, ...] = (check_time, check_progress)
