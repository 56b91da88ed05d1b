"""The kind `plan`: plans and programmes, for which time they are made and how far they have come (条例 art. 20(3))."""

from __future__ import annotations

from mingchuang.records import fields, telling
from mingchuang.records.kind import Field, Kind, Reference, Table, catalogue_fields
from mingchuang.records.kinds.plan.checks import CHECKS, LAW
from mingchuang.records.kinds.plan.models import Level, Plan, Progress, State
from mingchuang.records.kinds.plan.samples import GOLDEN, SAMPLES
from mingchuang.records.terms import RecordClass

EARLIER = Reference(forward="修订前的规划", back="修订后的规划", kinds=("plan",))

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="如：青铜峡市××发展规划", numbered=True),
    fields.issuer("编制机关", statute=LAW),
    Field("level", "规划类型", "choice", statute=LAW, required=True, choices=tuple(Level.choices)),
    Field("start_on", "规划期开始日期", "date", statute=LAW, required=True, hint="只写年份的，填1月1日"),
    Field("end_on", "规划期结束日期", "date", statute=LAW, required=True, hint="只写年份的，填12月31日"),
    Field("approver", "批准机关", "line", statute=LAW, max_length=200),
    Field("approved_on", "批准日期", "date", statute=LAW),
    fields.names_record(
        "replaces", "修订的规划", EARLIER, statute=LAW, hint="修订已公开规划的，填写它的文号或者索引号"
    ),
    Field("progress_on", "进展截至日期", "date", statute=LAW, hint="填写了实施进展的填写"),
    fields.keywords(),
    fields.body(),
)

TABLES: tuple[Table, ...] = (
    Table(
        "progress", "实施进展", Progress, statute=LAW, hint="更新进展时，通过“更正”重新公开",
        columns=(
            Field("task", "任务或者指标", "line", statute=LAW, required=True, max_length=300,
                  heads=("任务", "指标", "项目")),
            Field("target", "目标", "line", max_length=200, heads=("目标值", "规划目标")),
            Field("owner", "责任单位", "line", max_length=200, heads=("牵头单位",)),
            Field("due_on", "完成时限", "date", heads=("时限", "完成时间")),
            Field("state", "进展状态", "choice", statute=LAW, required=True, choices=tuple(State.choices),
                  heads=("状态",)),
            Field("percent", "完成比例", "decimal", unit="%", places=1, heads=("完成率",)),
            Field("done", "进展情况", "line", max_length=500, heads=("进展", "完成情况")),
        ),
    ),
)  # fmt: skip


#: Who made it, its tasks, its words.
INDEX_TEXT = telling.words(FIELDS, "issuer", "approver", "keywords", "body", progress=("task", "target", "done"))
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("编制机关", "issuer"),
    ("文号", "doc_number"),
    ("规划类型", "level"),
    ("规划期", telling.span("start_on", "end_on")),
    ("批准", ("，", "approver", "approved_on")),
    ("进展截至", "progress_on"),
    ("成文日期", "formed_on"),
    ("关键词", "keywords"),
    ("内容概述", "summary"),
)

KIND = Kind(
    id="plan",
    title="规划计划",
    model=Plan,
    schema=1,
    fields=FIELDS,
    tables=TABLES,
    template="records/plan/article.html",
    default_class=RecordClass.B,
    has_validity=False,
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    checks=CHECKS,
    samples=SAMPLES,
    golden=GOLDEN,
)
