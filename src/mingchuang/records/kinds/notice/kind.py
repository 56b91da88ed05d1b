"""The kind `notice`: what is announced or posted, for how long, and who hears objections."""

from __future__ import annotations

from mingchuang.records import fields, telling
from mingchuang.records.kind import Field, Kind, catalogue_fields
from mingchuang.records.kinds.notice.checks import CHECKS
from mingchuang.records.kinds.notice.models import Category, Counting, PublicNotice
from mingchuang.records.kinds.notice.samples import GOLDEN, SAMPLES
from mingchuang.records.terms import RecordClass

_LAW = "《政府信息公开条例》第十九条"
_PERIOD = "《民法典》第二百零一条、第二百零三条"

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="如：关于××的公示", numbered=True),
    fields.issuer(),
    Field("category", "公告类型", "choice", statute=_LAW, required=True, choices=tuple(Category.choices)),
    Field("basis", "公示公告依据", "line", statute=_LAW, max_length=300, hint="要求公示公告的法律法规或者文件"),
    Field("posted_from", "公示期开始日期", "date", statute=_LAW, hint="公示、征求意见的填写"),
    Field("posted_to", "公示期截止日期", "date", statute=_LAW, hint="最后一天也计入"),
    Field("posting_days", "规定的公示天数", "integer", statute=_PERIOD, hint="依据规定了天数的填写，系统核对起止日期"),
    Field("counting", "天数按", "choice", statute=_PERIOD, choices=tuple(Counting.choices)),
    Field("contact", "异议受理单位", "line", statute=_LAW, max_length=200),
    Field("telephone", "异议受理电话", "line", statute=_LAW, max_length=60, hint="办公电话"),
    Field("address", "异议受理地址", "line", statute=_LAW, max_length=200),
    fields.keywords(),
    fields.body(),
)


#: Who, on what basis, where to object, the words.
INDEX_TEXT = telling.words(FIELDS, "issuer", "basis", "contact", "keywords", "body")
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("发布机构", "issuer"),
    ("文号", "doc_number"),
    ("公告类型", "category"),
    ("依据", "basis"),
    ("公示期", telling.span("posted_from", "posted_to")),
    ("异议受理", ("，", "contact", "telephone", "address")),
    ("成文日期", "formed_on"),
    ("关键词", "keywords"),
    ("内容概述", "summary"),
)

KIND = Kind(
    id="notice",
    title="公示公告",
    model=PublicNotice,
    schema=1,
    fields=FIELDS,
    template="records/notice/article.html",
    default_class=RecordClass.B,
    has_validity=False,
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    checks=CHECKS,
    samples=SAMPLES,
    golden=GOLDEN,
)
