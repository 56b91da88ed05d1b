"""The kind `statistics`: figures of a period beside those before, and what became of earlier ones (条例 art. 20(4))."""

from __future__ import annotations

from mingchuang.records import fields, telling
from mingchuang.records.kind import Field, Kind, Reference, Table, catalogue_fields
from mingchuang.records.kinds.statistics.checks import CHECKS, LAW
from mingchuang.records.kinds.statistics.models import Comparison, Indicator, Period, Revised, Standing, Statistics
from mingchuang.records.kinds.statistics.samples import GOLDEN, SAMPLES
from mingchuang.records.terms import RecordClass

EARLIER = Reference(forward="修订的统计信息", back="后来的修订", kinds=("statistics",))

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="如：青铜峡市2019年上半年主要经济指标"),
    fields.issuer(statute=LAW),
    Field("period", "统计周期", "choice", statute=LAW, required=True, choices=tuple(Period.choices)),
    Field("start_on", "统计期开始日期", "date", statute=LAW, required=True),
    Field("end_on", "统计期结束日期", "date", statute=LAW, required=True),
    Field("standing", "数据性质", "choice", statute=LAW, choices=tuple(Standing.choices)),
    Field("source", "数据来源", "line", statute=LAW, max_length=300),
    Field("method", "统计制度或者方法", "line", statute=LAW, max_length=300),
    Field("next_on", "下次发布日期", "date", statute=LAW),
    fields.names_record("revises", "修订的统计信息", EARLIER, statute=LAW, hint="修订以前公布的数据时，填写它的索引号"),
    fields.keywords(),
    fields.body("说明", hint="指标解释、口径、可比价的说明", required=False),
)

TABLES: tuple[Table, ...] = (
    Table(
        "indicators", "指标数据", Indicator, required=True, statute=LAW,
        columns=(
            Field("name", "指标", "line", statute=LAW, required=True, max_length=200, heads=("指标名称",)),
            Field("unit", "计量单位", "line", statute=LAW, required=True, max_length=40, heads=("单位",)),
            Field("value", "本期数", "decimal", statute=LAW, required=True, places=4,
                  heads=("本期", "数值", "绝对量", "累计")),
            Field("before", "上年同期数", "decimal", places=4, heads=("上年同期", "上期数", "同期")),
            Field("change", "增减", "decimal", heads=("同比增长", "增速", "同比", "增长")),
            Field("comparison", "增减口径", "choice", choices=tuple(Comparison.choices), heads=("口径",)),
        ),
    ),
    Table(
        "revisions", "以前数据的修订", Revised, statute=LAW, hint="修订了以前公布的数据的，逐项列明",
        columns=(
            Field("name", "指标", "line", statute=LAW, required=True, max_length=200, heads=("指标名称",)),
            Field("period", "所属时期", "line", statute=LAW, required=True, max_length=60, heads=("时期",)),
            Field("unit", "计量单位", "line", max_length=40, heads=("单位",)),
            Field("earlier", "原公布数", "decimal", statute=LAW, required=True, places=4, heads=("修订前",)),
            Field("now", "修订后数", "decimal", statute=LAW, required=True, places=4, heads=("修订后",)),
            Field("reason", "修订原因", "line", max_length=300, heads=("原因",)),
        ),
    ),
)  # fmt: skip


#: The source, every indicator, the notes.
INDEX_TEXT = telling.words(FIELDS, "issuer", "source", "keywords", "body", indicators=("name",))
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("发布机构", "issuer"),
    ("统计周期", "period"),
    ("统计期", telling.span("start_on", "end_on")),
    ("数据性质", "standing"),
    ("数据来源", "source"),
    ("统计制度", "method"),
    ("下次发布", "next_on"),
    ("关键词", "keywords"),
    ("内容概述", "summary"),
)

KIND = Kind(
    id="statistics",
    title="统计信息",
    model=Statistics,
    schema=1,
    fields=FIELDS,
    tables=TABLES,
    template="records/statistics/article.html",
    default_class=RecordClass.B,
    has_validity=False,
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    checks=CHECKS,
    samples=SAMPLES,
    golden=GOLDEN,
)
