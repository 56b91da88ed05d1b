"""The kind `project`: what public money is planned for and what it achieved, in the six elements of the notice."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from mingchuang.records import telling
from mingchuang.records.kind import Field, Kind, Owed, Table, catalogue_fields
from mingchuang.records.kinds.project.checks import CHECKS, NOTICE
from mingchuang.records.kinds.project.models import Aspect, BudgetProject, Funding, Grade, Indicator, Source, Stage
from mingchuang.records.kinds.project.samples import GOLDEN, SAMPLES
from mingchuang.records.terms import RecordClass

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="如：青铜峡市××局2019年××项目"),
    Field(
        "stage", "公开阶段", "choice", statute=NOTICE, required=True, choices=tuple(Stage.choices),
        hint="随预算公开的写到绩效目标；随决算公开的还要写结果",
    ),
    Field("fiscal_year", "预算年度", "integer", hint="四位数的年份", statute=NOTICE, required=True),
    Field("project_code", "项目编码", "line", hint="预算管理系统里的编码，没有的留空", max_length=40),
    Field(
        "approved_on", "预算（决算）批复日期", "date", statute="《预算法》第十四条", required=True,
        hint="财政部门批复的日期；20日从这一天起算",
    ),
    Field("department", "主管部门", "line", statute=NOTICE, required=True, max_length=200),
    Field("implementer", "实施主体", "line", statute=NOTICE, required=True, max_length=200),
    Field("starts_on", "开始日期", "date"),
    Field("ends_on", "完成日期", "date", hint="计划完成或者实际完成的日期"),
    Field("basis", "立项依据", "text", statute=NOTICE, required=True, hint="文件名称和文号，一行一件"),
    Field("amount", "预算安排", "decimal", statute=NOTICE, required=True, unit="万元"),
    Field("executed", "全年执行数", "decimal", statute=NOTICE, unit="万元"),
    Field("goal", "绩效目标", "text", statute=NOTICE, required=True, hint="办成什么、让谁受益，写得可以衡量"),
    Field("self_score", "自评得分", "decimal", statute=NOTICE, unit="分"),
    Field("self_evaluation", "绩效自评结果", "html", statute=NOTICE),
    Field("evaluator", "评价机构", "line", statute=NOTICE, max_length=200),
    Field("grade", "评价等级", "choice", statute=NOTICE, choices=tuple(Grade.choices)),
    Field("evaluation", "绩效评价报告", "html", statute=NOTICE, hint="报告全文，或者摘要加附件"),
)  # fmt: skip

TABLES: tuple[Table, ...] = (
    Table(
        "funding", "预算安排明细", Funding, statute=NOTICE, required=True, hint="各行相加应当等于预算安排",
        columns=(
            Field("source", "资金来源", "choice", required=True, choices=tuple(Source.choices), heads=("来源",)),
            Field("item", "支出内容", "line", required=True, max_length=200, heads=("用途", "内容")),
            Field("amount", "金额", "decimal", required=True, unit="万元", heads=("预算数",)),
        ),
    ),
    Table(
        "indicators", "绩效指标表", Indicator, statute=NOTICE, required=True,
        columns=(
            Field("aspect", "一级指标", "choice", required=True, choices=tuple(Aspect.choices)),
            Field("part", "二级指标", "line", max_length=60),
            Field("name", "三级指标", "line", required=True, max_length=200, heads=("指标", "指标名称")),
            Field("target", "指标值", "line", required=True, max_length=100, heads=("年度指标值", "目标值")),
            Field("actual", "实际完成值", "line", max_length=100, heads=("完成值", "全年完成值")),
            Field("weight", "分值", "decimal", unit="分", heads=("权重",)),
            Field("score", "得分", "decimal", unit="分"),
            Field("reason", "偏差原因", "line", max_length=300, heads=("偏差原因分析及改进措施", "未完成原因")),
        ),
    ),
)  # fmt: skip


def owed(values: Mapping[str, Any]) -> Owed:
    """Twenty days from the approval of the department's budget or account, whose part the project is (预算法 14)."""
    return "budget.department.publish", values["approved_on"]


def execution_rate(values: Mapping[str, Any]) -> str:
    """预算执行率 with one place, in percent; nothing where either amount is missing or nothing was planned."""
    planned, spent = values["amount"], values["executed"]
    if not planned or spent is None:
        return ""
    return f"{(spent * 100 / planned).quantize(Decimal('0.1'), ROUND_HALF_UP):f}%"


#: Who, why, to what end, what is measured, what came of it.
INDEX_TEXT = telling.words(
    FIELDS, "department", "implementer", "project_code", "basis", "goal", "evaluator", "self_evaluation", "evaluation",
    funding=("item",), indicators=("name",),
)  # fmt: skip
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("公开阶段", "stage"),
    ("预算年度", telling.year("fiscal_year")),
    ("项目编码", "project_code"),
    ("主管部门", "department"),
    ("实施主体", "implementer"),
    ("起止时间", ("至", "starts_on", "ends_on")),
    ("预算安排", "amount"),
    ("全年执行数", "executed"),
    ("预算执行率", execution_rate),
    ("自评得分", "self_score"),
    ("评价机构", "evaluator"),
    ("评价等级", "grade"),
    ("内容概述", "summary"),
)

KIND = Kind(
    id="project",
    title="财政绩效项目",
    model=BudgetProject,
    schema=1,
    fields=FIELDS,
    tables=TABLES,
    template="records/project/article.html",
    default_class=RecordClass.B,
    has_validity=False,
    owed=owed,
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    checks=CHECKS,
    samples=SAMPLES,
    golden=GOLDEN,
)
