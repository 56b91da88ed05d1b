"""What is missing from a budget project or does not add up, each with its place and rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from mingchuang.norms.outcome import Issue
from mingchuang.records import reckoning
from mingchuang.records.judging import cell, values_of
from mingchuang.records.kind import SubmitCheck
from mingchuang.records.kinds.project.models import Aspect, Stage
from mingchuang.records.models import Content, Revision

#: The six elements that the notice names.
NOTICE = "青政办发〔2019〕60号 一（四）4"
_SCORES = "项目支出绩效自评的通行格式（依据待核）"
#: The score sheets that finance departments use make a hundred points, ten of them for the rate of execution.
_FULL = Decimal(100)
_EXECUTION = Decimal(10)
Rows = Sequence[Mapping[str, Any]]


def check_money(revision: Revision, content: Content) -> list[Issue]:
    """The lines make the whole; no money is negative; what was spent is explained where it exceeds the plan."""
    values = values_of("project", revision, content)
    issues = []
    made = sum((row["amount"] for row in values["funding"] if row["amount"] is not None), Decimal(0))
    told, spent = values["amount"], values["executed"]
    if values["funding"] and told is not None and made != told:
        message = f"“预算安排”填的是{told:f}万元，明细各行相加是{made:f}万元。"
        issues.append(Issue("project.funding", message, field="funding", rule=NOTICE))
    for number, row in enumerate(values["funding"], 1):
        if row["amount"] is not None and row["amount"] < 0:
            place = ("funding", number, "amount")
            issues.append(cell("project", place, "project.negative", "金额不能为负数。", rule=NOTICE))
    if told is not None and spent is not None and spent > told:
        message = f"全年执行数{spent:f}万元大于预算安排{told:f}万元；中途追加的，请把追加数列入预算安排明细。"
        issues.append(Issue("project.executed", message, field="executed", severity="warning", rule=NOTICE))
    return issues


def check_elements(revision: Revision, content: Content) -> list[Issue]:
    """With the final account come results: the self-evaluation by duty, the report where one was made."""
    values = values_of("project", revision, content)
    if values["stage"] != Stage.ACCOUNTS:
        return []
    wanted = (("self_evaluation", "绩效自评结果"), ("self_score", "自评得分"), ("executed", "全年执行数"))
    issues = [
        Issue("project.result", f"随决算公开的项目，应当填写“{label}”。", field=name, rule=NOTICE)
        for name, label in wanted
        if values[name] in ("", None)
    ]
    if not values["evaluation"]:
        message = "没有绩效评价报告；财政部门或者主管部门做过评价的应当公开，没有做过的不影响送审。"
        issues.append(Issue("project.evaluation", message, field="evaluation", severity="warning", rule=NOTICE))
    if values["evaluation"] and not values["evaluator"]:
        message = "有绩效评价报告，请写明由谁评价。"
        issues.append(Issue("project.evaluator", message, field="evaluator", rule=NOTICE))
    return issues


def check_indicators(revision: Revision, content: Content) -> list[Issue]:
    """Output, benefit and satisfaction are measured; points keep within their weights and make the score told."""
    values = values_of("project", revision, content)
    rows: Rows = values["indicators"]
    if not rows:
        return []
    given = {row["aspect"] for row in rows}
    issues = [
        Issue(
            "project.aspect",
            f"绩效指标表里没有“{aspect.label}”。",
            field="indicators",
            severity="warning",
            rule=_SCORES,
        )
        for aspect in (Aspect.OUTPUT, Aspect.BENEFIT, Aspect.SATISFACTION)
        if aspect not in given
    ]
    return issues + list(_cells(rows, values["stage"])) + list(_points(rows, values["self_score"]))


def _cells(rows: Rows, stage: str) -> Iterator[Issue]:
    for number, row in enumerate(rows, 1):
        weight, score = row["weight"], row["score"]
        if weight is not None and score is not None and not 0 <= score <= weight:
            message = f"得分{score:f}不在0分到分值{weight:f}之间。"
            yield cell("project", ("indicators", number, "score"), "project.score", message, rule=_SCORES)
        if stage == Stage.ACCOUNTS and not row["actual"]:
            place = ("indicators", number, "actual")
            yield cell("project", place, "project.actual", "随决算公开的项目，应当填写实际完成值。", rule=NOTICE)
        if weight is not None and score is not None and score < weight and not row["reason"]:
            message = "没有得满分，请写明偏差原因。"
            place = ("indicators", number, "reason")
            yield cell("project", place, "project.reason", message, rule=_SCORES, severity="warning")


def _points(rows: Rows, told: Decimal | None) -> Iterator[Issue]:
    weights = [row["weight"] for row in rows if row["weight"] is not None]
    whole = sum(weights, Decimal(0))
    if weights and whole not in {_FULL, _FULL - _EXECUTION}:
        message = f"各项指标的分值合计是{whole:f}分，通常应为100分（另计预算执行率10分的为90分），请核对。"
        yield Issue("project.weights", message, field="indicators", severity="warning", rule=_SCORES)
    if told is None:
        return
    if not 0 <= told <= _FULL:
        yield Issue("project.self_score", f"自评得分{told:f}不在0分到100分之间。", field="self_score", rule=_SCORES)
    scores = [row["score"] for row in rows if row["score"] is not None]
    made = sum(scores, Decimal(0))
    most = made + (_FULL - whole if whole == _FULL - _EXECUTION else 0)
    if len(scores) == len(rows) and not made <= told <= most:
        message = f"自评得分填的是{told:f}分，指标表各项得分相加是{made:f}分，请核对。"
        yield Issue("project.self_score", message, field="self_score", rule=_SCORES)


def check_days(revision: Revision, content: Content) -> list[Issue]:
    """A project ends after it begins, in years that fit its budget."""
    values = values_of("project", revision, content)
    days = [("starts_on", "开始日期", values["starts_on"]), ("ends_on", "完成日期", values["ends_on"])]
    issues = reckoning.after_each_other("project.days", days, rule=NOTICE)
    year, begun = values["fiscal_year"], values["starts_on"]
    if year is not None and not 1950 <= year <= 2100:
        issues.append(Issue("project.year", f"预算年度“{year}”不是一个年份。", field="fiscal_year", rule=NOTICE))
    elif year is not None and begun and begun.year > year:
        message = f"项目在{begun.year}年开始，晚于预算年度{year}年，请核对。"
        issues.append(Issue("project.year", message, field="fiscal_year", severity="warning", rule=NOTICE))
    return issues


CHECKS: tuple[SubmitCheck, ...] = (check_money, check_elements, check_indicators, check_days)
