"""The kind `report`: audit, supervision, annual and government work reports; every finding with its rectification."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mingchuang.records import fields, markup
from mingchuang.records.form_values import KEYWORD_MARK
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


def index_text(values: Mapping[str, Any]) -> str:
    """What the index finds besides title, number and summary: who reports, every finding, the words."""
    found = (f"{row['unit']} {row['finding']} {row['result']}" for row in values["findings"])
    keywords = values["keywords"].replace(KEYWORD_MARK, " ")
    return fields.words(values["issuer"], values["delivered_to"], keywords, *found, markup.plain_text(values["body"]))


def public_rows(values: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """The rows of the table above the article; empty ones are left out. Findings are counted by state."""
    return fields.told(
        ("报告机关", values["issuer"]),
        ("文号", values["doc_number"]),
        ("报告类型", dict(Category.choices).get(values["category"], "")),
        ("报告年度", f"{values['about_year']}年" if values["about_year"] else ""),
        ("报告对象", values["delivered_to"]),
        ("报告日期", fields.day_words(values["delivered_on"])),
        ("问题整改", _counted(values["findings"])),
        ("成文日期", fields.day_words(values["formed_on"])),
        ("关键词", values["keywords"].replace(KEYWORD_MARK, " ")),
        ("内容概述", values["summary"]),
    )


def _counted(rows: Sequence[Mapping[str, Any]]) -> str:
    """3个问题：已整改1个，部分整改2个."""
    if not rows:
        return ""
    counts = [(label, sum(row["state"] == state for row in rows)) for state, label in State.choices]
    return f"{len(rows)}个问题：" + "，".join(f"{label}{count}个" for label, count in counts if count)


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
    index_text=index_text,
    public_rows=public_rows,
    checks=CHECKS,
    samples=SAMPLES,
    golden=GOLDEN,
)
