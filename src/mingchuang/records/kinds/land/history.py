"""Old batches out of a workbook: one entry each, with original dates, every fault by row (历史征地信息补录).

Nothing is written here: `do.enter_history` takes the entries, in one go or not at all.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from mingchuang.norms.outcome import Issue
from mingchuang.records import form_values, spreadsheet
from mingchuang.records.fields import day_words
from mingchuang.records.history import Entry, Workbook
from mingchuang.records.kind import Field, Table
from mingchuang.records.kinds.land.models import Step, StepKind

_SEED = "青政办发〔2019〕60号 一（四）3"

#: One line of a workbook. The model only stands for “a table of steps”; its rows are never stored.
COLUMNS = Table(
    "history", "历史征地批次", Step, statute=_SEED,
    columns=(
        Field("batch", "批次名称", "line", required=True, max_length=200, heads=("批次", "项目名称", "用地名称")),
        Field("places", "涉及乡镇、村、组", "line", required=True, max_length=300, heads=("位置", "坐落", "涉及村组")),
        Field("hectares", "征收面积", "decimal", unit="公顷", places=4, heads=("面积",)),
        Field("purpose", "征收目的", "line", max_length=300, heads=("用途", "土地用途")),
        Field("approval_no", "批准文号", "line", required=True, max_length=60, heads=("批文号", "批文")),
        Field("approver", "批准机关", "line", max_length=200, heads=("批准部门",)),
        Field("approved_on", "批准日期", "date", required=True, heads=("批准时间", "批复日期")),
        Field("notice_on", "征收土地公告日期", "date", heads=("公告日期", "征地公告日期", "公告时间")),
        Field("plan_on", "补偿安置方案公告日期", "date", heads=("方案公告日期", "安置方案公告时间")),
        Field("address", "原网址", "line", max_length=500, heads=("原地址", "网址", "链接")),
    ),
)  # fmt: skip


def read(data: bytes, name: str, today: datetime.date) -> Workbook:
    """The batches in an uploaded workbook (XLSX, CSV, TXT with tabs); rows are told by their line in the sheet."""
    sheet = spreadsheet.read_file(COLUMNS, data, name)
    if sheet.issues:
        return Workbook((), sheet.issues, sheet.remarks)
    # Rows stand at the number of their line, so that every fault names the line that the clerk sees.
    given: list[Mapping[str, str]] = [{}] * (sheet.places[-1] if sheet.places else 0)
    for line, row in zip(sheet.places, sheet.rows, strict=True):
        given[line - 1] = row
    rows, issues, _ = form_values.parse_rows(COLUMNS, given)
    lined = list(zip(sheet.places, rows, strict=True)) if len(rows) == len(sheet.places) else []
    faults = [*issues, *_missing(lined), *_contradictions(lined, today)]
    if not sheet.rows:
        faults.append(Issue("land.no_rows", "表格里没有一个批次。", field="history", rule=_SEED))
    if faults:
        return Workbook((), tuple(faults), sheet.remarks)
    return Workbook(tuple(_entry(line, row) for line, row in lined), (), sheet.remarks)


def _missing(lined: list[tuple[int, dict[str, Any]]]) -> Iterator[Issue]:
    for line, row in lined:
        for column in COLUMNS.columns:
            if column.required and row[column.name] in ("", None):
                yield _fault(line, column.name, "land.history_required", f"“{column.label}”没有填写。")


def _contradictions(lined: list[tuple[int, dict[str, Any]]], today: datetime.date) -> Iterator[Issue]:
    first: dict[str, int] = {}
    for line, row in lined:
        number, approved = row["approval_no"], row["approved_on"]
        if number and number in first:
            message = f"批准文号“{number}”与第 {first[number]} 行相同。"
            yield _fault(line, "approval_no", "land.history_twice", message)
        first.setdefault(number, line)
        if approved and approved > today:
            yield _fault(line, "approved_on", "land.history_future", f"批准日期{approved}晚于今天。")
        if approved and row["notice_on"] and row["notice_on"] < approved:
            message = f"征收土地公告日期{row['notice_on']}早于批准日期{approved}。"
            yield _fault(line, "notice_on", "land.history_order", message)
        for name in ("notice_on", "plan_on"):
            if row[name] and row[name] > today:
                yield _fault(line, name, "land.history_future", f"日期{row[name]}晚于今天。")
        if row["hectares"] is not None and row["hectares"] <= 0:
            yield _fault(line, "hectares", "land.history_area", "征收面积应当大于0。")
        if row["address"] and not row["address"].startswith(("http://", "https://")):
            yield _fault(line, "address", "land.history_address", "原网址应当以 http:// 或者 https:// 开头。")


def _fault(line: int, name: str, code: str, message: str) -> Issue:
    column = COLUMNS.column(name)
    if column is None:
        raise LookupError(name)
    issue = form_values.in_row(COLUMNS, line, column, Issue(code, message, rule=_SEED))
    return replace(issue, context={"line": line})


def _entry(line: int, row: Mapping[str, Any]) -> Entry:
    """The batch as the form holds it; its day is that of its notice, else of its approval. Nothing is invented: steps
    whose day the workbook does not give are left out."""
    steps = [
        {"step": step, "starts_on": row[name], "ends_on": None, "number": "", "place": "", "result": ""}
        for name, step in (("plan_on", StepKind.PLAN), ("notice_on", StepKind.NOTICE))
        if row[name]
    ]
    values = {
        "title": f"{row['batch']}征收土地信息"[:300],
        "formed_on": row["notice_on"] or row["approved_on"],
        "summary": f"历史征地信息补录：{row['batch']}，{day_words(row['approved_on'])}经{row['approval_no']}批准。"[
            :500
        ],
        **{name: row[name] for name in ("batch", "places", "hectares", "purpose")},
        **{name: row[name] for name in ("approval_no", "approver", "approved_on")},
        "steps": steps,
    }
    return Entry(line, values, row["address"], row["notice_on"])
