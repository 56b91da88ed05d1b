"""The kind `admission`: five elements of admission to schools, one to three months before registration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingchuang.records import fields, telling
from mingchuang.records.kind import Field, Kind, Owed, Table, catalogue_fields
from mingchuang.records.kinds.admission.checks import CHECKS, NOTICE
from mingchuang.records.kinds.admission.models import (
    AdmissionText,
    Aid,
    Contact,
    District,
    Level,
    Nature,
    Part,
    Result,
    School,
    Sector,
)
from mingchuang.records.kinds.admission.samples import GOLDEN, SAMPLES
from mingchuang.records.terms import RecordClass

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="如：青铜峡市2020年义务教育招生方案"),
    Field("sector", "学段", "choice", statute=NOTICE, required=True, choices=tuple(Sector.choices)),
    Field(
        "part", "公开要素", "choice", statute=NOTICE, required=True, choices=tuple(Part.choices),
        hint="招生结果在录取之后公开；其余在报名首日前1—3个月公开",
    ),
    fields.issuer(),
    Field("year", "招生年度", "integer", statute=NOTICE, required=True, hint="四位数的年份"),
    Field(
        "registration_from", "报名首日", "date", statute=NOTICE,
        hint="公开期限从这一天往前算：不晚于一个月前",
    ),
    Field("registration_until", "报名截止日", "date", statute=NOTICE),
    Field("admitted_on", "录取（分班）完成日期", "date", statute=NOTICE, hint="招生结果的期限从这一天起算"),
    Field("plan", "招生方案", "html", statute=NOTICE, hint="对象、条件、时间、程序、办法；其他要素的说明也写在这里"),
)  # fmt: skip

_SCHOOL = ("学校名称", "名称", "幼儿园", "幼儿园名称")

TABLES: tuple[Table, ...] = (
    Table(
        "districts", "片区划分", District, statute=NOTICE,
        columns=(
            Field("school", "学校", "line", required=True, max_length=100, heads=_SCHOOL),
            Field("area", "片区范围", "line", required=True, max_length=500, heads=("招生范围", "服务片区", "范围")),
        ),
    ),
    Table(
        "schools", "学校情况", School, statute=NOTICE,
        columns=(
            Field("name", "学校", "line", required=True, max_length=100, heads=_SCHOOL),
            Field("level", "类型", "choice", required=True, choices=tuple(Level.choices), heads=("学校类型",)),
            Field("nature", "性质", "choice", required=True, choices=tuple(Nature.choices), heads=("办学性质",)),
            Field("address", "地址", "line", max_length=200),
            Field("teachers", "专任教师", "integer", unit="人", heads=("教师数", "师资")),
            Field("classes", "计划班数", "integer", unit="个", heads=("班数", "班额")),
            Field("seats", "计划招生数", "integer", unit="人", heads=("招生计划", "计划人数")),
            Field("inspection", "监督结果", "line", max_length=200, heads=("年检结果", "督导结果")),
        ),
    ),
    Table(
        "results", "招生结果", Result, statute=NOTICE, hint="只写学校和人数，不写姓名",
        columns=(
            Field("school", "学校", "line", required=True, max_length=100, heads=_SCHOOL),
            Field("planned", "计划数", "integer", unit="人"),
            Field("applied", "报名数", "integer", unit="人"),
            Field("admitted", "录取数", "integer", required=True, unit="人", heads=("招生数",)),
            Field("classes", "实际班数", "integer", unit="个", heads=("班数",)),
        ),
    ),
    Table(
        "aids", "奖助学金", Aid, statute=NOTICE,
        columns=(
            Field("name", "项目", "line", required=True, max_length=100, heads=("名称",)),
            Field("entitled", "对象", "line", required=True, max_length=200, heads=("资助对象",)),
            Field("amount", "标准", "decimal", unit="元/年", heads=("资助标准",)),
            Field("apply", "申请办法", "line", max_length=300),
        ),
    ),
    Table(
        "contacts", "咨询方式", Contact, statute=NOTICE, hint="办公电话，不写个人手机号码",
        columns=(
            Field("office", "咨询单位", "line", required=True, max_length=100, heads=("单位", "学校")),
            Field("telephone", "电话", "line", required=True, max_length=60, heads=("咨询电话", "联系电话")),
            Field("hours", "时间", "line", max_length=100, heads=("咨询时间",)),
            Field("address", "地址", "line", max_length=200),
        ),
    ),
)  # fmt: skip


def owed(values: Mapping[str, Any]) -> Owed:
    """Before registration for compulsory education; results from the day of admission; others as all do."""
    if values["part"] == Part.RESULT:
        return "information.publish", values["admitted_on"]
    if values["sector"] == Sector.COMPULSORY:
        return "admission.publish", values["registration_from"]
    return "information.publish", values["formed_on"]


#: Year, sector, schools with their areas, grants, the words of the plan.
INDEX_TEXT = telling.words(
    FIELDS, telling.year("year"), "sector", "plan",
    districts=("school", "area"), schools=("name", "address"), results=("school",), aids=("name",),
)  # fmt: skip
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("学段", "sector"),
    ("公开要素", "part"),
    ("招生年度", telling.year("year")),
    ("发布机关", "issuer"),
    ("报名时间", ("至", "registration_from", "registration_until")),
    ("录取完成", "admitted_on"),
    ("内容概述", "summary"),
)

KIND = Kind(
    id="admission",
    title="招生",
    model=AdmissionText,
    schema=1,
    fields=FIELDS,
    tables=TABLES,
    template="records/admission/article.html",
    default_class=RecordClass.B,
    has_validity=False,
    owed=owed,
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    checks=CHECKS,
    samples=SAMPLES,
    golden=GOLDEN,
)
