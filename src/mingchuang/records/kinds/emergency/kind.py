"""The kind `emergency`: what happened, what people should do, and every release since (条例 art. 20(12))."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingchuang.core import now
from mingchuang.records import fields, telling
from mingchuang.records.kind import Field, Kind, Owed, Reference, Table, catalogue_fields
from mingchuang.records.kinds.emergency.checks import CHECKS, HOURS, LAW
from mingchuang.records.kinds.emergency.models import Category, Emergency, Level, Release, Stage
from mingchuang.records.kinds.emergency.samples import GOLDEN, SAMPLES
from mingchuang.records.terms import RecordClass

CHAIN = Reference(forward="前次发布", back="后续发布", kinds=("emergency",))
_WHEN = "如：2019-08-19 08:30"

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="如：关于××（地点）××（事件）的情况通报"),
    fields.issuer(statute=LAW),
    Field("category", "事件类型", "choice", statute=LAW, required=True, choices=tuple(Category.choices)),
    Field("level", "事件级别", "choice", statute=LAW, required=True, choices=tuple(Level.choices)),
    Field("stage", "发布阶段", "choice", statute=LAW, required=True, choices=tuple(Stage.choices)),
    Field("place", "发生地点", "line", statute=LAW, required=True, max_length=200, hint="写到村、社区或者路段"),
    Field("happened_at", "发生时间", "moment", statute=HOURS, hint=_WHEN),
    Field("released_at", "首次发布权威信息时间", "moment", statute=HOURS, hint=f"任何渠道最早的一次。{_WHEN}"),
    Field("conference_at", "新闻发布会时间", "moment", statute=HOURS, hint=f"已经举行或者定下的。{_WHEN}"),
    Field("response", "应急响应", "line", statute=LAW, max_length=200, hint="启动、调整、终止的响应级别"),
    fields.names_record("follows", "前次发布", CHAIN, statute=HOURS, hint="续报、终报填写前一次的索引号"),
    Field("advice", "公众防范提示", "text", statute=LAW, required=True, hint="群众现在该做什么、不该做什么"),
    Field("hotline", "咨询求助电话", "line", statute=LAW, max_length=100),
    fields.body(statute=LAW),
)

TABLES: tuple[Table, ...] = (
    Table(
        "releases", "发布过程", Release, statute=HOURS, hint="从第一次起，按先后逐次填写",
        columns=(
            Field("at", "发布时间", "moment", statute=HOURS, required=True, heads=("时间",)),
            Field("channel", "发布渠道", "line", max_length=100, heads=("渠道",)),
            Field("content", "发布内容", "line", statute=HOURS, required=True, max_length=500, heads=("内容",)),
        ),
    ),
)  # fmt: skip


def owed(values: Mapping[str, Any]) -> Owed:
    """The law's twenty working days, from the day it happened; the hours that count are checked at submission, since
    a deadline is a day."""
    happened = values["happened_at"]
    return "information.publish", now.day_of(happened) if happened else values["formed_on"]


#: The place, the advice, every release, the words.
INDEX_TEXT = telling.words(FIELDS, "issuer", "place", "response", "advice", "body", releases=("content",))
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("发布机构", "issuer"),
    ("事件类型", "category"),
    ("事件级别", "level"),
    ("发布阶段", "stage"),
    ("发生地点", "place"),
    ("发生时间", "happened_at"),
    ("首次发布", "released_at"),
    ("新闻发布会", "conference_at"),
    ("应急响应", "response"),
    ("咨询求助", "hotline"),
    ("内容概述", "summary"),
)

KIND = Kind(
    id="emergency",
    title="突发事件信息",
    model=Emergency,
    schema=1,
    fields=FIELDS,
    tables=TABLES,
    template="records/emergency/article.html",
    default_class=RecordClass.A,
    has_validity=False,
    owed=owed,
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    checks=CHECKS,
    samples=SAMPLES,
    golden=GOLDEN,
)
