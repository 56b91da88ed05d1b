"""The kind `personnel`: who is put into which post or out of it, and postings before that (条例 art. 20(2))."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mingchuang.records import fields, markup
from mingchuang.records.kind import Field, Kind, Owed, Table, catalogue_fields
from mingchuang.records.kinds.personnel.checks import CHECKS, LAW, POSTING
from mingchuang.records.kinds.personnel.models import Appointment, Appointments, Category, Deed
from mingchuang.records.kinds.personnel.samples import GOLDEN, SAMPLES
from mingchuang.records.terms import RecordClass

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="如：关于××等同志任免职的通知", numbered=True),
    fields.issuer("任免机关", statute=LAW),
    Field("category", "类型", "choice", statute=LAW, required=True, choices=tuple(Category.choices)),
    Field("meeting", "决定会议", "line", statute=LAW, max_length=200, hint="任免决定填写"),
    Field("decided_on", "决定日期", "date", statute=LAW, hint="任免决定填写；公开时限从这一天起算"),
    Field("posted_from", "公示期开始日期", "date", statute=POSTING, hint="任前公示填写"),
    Field("posted_to", "公示期截止日期", "date", statute=POSTING, hint="任前公示填写"),
    Field("contact", "受理单位", "line", statute=POSTING, max_length=200, hint="向谁反映；任前公示填写"),
    Field("telephone", "受理电话", "line", statute=POSTING, max_length=60, hint="办公电话；任前公示填写"),
    fields.body(required=False),
)

TABLES: tuple[Table, ...] = (
    Table(
        "people", "任免人员", Appointment, required=True, statute=LAW, hint="一人多个职务的，一个职务一行",
        columns=(
            Field("name", "姓名", "line", statute=LAW, required=True, max_length=60),
            Field("deed", "任免", "choice", statute=LAW, required=True, choices=tuple(Deed.choices),
                  heads=("任免类型",)),
            Field("post", "职务", "line", statute=LAW, required=True, max_length=200,
                  heads=("任免职务", "拟任职务")),
            Field("present", "现任职务", "line", max_length=200),
            Field("probation", "是否试用", "choice", choices=fields.YES_NO, heads=("试用期",)),
            Field("remark", "说明", "line", max_length=200),
        ),
    ),
)  # fmt: skip


def owed(values: Mapping[str, Any]) -> Owed:
    """Twenty working days from the decision (条例 art. 26)."""
    return "information.publish", values["decided_on"] or values["formed_on"]


def index_text(values: Mapping[str, Any]) -> str:
    """What the index finds besides title, number and summary: the people, their posts, the words."""
    people = (f"{row['name']} {row['post']}" for row in values["people"])
    return fields.words(values["issuer"], values["meeting"], *people, markup.plain_text(values["body"]))


def public_rows(values: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """The rows of the table above the article; empty ones are left out."""
    return fields.told(
        ("任免机关", values["issuer"]),
        ("文号", values["doc_number"]),
        ("类型", dict(Category.choices).get(values["category"], "")),
        ("决定", "，".join(filter(None, (values["meeting"], fields.day_words(values["decided_on"]))))),
        ("公示期", fields.span_words(values["posted_from"], values["posted_to"])),
        ("受理单位", " ".join(filter(None, (values["contact"], values["telephone"])))),
        ("成文日期", fields.day_words(values["formed_on"])),
        ("内容概述", values["summary"]),
    )


KIND = Kind(
    id="personnel",
    title="人事任免",
    model=Appointments,
    schema=1,
    fields=FIELDS,
    tables=TABLES,
    template="records/personnel/article.html",
    default_class=RecordClass.B,
    has_validity=False,
    owed=owed,
    index_text=index_text,
    public_rows=public_rows,
    checks=CHECKS,
    samples=SAMPLES,
    golden=GOLDEN,
)
