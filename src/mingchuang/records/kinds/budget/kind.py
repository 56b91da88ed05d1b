"""The kind `budget`: what governments, departments and units planned and spent, with figures that prove themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingchuang.records import telling
from mingchuang.records.kind import Field, Kind, Owed, Table, catalogue_fields
from mingchuang.records.kinds.budget.checks import CHECKS
from mingchuang.records.kinds.budget.models import (
    Balance,
    BudgetDocument,
    Document,
    Economic,
    PublicMoney,
    PublicSpending,
    Side,
    Spending,
)
from mingchuang.records.kinds.budget.samples import GOLDEN, SAMPLES
from mingchuang.records.terms import RecordClass

_LAW = "《预算法》第十四条"
_RULES = "《预算法实施条例》第六条"
#: Whose figures → the rule under which they are owed (norms: D18, D19, D20).
_OWED = {"gov": "budget.government.publish", "dept": "budget.department.publish", "unit": "budget.unit.publish"}

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="如：青铜峡市××局2019年部门预算"),
    Field("document", "公开内容", "choice", statute=_LAW, required=True, choices=tuple(Document.choices)),
    Field("fiscal_year", "预算年度", "integer", hint="四位数的年份", statute=_LAW, required=True),
    Field(
        "approved_on", "批准（批复）日期", "date", statute=_LAW, required=True,
        hint="人大批准、财政部门批复或者主管部门批复的日期；20日从这一天起算",
    ),
    Field("approver", "批准（批复）机关", "line", statute=_LAW, required=True, max_length=200),
    Field("public_total", "“三公”经费合计", "decimal", hint="与“三公”经费表的合计一致", statute=_RULES, unit="万元"),
    Field(
        "empty_tables", "空表说明", "line", statute="地方预决算公开操作规程", max_length=500,
        hint="没有数据的表也要公开，写明表名和原因，如：基本支出经济分类表，本单位没有基本支出",
    ),
    Field(
        "explanation", "情况说明", "html", statute=_LAW, required=True,
        hint="部门：机关运行经费、政府采购；政府：转移支付、举借债务",
    ),
)  # fmt: skip

_CODE = {"heads": ("科目编码", "编码", "功能分类科目编码", "经济分类科目编码"), "required": True}
_ITEM = {"heads": ("科目名称", "名称", "项目"), "required": True}

TABLES: tuple[Table, ...] = (
    Table(
        "balance", "收支总表", Balance, required=True, statute=_LAW,
        hint="收入和上年结转之和，应当等于支出和结转下年之和",
        columns=(
            Field("side", "方向", "choice", required=True, choices=tuple(Side.choices), heads=("收支",)),
            Field("item", "项目", "line", required=True, max_length=100),
            Field("amount", "金额", "decimal", required=True, unit="万元", heads=("预算数", "决算数")),
        ),
    ),
    Table(
        "spending", "支出功能分类表", Spending, statute=_RULES, hint="公开到功能分类的项级科目",
        columns=(
            Field("code", "科目编码", "line", max_length=7, **_CODE),  # type: ignore[arg-type]
            Field("item", "科目名称", "line", max_length=100, **_ITEM),  # type: ignore[arg-type]
            Field("basic", "基本支出", "decimal", unit="万元"),
            Field("project", "项目支出", "decimal", unit="万元"),
            Field("total", "合计", "decimal", required=True, unit="万元", heads=("支出合计", "总计")),
        ),
    ),
    Table(
        "economic", "基本支出经济分类表", Economic, statute=_RULES, hint="公开到经济分类的款级科目",
        columns=(
            Field("code", "科目编码", "line", max_length=5, **_CODE),  # type: ignore[arg-type]
            Field("item", "科目名称", "line", max_length=100, **_ITEM),  # type: ignore[arg-type]
            Field("amount", "金额", "decimal", required=True, unit="万元", heads=("基本支出", "合计")),
        ),
    ),
    Table(
        "public_money", "“三公”经费表", PublicMoney, statute=_RULES, hint="四项都要有，没有的填 0",
        columns=(
            Field("item", "项目", "choice", required=True, choices=tuple(PublicSpending.choices)),
            Field("amount", "金额", "decimal", required=True, unit="万元", heads=("预算数", "决算数", "本年数")),
            Field("before", "上年金额", "decimal", unit="万元", heads=("上年数", "上年预算数", "上年决算数")),
            Field("reason", "增减原因", "line", max_length=300, heads=("增减变化原因", "说明")),
        ),
    ),
)  # fmt: skip


def owed(values: Mapping[str, Any]) -> Owed:
    """Twenty days from approval by the legislature, the finance department or the department above (预算法 14)."""
    if not values["document"]:
        return "information.publish", values["formed_on"]
    return _OWED[values["document"].partition("_")[0]], values["approved_on"]


INDEX_TEXT = telling.words(
    FIELDS, telling.year("fiscal_year"), "approver", "explanation",
    balance=("item",), spending=("item",), economic=("item",),
)  # fmt: skip
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("公开内容", "document"),
    ("预算年度", telling.year("fiscal_year")),
    ("批准机关", "approver"),
    ("批准日期", "approved_on"),
    ("“三公”经费", "public_total"),
    ("空表说明", "empty_tables"),
    ("内容概述", "summary"),
)

KIND = Kind(
    id="budget",
    title="预算和决算",
    model=BudgetDocument,
    schema=1,
    fields=FIELDS,
    tables=TABLES,
    template="records/budget/article.html",
    default_class=RecordClass.B,
    has_validity=False,
    owed=owed,
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    checks=CHECKS,
    samples=SAMPLES,
    golden=GOLDEN,
)
