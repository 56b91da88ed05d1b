"""The kind `report`: audit, supervision, annual and government work reports; every finding with its rectification."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingchuang.records import fields, telling
from mingchuang.records.kind import Field, Kind, Reference, Table, catalogue_fields
from mingchuang.records.kinds.report.checks import CHECKS, LAW, SCOPE
from mingchuang.records.kinds.report.models import Category, Finding, Report, State
from mingchuang.records.kinds.report.samples import GOLDEN, SAMPLES
from mingchuang.records.terms import RecordClass

AUDIT = Reference(forward="所整改的审计报告", back="整改情况", kinds=("report",))

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="如：关于××年度预算执行和其他财政收支的审计工作报告", numbered=True),
    fields.issuer("报告机关", statute=SCOPE),
    Field("category", "报告类型", "choice", statute=SCOPE, required=True, choices=tuple(Category.choices)),
    Field("about_year", "报告年度", "integer", statute=SCOPE, hint="四位数的年份"),
    Field("delivered_to", "报告对象", "line", statute=SCOPE, max_length=200, hint="如：市人大常委会、市人民政府"),
    Field("delivered_on", "报告日期", "date", statute=SCOPE),
    fields.names_record(
        "rectifies", "所整改的审计报告", AUDIT, statute=LAW, hint="整改情况填写：审计报告的文号或者索引号"
    ),
    fields.keywords(),
    fields.body(),
)

TABLES: tuple[Table, ...] = (
    Table(
        "findings", "问题和整改清单", Finding, statute=LAW,
        hint="审计、督查发现的问题逐条列明；编号在整改情况里保持不变",
        columns=(
            Field("number", "问题编号", "line", statute=LAW, required=True, max_length=40),
            Field("unit", "被审计（督查）单位", "line", max_length=200, heads=("被审计单位", "责任单位", "单位")),
            Field("finding", "发现的问题", "line", statute=LAW, required=True, max_length=1000, heads=("问题",)),
            Field("amount", "涉及金额", "decimal", unit="万元", heads=("金额",)),
            Field("demand", "整改要求", "line", max_length=500, heads=("要求",)),
            Field("due_on", "整改期限", "date", heads=("期限", "完成时限")),
            Field("state", "整改状态", "choice", statute=LAW, required=True, choices=tuple(State.choices),
                  heads=("状态", "是否整改")),
            Field("result", "整改结果", "line", max_length=1000, heads=("整改情况", "结果")),
        ),
    ),
)  # fmt: skip


def _counted(values: Mapping[str, Any]) -> str:
    """3个问题：已整改1个，部分整改2个."""
    rows = values["findings"]
    counts = [(label, sum(row["state"] == state for row in rows)) for state, label in State.choices]
    told = "，".join(f"{label}{count}个" for label, count in counts if count)
    return f"{len(rows)}个问题：{told}" if rows else ""


#: Who reports, every finding, the words.
INDEX_TEXT = telling.words(FIELDS, "issuer", "delivered_to", "keywords", "body", findings=("unit", "finding", "result"))
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("报告机关", "issuer"),
    ("文号", "doc_number"),
    ("报告类型", "category"),
    ("报告年度", telling.year("about_year")),
    ("报告对象", "delivered_to"),
    ("报告日期", "delivered_on"),
    ("问题整改", _counted),
    ("成文日期", "formed_on"),
    ("关键词", "keywords"),
    ("内容概述", "summary"),
)

KIND = Kind(
    id="report",
    title="工作报告",
    model=Report,
    schema=1,
    fields=FIELDS,
    tables=TABLES,
    template="records/report/article.html",
    default_class=RecordClass.B,
    has_validity=False,
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    checks=CHECKS,
    samples=SAMPLES,
    golden=GOLDEN,
)
