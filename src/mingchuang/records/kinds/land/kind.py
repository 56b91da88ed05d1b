"""The kind `land`: batches in which collective land is expropriated, step by step (条例 art. 21; 土地管理法 47–48)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mingchuang.records import fields, telling
from mingchuang.records.kind import Field, Kind, StepClock, Table, catalogue_fields
from mingchuang.records.kinds.land.checks import CHECKS, LAW, NOTICE_LAW, PLAN_RULE, POSTINGS, PRE_NOTICE_RULE
from mingchuang.records.kinds.land.models import LandBatch, Step, StepKind
from mingchuang.records.kinds.land.samples import GOLDEN, SAMPLES
from mingchuang.records.terms import RecordClass

_LAW = "《政府信息公开条例》第二十一条"

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="如：青铜峡市2022年第1批次建设用地征收信息"),
    Field("batch", "批次名称", "line", statute=_LAW, required=True, max_length=200),
    Field(
        "places", "涉及乡镇、村、组", "line", statute=LAW, required=True, max_length=300,
        hint="写到村民小组，不写户名",
    ),
    Field("hectares", "征收面积", "decimal", statute=LAW, unit="公顷", places=4),
    Field("area", "征收范围", "text", statute=PRE_NOTICE_RULE, hint="四至，或者附图"),
    Field("purpose", "征收目的", "line", statute=PRE_NOTICE_RULE, max_length=300),
    Field("survey_plan", "土地现状调查安排", "line", statute=PRE_NOTICE_RULE, max_length=500),
    Field("present_state", "土地现状", "text", statute=PLAN_RULE),
    Field("compensation", "补偿标准", "text", statute=PLAN_RULE, hint="区片综合地价、地上附着物和青苗补偿标准"),
    Field("resettlement", "安置方式", "text", statute=PLAN_RULE),
    Field("social_security", "社会保障", "text", statute=PLAN_RULE),
    Field("registration", "补偿登记方式和期限", "line", statute=PLAN_RULE, max_length=500),
    Field("objection", "异议反馈渠道", "line", statute=PLAN_RULE, max_length=300, hint="受理单位和办公电话"),
    fields.yes_no("objected", "多数成员有异议", statute=LAW, hint="是：应当组织听证"),
    Field("approval_no", "批准文号", "line", statute=NOTICE_LAW, max_length=60),
    Field("approver", "批准机关", "line", statute=NOTICE_LAW, max_length=200),
    Field("approved_on", "批准日期", "date", statute=NOTICE_LAW),
    Field(
        "received_on", "收到批准文件日期", "date", statute=NOTICE_LAW,
        hint="征收土地公告的15个工作日从这一天起算",
    ),
    fields.body("公告内容", statute=_LAW, required=False),
)  # fmt: skip

TABLES: tuple[Table, ...] = (
    Table(
        "steps", "征收环节", Step, statute=LAW, hint="每个环节一行；有结果的随时更正补充",
        columns=(
            Field("step", "环节", "choice", required=True, choices=tuple(StepKind.choices), heads=("步骤",)),
            Field("starts_on", "开始（发布）日期", "date", required=True, heads=("开始日期", "发布日期", "日期")),
            Field("ends_on", "结束（截止）日期", "date", heads=("结束日期", "截止日期")),
            Field("number", "文号", "line", max_length=60),
            Field("place", "发布范围和地点", "line", max_length=300, heads=("地点", "发布地点", "发布范围")),
            Field("result", "结果", "line", max_length=500, heads=("情况", "说明")),
        ),
    ),
)  # fmt: skip


def step_clocks(values: Mapping[str, Any]) -> Sequence[StepClock]:
    """Postings from the day on which they went up, the notice after approval from the day on which it arrived."""
    labels, batch = dict(StepKind.choices), values["batch"]
    found = [
        StepClock(POSTINGS[row["step"]], row["starts_on"], row["ends_on"], f"{labels[row['step']]}张贴期满：{batch}")
        for row in values["steps"]
        if row["step"] in POSTINGS and row["starts_on"]
    ]
    if values["received_on"]:
        posted = [row["starts_on"] for row in values["steps"] if row["step"] == StepKind.NOTICE and row["starts_on"]]
        title = f"{labels[StepKind.NOTICE]}：{batch}"
        found.append(StepClock("land.notice", values["received_on"], min(posted, default=None), title))
    return found


#: Batch, places, purpose, approval, the words of the announcements.
INDEX_TEXT = telling.words(
    FIELDS, "batch", "places", "purpose", "area", "compensation", "resettlement", "approval_no", "approver", "body",
    steps=("number",),
)  # fmt: skip
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("批次名称", "batch"),
    ("涉及村组", "places"),
    ("征收面积", "hectares"),
    ("征收目的", "purpose"),
    ("批准文号", "approval_no"),
    ("批准机关", "approver"),
    ("批准日期", "approved_on"),
    ("补偿登记", "registration"),
    ("异议反馈", "objection"),
    ("内容概述", "summary"),
)

KIND = Kind(
    id="land",
    title="征地批次",
    model=LandBatch,
    schema=1,
    fields=FIELDS,
    tables=TABLES,
    template="records/land/article.html",
    default_class=RecordClass.B,
    has_validity=False,
    steps=step_clocks,
    step_rules=(*POSTINGS.values(), "land.notice"),
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    checks=CHECKS,
    samples=SAMPLES,
    golden=GOLDEN,
)
