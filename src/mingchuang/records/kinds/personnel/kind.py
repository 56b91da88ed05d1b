"""The kind `personnel`: who is put into which post or out of it, and postings before that (条例 art. 20(2))."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingchuang.records import fields, telling
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


#: The people, their posts, the words.
INDEX_TEXT = telling.words(FIELDS, "issuer", "meeting", "body", people=("name", "post"))
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("任免机关", "issuer"),
    ("文号", "doc_number"),
    ("类型", "category"),
    ("决定", ("，", "meeting", "decided_on")),
    ("公示期", telling.span("posted_from", "posted_to")),
    ("受理单位", (" ", "contact", "telephone")),
    ("成文日期", "formed_on"),
    ("内容概述", "summary"),
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
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    checks=CHECKS,
    samples=SAMPLES,
    golden=GOLDEN,
)
