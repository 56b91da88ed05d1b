"""The kind `procurement`: what governments buy, from whom and at which price (条例 art. 20(9); 政府采购法 art. 11)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingchuang.records import fields, telling
from mingchuang.records.kind import Field, Kind, Owed, Table, catalogue_fields
from mingchuang.records.kinds.procurement.checks import BUDGET_RULE, CHECKS, CONTRACT_RULE, RULES
from mingchuang.records.kinds.procurement.models import (
    Capacity,
    Category,
    Item,
    Member,
    Method,
    Notice,
    ProcurementNotice,
    Supplier,
)
from mingchuang.records.kinds.procurement.samples import GOLDEN, SAMPLES
from mingchuang.records.terms import RecordClass

_LAW = "《政府采购法》第十一条"

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="如：青铜峡市××局××项目中标结果公告"),
    Field("notice", "公告类型", "choice", statute=_LAW, required=True, choices=tuple(Notice.choices)),
    Field(
        "project_no", "项目编号", "line", statute=RULES, required=True, max_length=60,
        hint="同一项目的各次公告写同一个编号", chain="同一采购项目的其他公告",
    ),
    Field("project_name", "项目名称", "line", statute=RULES, required=True, max_length=200),
    Field("method", "采购方式", "choice", statute=_LAW, choices=tuple(Method.choices)),
    Field("category", "采购类别", "choice", statute=_LAW, required=True, choices=tuple(Category.choices)),
    Field("purchaser", "采购人", "line", statute=RULES, required=True, max_length=200),
    Field("purchaser_address", "采购人地址", "line", statute=RULES, required=True, max_length=200),
    Field(
        "purchaser_contact", "采购人联系方式", "line", statute=RULES, required=True, max_length=100,
        hint="办公电话，不写个人手机号码",
    ),
    Field("agency", "采购代理机构", "line", statute=RULES, max_length=200, hint="没有委托代理的留空"),
    Field("agency_address", "代理机构地址", "line", statute=RULES, max_length=200),
    Field("agency_contact", "代理机构联系方式", "line", statute=RULES, max_length=100),
    Field("budget", "预算金额", "decimal", statute=BUDGET_RULE, unit="元"),
    Field("documents_from", "采购文件发出日期", "date", statute=_LAW),
    Field("submit_by", "提交投标（响应）文件截止日期", "date", statute=_LAW),
    Field("shown_until", "公示截止日期", "date", statute="《政府采购法实施条例》第三十八条"),
    Field(
        "decided_on", "中标（成交）供应商确定日期", "date", statute=RULES,
        hint="结果公告的2个工作日从这一天起算",
    ),
    Field("contract_no", "合同编号", "line", statute=CONTRACT_RULE, max_length=60),
    Field("signed_on", "合同签订日期", "date", statute=CONTRACT_RULE, hint="合同公告的2个工作日从这一天起算"),
    Field("contract_amount", "合同金额", "decimal", statute=CONTRACT_RULE, unit="元"),
    fields.body("公告内容", statute=_LAW),
)  # fmt: skip

_LOT = Field("lot", "包号", "line", max_length=20, heads=("标段", "分包", "包"))

TABLES: tuple[Table, ...] = (
    Table(
        "suppliers", "供应商", Supplier, statute=RULES,
        columns=(
            Field("name", "供应商名称", "line", required=True, max_length=200, heads=("中标供应商", "成交供应商")),
            _LOT,
            Field("uscc", "统一社会信用代码", "line", max_length=18, heads=("信用代码",)),
            Field("address", "供应商地址", "line", max_length=200, heads=("地址",)),
            Field("amount", "中标（成交）金额", "decimal", unit="元", heads=("金额", "中标金额", "成交金额")),
        ),
    ),
    Table(
        "items", "主要标的", Item, statute=RULES, hint="名称、规格型号、数量、单价、服务要求",
        columns=(
            Field("name", "标的名称", "line", required=True, max_length=200, heads=("名称", "货物名称")),
            _LOT,
            Field("specification", "规格型号", "line", max_length=300, heads=("品牌规格型号",)),
            Field("quantity", "数量", "decimal", places=3),
            Field("unit", "单位", "line", max_length=20, heads=("计量单位",)),
            Field("price", "单价", "decimal", unit="元"),
            Field("amount", "总价", "decimal", unit="元", heads=("金额",)),
            Field("service", "服务要求", "line", max_length=500),
        ),
    ),
    Table(
        "members", "评审专家名单", Member, statute=RULES, hint="只写姓名、身份；不写证件号码和电话",
        columns=(
            Field("name", "姓名", "line", required=True, max_length=40, heads=("专家姓名",)),
            Field("capacity", "身份", "choice", required=True, choices=tuple(Capacity.choices)),
            Field("employer", "工作单位", "line", max_length=200, hint="单一来源公示的论证专家才写"),
            Field("post", "职称", "line", max_length=60),
        ),
    ),
)  # fmt: skip

_OWED = {
    Notice.RESULT: ("procurement.result", "decided_on"),
    Notice.CONTRACT: ("procurement.contract", "signed_on"),
}


def owed(values: Mapping[str, Any]) -> Owed:
    """A result from the day on which the supplier was chosen, a contract from its signature; others as all do."""
    rule, day = _OWED.get(values["notice"], ("information.publish", "formed_on"))
    return rule, values[day]


#: Project, purchaser, agency, suppliers, goods; not the members of the committee.
INDEX_TEXT = telling.words(
    FIELDS, "project_no", "project_name", "purchaser", "agency", "contract_no", "body",
    suppliers=("name",), items=("name",),
)  # fmt: skip
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("公告类型", "notice"),
    ("项目编号", "project_no"),
    ("项目名称", "project_name"),
    ("采购方式", "method"),
    ("采购类别", "category"),
    ("采购人", ("，", "purchaser", "purchaser_address", "purchaser_contact")),
    ("代理机构", ("，", "agency", "agency_address", "agency_contact")),
    ("预算金额", "budget"),
    ("文件发出", "documents_from"),
    ("提交截止", "submit_by"),
    ("公示截止", "shown_until"),
    ("确定日期", "decided_on"),
    ("合同编号", "contract_no"),
    ("签订日期", "signed_on"),
    ("合同金额", "contract_amount"),
    ("内容概述", "summary"),
)

KIND = Kind(
    id="procurement",
    title="政府采购公告",
    model=ProcurementNotice,
    schema=1,
    fields=FIELDS,
    tables=TABLES,
    template="records/procurement/article.html",
    default_class=RecordClass.B,
    has_validity=False,
    owed=owed,
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    checks=CHECKS,
    samples=SAMPLES,
    golden=GOLDEN,
)
