"""The kind `reply`: answers to 建议 and 提案, with how far they were taken up (国办发〔2014〕46号)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingchuang.records import fields, telling
from mingchuang.records.kind import Field, Kind, Owed, catalogue_fields
from mingchuang.records.kinds.reply.checks import CHECKS, RULE
from mingchuang.records.kinds.reply.models import Category, Grade, Reply, Satisfaction
from mingchuang.records.kinds.reply.samples import GOLDEN, SAMPLES
from mingchuang.records.terms import RecordClass

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="如：对××届××次会议第××号建议的答复", numbered=True),
    fields.issuer("承办单位", hint="主办单位", statute=RULE),
    Field("category", "类别", "choice", statute=RULE, required=True, choices=tuple(Category.choices)),
    Field("number", "建议提案编号", "line", statute=RULE, required=True, max_length=40, hint="如：第12号"),
    Field("session", "届次", "line", statute=RULE, required=True, max_length=100, hint="如：××届人大第三次会议"),
    Field("subject", "建议提案题目", "line", statute=RULE, required=True, max_length=300),
    Field(
        "proposer", "提出人", "line", statute=RULE, required=True, max_length=100,
        hint="写团体名称；个人写作“某代表”“某委员”",
    ),
    fields.yes_no("agrees", "提出人是否同意公开", statute=RULE, required=True),
    Field("handed_on", "交办日期", "date", statute=RULE),
    Field("answered_on", "答复日期", "date", statute=RULE, required=True),
    Field("grade", "办理结果", "choice", statute=RULE, required=True, choices=tuple(Grade.choices)),
    Field("promised_on", "计划完成日期", "date", statute=RULE, hint="B类填写"),
    Field("together", "协办单位", "line", statute=RULE, max_length=200),
    Field("satisfaction", "提出人意见", "choice", statute=RULE, choices=tuple(Satisfaction.choices)),
    Field("contact", "联系单位", "line", statute=RULE, max_length=100, hint="单位或者科室，不写个人姓名"),
    Field("telephone", "联系电话", "line", statute=RULE, max_length=60, hint="办公电话"),
    fields.keywords(),
    fields.body("复文", statute=RULE),
)  # fmt: skip


def owed(values: Mapping[str, Any]) -> Owed:
    """Twenty working days from the answer (条例 art. 26)."""
    return "information.publish", values["answered_on"] or values["formed_on"]


#: The proposal's subject, number and session, the words.
INDEX_TEXT = telling.words(FIELDS, "issuer", "subject", "number", "session", "proposer", "keywords", "body")
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("承办单位", "issuer"),
    ("协办单位", "together"),
    ("文号", "doc_number"),
    ("类别", "category"),
    ("编号", ("，", "session", "number")),
    ("题目", "subject"),
    ("提出人", "proposer"),
    ("办理结果", "grade"),
    ("计划完成", "promised_on"),
    ("答复日期", "answered_on"),
    ("提出人意见", "satisfaction"),
    ("联系方式", (" ", "contact", "telephone")),
    ("内容概述", "summary"),
)

KIND = Kind(
    id="reply",
    title="建议提案复文",
    model=Reply,
    schema=1,
    fields=FIELDS,
    template="records/reply/article.html",
    default_class=RecordClass.B,
    has_validity=False,
    owed=owed,
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    checks=CHECKS,
    samples=SAMPLES,
    golden=GOLDEN,
)
