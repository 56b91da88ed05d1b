"""From the item of the plan over the draw to the result: whether counts agree, codes are right, days in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from mingchuang.core import now
from mingchuang.norms.outcome import Issue
from mingchuang.records import judging, reckoning
from mingchuang.records.judging import cell, values_of
from mingchuang.records.kind import SubmitCheck
from mingchuang.records.kinds.inspection.models import Finding
from mingchuang.records.models import Content, Revision

RULE = "国发〔2019〕5号"
_HUNDREDTH = Decimal("0.01")
Rows = Sequence[Mapping[str, Any]]
#: Findings after which something must follow.
_FOLLOWED = frozenset(
    {Finding.NOT_ANNOUNCED, Finding.FALSE_ANNOUNCED, Finding.UNREACHABLE, Finding.PENDING, Finding.REFUSED}
)


def check_counts(revision: Revision, content: Content) -> list[Issue]:
    """As many objects as were drawn, no more than the pool holds, in the ratio that is told."""
    values = values_of("inspection", revision, content)
    drawn, pool, told = values["drawn"], values["pool"], values["ratio"]
    issues = []
    if drawn is not None and values["objects"] and drawn != len(values["objects"]):
        message = f"抽取对象数填的是{drawn}，检查对象表有{len(values['objects'])}行；抽到的每一户都要写明结果。"
        issues.append(Issue("inspection.drawn", message, field="drawn", rule=RULE))
    if drawn is not None and pool is not None and drawn > pool:
        message = f"抽取对象数{drawn}多于名录库对象数{pool}，请核对。"
        issues.append(Issue("inspection.pool", message, field="pool", rule=RULE))
    if drawn is not None and pool and told is not None:
        made = (Decimal(drawn) * 100 / pool).quantize(_HUNDREDTH, ROUND_HALF_UP)
        if made != told and made.quantize(Decimal(1), ROUND_HALF_UP) != told:
            message = f"抽查比例填的是{told:f}%，{drawn}除以{pool}是{made:f}%，请核对。"
            issues.append(Issue("inspection.ratio", message, field="ratio", severity="warning", rule=RULE))
    return issues


def check_objects(revision: Revision, content: Content) -> list[Issue]:
    """Each object once, with its code, and with what followed where something was found."""
    values = values_of("inspection", revision, content)
    issues = judging.persons("inspection", values, aside=("uscc", "certificate"))
    issues += judging.codes("inspection", "objects", values["objects"], "uscc")
    first: dict[str, int] = {}
    for number, row in enumerate(values["objects"], 1):
        code = row["uscc"].upper()
        if code and code in first:
            message = f"统一社会信用代码与第 {first[code]} 行相同。"
            issues.append(cell("inspection", ("objects", number, "uscc"), "inspection.twice", message, rule=RULE))
        first.setdefault(code, number)
        issues += _row(number, row)
    return issues


def _row(number: int, row: Mapping[str, Any]) -> Iterator[Issue]:
    if not row["uscc"]:
        message = "没有统一社会信用代码；检查对象是单位、个体工商户的应当填写。"
        place = ("objects", number, "uscc")
        yield cell("inspection", place, "inspection.code", message, rule=RULE, severity="warning")
    if row["finding"] in _FOLLOWED and not row["followed"]:
        message = "发现了问题，请写明后续处理。"
        place = ("objects", number, "followed")
        yield cell("inspection", place, "inspection.followed", message, rule=RULE, severity="warning")
    if row["finding"] == Finding.OTHER and not row["detail"]:
        message = "结果为“其他”的，应当写明情况。"
        yield cell("inspection", ("objects", number, "detail"), "inspection.detail", message, rule=RULE)


def check_inspectors(revision: Revision, content: Content) -> list[Issue]:
    """Enough of them, each once, by certificate."""
    values = values_of("inspection", revision, content)
    rows: Rows = values["inspectors"]
    issues = []
    least = reckoning.in_force("inspection.inspectors", values["inspected_from"] or revision.formed_on, revision)
    if rows and least is not None and len(rows) < least.value:
        message = f"执法检查人员只有{len(rows)}名，{least.text}，请核对。"
        cite = least.strictest.cite
        issues.append(Issue("inspection.inspectors", message, field="inspectors", rule=cite))
    first: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        if row["certificate"] and row["certificate"] in first:
            message = f"执法证号与第 {first[row['certificate']]} 行相同。"
            place = ("inspectors", number, "certificate")
            issues.append(cell("inspection", place, "inspection.certificate", message, rule=RULE))
        first.setdefault(row["certificate"], number)
    return issues


def check_days(revision: Revision, content: Content) -> list[Issue]:
    """Drawn before inspected, inspected within its days, published in time."""
    values = values_of("inspection", revision, content)
    days = [
        (name, label, values[name])
        for name, label in (
            ("drawn_on", "抽取日期"),
            ("inspected_from", "检查开始日期"),
            ("inspected_until", "检查完成日期"),
        )
    ]
    issues = reckoning.after_each_other("inspection.days", days, rule=RULE)
    first, last = values["inspected_from"], values["inspected_until"]
    for number, row in enumerate(values["objects"], 1):
        day = row["inspected_on"]
        if day and ((first and day < first) or (last and day > last)):
            message = f"检查日期{day}不在检查期间{first}至{last}之内，请核对。"
            place = ("objects", number, "inspected_on")
            issues.append(cell("inspection", place, "inspection.day", message, rule=RULE))
    if last and last > now.today():
        message = f"检查完成日期{last}还没有到，结果在检查完成之后公开。"
        issues.append(Issue("inspection.unfinished", message, field="inspected_until", rule=RULE))
    limit = reckoning.days("inspection.publish", last, revision)
    if limit and now.today() > limit.day:
        message = f"检查完成后{limit.in_force.text}内公开，最迟为{limit.day}，现在已经逾期，请尽快公开。"
        cite = limit.in_force.strictest.cite
        issues.append(Issue("inspection.late", message, field="inspected_until", severity="warning", rule=cite))
    return issues


CHECKS: tuple[SubmitCheck, ...] = (check_counts, check_objects, check_inspectors, check_days)
