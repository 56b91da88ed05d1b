"""No finding is silently dropped: each has its state, and what was published before is still there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from mingchuang.norms.outcome import Issue
from mingchuang.records import references, tables
from mingchuang.records.judging import cell, values_of
from mingchuang.records.kind import SubmitCheck, kind
from mingchuang.records.kinds.report.models import Category, Report, State
from mingchuang.records.models import Content, Revision

LAW = "《审计法》第五十二条"
SCOPE = "《政府信息公开条例》第十九条"
_WITH_FINDINGS = {Category.AUDIT, Category.RECTIFICATION, Category.SUPERVISION}


def check_year(revision: Revision, content: Content) -> list[Issue]:
    """The year that is reported on has begun, and the report is delivered after it did."""
    report = cast(Report, content)
    year, formed = report.about_year, revision.formed_on
    if year is None or formed is None or formed.year - 5 <= year <= formed.year:
        return []
    message = f"报告年度{year}年与成文日期{formed}相隔过远，请核对。"
    return [Issue("report.year", message, field="about_year", severity="warning", rule=SCOPE)]


def check_findings(revision: Revision, content: Content) -> list[Issue]:
    """Findings have numbers of their own, amounts that can be, and results that agree with their state."""
    report = cast(Report, content)
    rows = values_of("report", revision, content)["findings"]
    issues: list[Issue] = []
    if not rows and report.category in _WITH_FINDINGS:
        rectifying = report.category == Category.RECTIFICATION
        message = "没有一条发现的问题：审计和督查发现的问题及整改情况应当逐条公开；确实没有问题的，请在正文写明。"
        severity: Any = "error" if rectifying else "warning"
        issues.append(Issue("report.findings", message, field="findings", severity=severity, rule=LAW))
    for number, times in Counter(row["number"] for row in rows).items():
        if number and times > 1:
            message = f"问题编号“{number}”出现了{times}次；每个问题一个编号，整改情况才能对得上。"
            issues.append(Issue("report.twice", message, field="findings", rule=LAW))
    for number, row in enumerate(rows, 1):
        issues += _row(number, row, revision)
    return issues


def _row(number: int, row: Mapping[str, Any], revision: Revision) -> Iterator[Issue]:
    def said(column: str, code: str, message: str, **options: Any) -> Issue:
        return cell("report", ("findings", number, column), f"report.{code}", message, rule=LAW, **options)

    if row["amount"] is not None and row["amount"] < 0:
        yield said("amount", "amount", f"涉及金额{row['amount']}万元是负数，请更正。")
    if row["state"] and row["state"] != State.NOT_BEGUN and not row["result"]:
        message = f"状态是“{State(row['state']).label}”，没有写明整改结果。"
        yield said("result", "result", message, severity="warning")
    late = row["due_on"] and revision.formed_on and row["due_on"] < revision.formed_on
    if late and row["state"] in {State.PARTLY, State.GOING, State.NOT_BEGUN}:
        message = f"整改期限{row['due_on']}已过，状态还是“{State(row['state']).label}”，请在整改结果里说明原因。"
        yield said("state", "late", message, severity="warning" if not row["result"] else "remark")


def check_nothing_dropped(revision: Revision, content: Content) -> list[Issue]:
    """Every finding that the public saw is still there: in a correction, and in the rectification of an audit."""
    report = cast(Report, content)
    given = {row["number"] for row in values_of("report", revision, content)["findings"]}
    issues: list[Issue] = []
    published = revision.record.published
    if published is not None:
        message = "以前公开过的问题不见了：{}。公开过的问题不能不声不响地删去，请保留该行并写明情况。"
        issues += _missing(published.pk, given, message)
    field = kind("report").field("rectifies")
    if report.rectifies and field is not None and field.reference is not None:
        found = references.public_named(report.rectifies, field.reference).exclude(pk=revision.record_id).first()
        if found is None or found.published_id is None:
            message = f"本系统没有公开过文号或者索引号为“{report.rectifies}”的审计报告，无法核对问题是否齐全。"
            return [*issues, Issue("report.audit", message, field="rectifies", severity="warning", rule=LAW)]
        message = "审计报告公开的问题没有整改情况：{}。每个问题都要有整改状态，没有整改的选“尚未整改”。"
        issues += _missing(found.published_id, given, message)
    elif report.category == Category.RECTIFICATION:
        message = "没有填写所整改的审计报告，无法核对问题是否齐全。"
        issues.append(Issue("report.audit", message, field="rectifies", severity="warning", rule=LAW))
    return issues


def _missing(earlier: int, given: set[str], message: str) -> Iterator[Issue]:
    table = kind("report").table("findings")
    before: Sequence[Mapping[str, Any]] = tables.rows_of(earlier, table) if table is not None else ()
    gone = [row["number"] for row in before if row["number"] not in given]
    if gone:
        yield Issue("report.dropped", message.format("、".join(gone)), field="findings", rule=LAW)


CHECKS: tuple[SubmitCheck, ...] = (check_year, check_findings, check_nothing_dropped)
