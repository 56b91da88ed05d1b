"""The kind `institution`: what an organ is for, its offices and leaders, where and when it is reached (三定)."""

from __future__ import annotations

from mingchuang.records import fields, telling
from mingchuang.records.kind import Field, Kind, Table, catalogue_fields
from mingchuang.records.kinds.institution.checks import CHECKS, LAW
from mingchuang.records.kinds.institution.models import Institution, Leader, Nature, Office
from mingchuang.records.kinds.institution.samples import GOLDEN, SAMPLES
from mingchuang.records.terms import RecordClass

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="如：青铜峡市××局机构职能"),
    fields.issuer("机构名称", hint="全称", statute=LAW),
    Field("nature", "机构性质", "choice", statute=LAW, choices=tuple(Nature.choices)),
    Field("basis", "职能依据", "line", statute=LAW, max_length=300, hint="“三定”规定的名称和文号"),
    Field("address", "办公地址", "line", statute=LAW, required=True, max_length=200),
    Field("hours", "办公时间", "line", statute=LAW, required=True, max_length=200, hint="分冬夏季的都写明"),
    Field("telephone", "联系电话", "line", statute=LAW, required=True, max_length=100, hint="办公电话"),
    Field("fax", "传真", "line", statute=LAW, max_length=60),
    Field("mail", "电子邮箱", "line", statute=LAW, max_length=100, hint="公务邮箱"),
    Field("postcode", "邮政编码", "line", statute=LAW, max_length=6),
    Field("website", "网址", "line", statute=LAW, max_length=200),
    fields.body("主要职责", statute=LAW),
)

TABLES: tuple[Table, ...] = (
    Table(
        "leaders", "领导信息", Leader, required=True, statute=LAW, hint="按排名先后；职务和分工以任职文件为准",
        columns=(
            Field("name", "姓名", "line", statute=LAW, required=True, max_length=60),
            Field("post", "职务", "line", statute=LAW, required=True, max_length=100),
            Field("division", "工作分工", "line", max_length=500, heads=("分工", "分管工作")),
        ),
    ),
    Table(
        "offices", "内设机构", Office, statute=LAW,
        columns=(
            Field("name", "内设机构", "line", statute=LAW, required=True, max_length=100, heads=("机构名称", "科室")),
            Field("duties", "职责", "line", max_length=1000, heads=("主要职责",)),
            Field("telephone", "联系电话", "line", max_length=60, heads=("电话", "办公电话")),
        ),
    ),
)  # fmt: skip


#: The organ, its leaders, its offices, its duties.
INDEX_TEXT = telling.words(
    FIELDS, "issuer", "basis", "address", "body", leaders=("name", "post", "division"), offices=("name", "duties")
)
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("机构名称", "issuer"),
    ("机构性质", "nature"),
    ("办公地址", "address"),
    ("办公时间", "hours"),
    ("联系电话", "telephone"),
    ("传真", "fax"),
    ("电子邮箱", "mail"),
    ("邮政编码", "postcode"),
    ("网址", "website"),
    ("职能依据", "basis"),
    ("内容概述", "summary"),
)

KIND = Kind(
    id="institution",
    title="机构职能",
    model=Institution,
    schema=1,
    fields=FIELDS,
    tables=TABLES,
    template="records/institution/article.html",
    default_class=RecordClass.B,
    has_validity=False,
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    checks=CHECKS,
    samples=SAMPLES,
    golden=GOLDEN,
)
