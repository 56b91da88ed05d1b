"""The kind `inspection`: results of random inspections, from the plan's item over the draw to each object found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from mingchuang.records import fields, telling
from mingchuang.records.kind import Field, Kind, Owed, Reference, Table, catalogue_fields
from mingchuang.records.kinds.inspection.checks import CHECKS, RULE
from mingchuang.records.kinds.inspection.models import Finding, Inspected, InspectionResult, Inspector, ItemKind
from mingchuang.records.kinds.inspection.samples import GOLDEN, SAMPLES
from mingchuang.records.terms import RecordClass

_PLAN = Reference(forward="抽查计划、事项清单", back="抽查结果", kinds=("managed_list", "plan", "policy", "notice"))

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="如：青铜峡市2019年××“双随机、一公开”抽查结果"),
    Field("plan_name", "抽查计划", "line", statute=RULE, required=True, max_length=200, hint="年度抽查工作计划的名称"),
    fields.names_record("plan_record", "抽查计划、事项清单的索引号", _PLAN, statute=RULE, hint="在本系统公开的填写"),
    Field(
        "task_no", "任务编号", "line", statute=RULE, required=True, max_length=60,
        hint="抽查计划里的任务编号", chain="同一抽查任务的其他信息",
    ),
    Field("item", "抽查事项", "line", statute=RULE, required=True, max_length=200),
    Field("item_kind", "事项类别", "choice", statute=RULE, required=True, choices=tuple(ItemKind.choices)),
    Field("basis", "抽查依据", "text", statute=RULE, required=True, max_length=1000),
    Field("authority", "抽查主体", "line", statute=RULE, required=True, max_length=200),
    Field("joint", "联合部门", "line", statute=RULE, max_length=300, hint="部门联合抽查的填写，用顿号隔开"),
    Field("manner", "抽查方式", "line", statute=RULE, required=True, max_length=100, hint="如：现场检查、书面检查"),
    Field("pool", "名录库对象数", "integer", statute=RULE, required=True, unit="户"),
    Field("drawn", "抽取对象数", "integer", statute=RULE, required=True, unit="户"),
    Field("ratio", "抽查比例", "decimal", statute=RULE, unit="%"),
    Field("drawn_on", "抽取日期", "date", statute=RULE, required=True),
    Field(
        "draw_record", "抽取过程", "line", statute=RULE, required=True, max_length=500,
        hint="用什么系统、由谁监督随机抽取，过程记录存放何处",
    ),
    Field("inspected_from", "检查开始日期", "date", statute=RULE),
    Field(
        "inspected_until", "检查完成日期", "date", statute=RULE, required=True,
        hint="公开结果的20个工作日从这一天起算",
    ),
    fields.body("说明", statute=RULE, required=False),
)  # fmt: skip

TABLES: tuple[Table, ...] = (
    Table(
        "objects", "检查对象和结果", Inspected, statute=RULE, required=True, hint="抽到的每一户一行",
        columns=(
            Field("name", "检查对象", "line", required=True, max_length=200, heads=("企业名称", "名称")),
            Field("uscc", "统一社会信用代码", "line", max_length=18, heads=("信用代码", "统一社会信用代码/注册号")),
            Field("inspected_on", "检查日期", "date", heads=("检查时间",)),
            Field("finding", "检查结果", "choice", required=True, choices=tuple(Finding.choices), heads=("抽查结果",)),
            Field("detail", "情况说明", "line", max_length=500, heads=("说明", "发现的问题")),
            Field("followed", "后续处理", "line", max_length=500, heads=("处理情况", "整改情况")),
        ),
    ),
    Table(
        "inspectors", "执法检查人员", Inspector, statute=RULE, required=True, hint="只写执法证号和单位，不写姓名",
        columns=(
            Field("certificate", "执法证号", "line", required=True, max_length=40, heads=("执法证件号", "证号")),
            Field("unit", "所属单位", "line", required=True, max_length=200, heads=("单位", "部门")),
        ),
    ),
)  # fmt: skip


def owed(values: Mapping[str, Any]) -> Owed:
    """From the day on which the inspection was done."""
    return "inspection.publish", values["inspected_until"]


def found(values: Mapping[str, Any]) -> str:
    """How many of which finding: 未发现问题8户；发现问题已责令改正2户."""
    counts = Counter(row["finding"] for row in values["objects"])
    return "；".join(f"{label}{counts[value]}户" for value, label in Finding.choices if counts[value])


#: Plan, matter, who inspected, and the objects with their codes; no inspectors.
INDEX_TEXT = telling.words(
    FIELDS, "plan_name", "task_no", "item", "basis", "authority", "joint", "body", objects=("name", "uscc")
)
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("抽查计划", "plan_name"),
    ("任务编号", "task_no"),
    ("抽查事项", "item"),
    ("事项类别", "item_kind"),
    ("抽查依据", "basis"),
    ("抽查主体", "authority"),
    ("联合部门", "joint"),
    ("抽查方式", "manner"),
    ("名录库", "pool"),
    ("抽取对象数", "drawn"),
    ("抽查比例", "ratio"),
    ("抽取日期", "drawn_on"),
    ("抽取过程", "draw_record"),
    ("检查时间", ("至", "inspected_from", "inspected_until")),
    ("结果汇总", found),
    ("内容概述", "summary"),
)

KIND = Kind(
    id="inspection",
    title="双随机抽查结果",
    model=InspectionResult,
    schema=1,
    fields=FIELDS,
    tables=TABLES,
    template="records/inspection/article.html",
    default_class=RecordClass.B,
    has_validity=False,
    owed=owed,
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    checks=CHECKS,
    samples=SAMPLES,
    golden=GOLDEN,
)
