"""The kind `household`: named households, shown to those concerned on village boards until a day, never on the web."""

from __future__ import annotations

from typing import cast

from mingchuang.norms.outcome import Issue
from mingchuang.records import fields, personal, tables, telling
from mingchuang.records.form_values import in_row
from mingchuang.records.kind import Field, Kind, Table, catalogue_fields
from mingchuang.records.kinds.household.models import Household, HouseholdList, Matter
from mingchuang.records.kinds.household.samples import GOLDEN, SAMPLES
from mingchuang.records.models import Content, Revision
from mingchuang.records.terms import RecordClass

_FIFTEEN = "《政府信息公开条例》第十五条"
_PRIVACY = "《个人信息保护法》第六条、第二十五条"

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="不写姓名，如：××镇××村2019年第三季度最低生活保障对象公示"),
    Field("matter", "公示事项", "choice", statute=_FIFTEEN, required=True, choices=tuple(Matter.choices)),
    fields.issuer("公示机关"),
    Field(
        "area", "公示范围", "line", hint="只在这个镇、村或者社区张贴", statute=_PRIVACY, required=True, max_length=200
    ),
    Field(
        "basis", "依据和标准", "line", hint="按哪个文件、什么标准确定", statute=_FIFTEEN, required=True, max_length=500
    ),
    Field("until", "公示至", "date", hint="最后一天；过后须取下", statute=_PRIVACY, required=True),
    Field(
        "contact",
        "异议受理",
        "line",
        hint="受理单位和电话（单位的，不是个人的）",
        statute=_FIFTEEN,
        required=True,
        max_length=200,
    ),
)

HOUSEHOLDS = Table(
    "households", "各户", Household, required=True, statute=_PRIVACY,
    hint="够用就行：不登身份证号、电话、账号、病情；未成年人只写姓和“某”",
    columns=(
        Field("name", "户主姓名", "line", required=True, max_length=40, heads=("姓名", "户主")),
        Field("minor", "是否未成年人", "choice", choices=(("no", "否"), ("yes", "是")), heads=("未成年人",)),
        Field("group", "村民小组", "line", max_length=60, heads=("组别", "小组", "住址")),
        Field("persons", "人数", "integer", heads=("保障人数", "家庭人口"), unit="人"),
        Field("category", "类别", "line", max_length=60, heads=("保障类别", "救助类别")),
        Field("amount", "金额", "decimal", heads=("保障金额", "补偿金额", "救助金额"), unit="元"),
    ),
)  # fmt: skip


def check_persons(revision: Revision, content: Content) -> list[Issue]:
    """No numbers of persons in any cell; the names of minors are masked."""
    rows = tables.rows_of(revision, HOUSEHOLDS)
    issues = list(personal.in_cells(HOUSEHOLDS, rows))
    column = next(column for column in HOUSEHOLDS.columns if column.name == "name")
    for number, row in enumerate(rows, 1):
        if row["minor"] == "yes" and "某" not in row["name"]:
            message = "未成年人的姓名不得公示，请只写姓和“某”，如：张某。"
            issues.append(in_row(HOUSEHOLDS, number, column, Issue("household.minor", message, rule=_PRIVACY)))
    return issues


def check_until(revision: Revision, content: Content) -> list[Issue]:
    """The last day lies after the day of the text."""
    until = cast(HouseholdList, content).until
    if until and revision.formed_on and until < revision.formed_on:
        return [Issue("household.until", "“公示至”早于成文日期，请更正。", field="until", rule=_PRIVACY)]
    return []


#: Nothing of the households: this kind is never indexed, and would not be by name.
INDEX_TEXT = telling.words(FIELDS, "issuer", "area", "basis")
#: Above the list, on the print for the board.
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("公示事项", "matter"),
    ("公示机关", "issuer"),
    ("公示范围", "area"),
    ("依据和标准", "basis"),
    ("公示至", "until"),
    ("异议受理", "contact"),
)

KIND = Kind(
    id="household",
    title="到户名单（只在公示栏）",
    model=HouseholdList,
    schema=1,
    fields=FIELDS,
    tables=(HOUSEHOLDS,),
    template="records/household/article.html",
    default_class=RecordClass.B,
    has_validity=False,
    channel="board",
    until="until",
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    checks=(check_persons, check_until),
    samples=SAMPLES,
    golden=GOLDEN,
)
