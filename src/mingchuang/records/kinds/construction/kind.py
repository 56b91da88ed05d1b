"""The kind `construction`: approval and carrying out of major projects, eight classes (国办发〔2017〕94号)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingchuang.records import fields, telling
from mingchuang.records.kind import Field, Kind, Owed, Table, catalogue_fields
from mingchuang.records.kinds.construction.checks import CHECKS, NOTICE
from mingchuang.records.kinds.construction.models import (
    Approval,
    ConstructionInformation,
    InformationClass,
    Party,
    PartyRole,
    Stage,
    TenderStep,
)
from mingchuang.records.kinds.construction.samples import GOLDEN, SAMPLES
from mingchuang.records.terms import RecordClass

_LAW = "《政府信息公开条例》第二十条第十项"
_TENDER_RULE = "《招标投标法实施条例》第五十四条"

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="如：××项目可行性研究报告批复", numbered=True),
    Field("information", "信息类别", "choice", statute=NOTICE, required=True, choices=tuple(InformationClass.choices)),
    Field(
        "project_code", "项目代码", "line", statute=NOTICE, required=True, max_length=30,
        hint="投资项目在线审批监管平台的代码；同一项目的各条信息写同一个代码", chain="同一项目的其他信息",
    ),
    Field("project_name", "项目名称", "line", statute=NOTICE, required=True, max_length=200),
    Field("stage", "建设阶段", "choice", statute=NOTICE, required=True, choices=tuple(Stage.choices)),
    Field("site", "建设地点", "line", statute=_LAW, max_length=200),
    Field("owner", "项目法人", "line", statute=NOTICE, max_length=200),
    Field("investment", "总投资", "decimal", statute=_LAW, unit="万元"),
    fields.issuer("作出机关", hint="作出批准、公告或者验收的机关、单位"),
    fields.yes_no(
        "is_licence", "属于行政许可、行政处罚", statute="国办发〔2018〕118号",
        hint="是：自作出决定起7个工作日内公开",
    ),
    Field("tender_step", "招标投标环节", "choice", statute=NOTICE, choices=tuple(TenderStep.choices)),
    Field("reported_on", "收到评标报告日期", "date", statute=_TENDER_RULE, hint="中标候选人公示的期限从这一天起算"),
    Field("shown_until", "公示截止日期", "date", statute=_TENDER_RULE),
    Field("accepted_on", "竣工验收日期", "date", statute=NOTICE),
    Field("acceptance", "质量验收结果", "line", statute=NOTICE, max_length=200),
    Field("filing_no", "竣工验收备案编号", "line", statute=NOTICE, max_length=60),
    Field("final_cost", "财务决算金额", "decimal", statute=NOTICE, unit="万元"),
    fields.body("内容", statute=NOTICE, required=False),
)  # fmt: skip

TABLES: tuple[Table, ...] = (
    Table(
        "approvals", "批准结果", Approval, statute=NOTICE,
        columns=(
            Field("item", "批准事项", "line", required=True, max_length=100, heads=("事项", "审批事项")),
            Field("number", "批准文号", "line", max_length=60, heads=("文号",)),
            Field("authority", "批准机关", "line", required=True, max_length=200, heads=("审批部门", "批准单位")),
            Field("decided_on", "批准日期", "date", required=True, heads=("批准时间", "审批时间")),
            Field("result", "批准结果", "line", max_length=300, heads=("结果",)),
        ),
    ),
    Table(
        "parties", "参建单位", Party, statute=NOTICE, hint="负责人只写姓名，不写证件号码和手机号码",
        columns=(
            Field("role", "承担工作", "choice", required=True, choices=tuple(PartyRole.choices), heads=("角色",)),
            Field("name", "单位名称", "line", required=True, max_length=200, heads=("名称",)),
            Field("uscc", "统一社会信用代码", "line", max_length=18, heads=("信用代码",)),
            Field("qualification", "资质等级", "line", max_length=200, heads=("资质",)),
            Field("head", "负责人", "line", max_length=60, heads=("项目负责人", "主要负责人")),
            Field("offer", "报价（合同价）", "decimal", unit="万元", heads=("报价", "合同价", "中标价")),
        ),
    ),
)  # fmt: skip


def owed(values: Mapping[str, Any]) -> Owed:
    """Licences seven working days, candidates three days after the report, everything else twenty working days."""
    if values["tender_step"] == TenderStep.CANDIDATES:
        return "tender.candidates", values["reported_on"]
    if values["is_licence"] == "yes":
        return "permit.publish", values["formed_on"]
    return "construction.publish", values["formed_on"]


#: Project, place, owner, decisions, enterprises; not their heads.
INDEX_TEXT = telling.words(
    FIELDS, "project_code", "project_name", "site", "owner", "issuer", "body",
    approvals=("item", "number"), parties=("name",),
)  # fmt: skip
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("信息类别", "information"),
    ("招标环节", "tender_step"),
    ("项目代码", "project_code"),
    ("项目名称", "project_name"),
    ("建设阶段", "stage"),
    ("建设地点", "site"),
    ("项目法人", "owner"),
    ("总投资", "investment"),
    ("发布机关", "issuer"),
    ("文号", "doc_number"),
    ("成文日期", "formed_on"),
    ("公示截止", "shown_until"),
    ("验收日期", "accepted_on"),
    ("验收结果", "acceptance"),
    ("备案编号", "filing_no"),
    ("决算金额", "final_cost"),
    ("内容概述", "summary"),
)

KIND = Kind(
    id="construction",
    title="重大建设项目",
    model=ConstructionInformation,
    schema=1,
    fields=FIELDS,
    tables=TABLES,
    template="records/construction/article.html",
    default_class=RecordClass.B,
    has_validity=False,
    owed=owed,
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    checks=CHECKS,
    samples=SAMPLES,
    golden=GOLDEN,
)
