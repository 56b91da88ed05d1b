"""The kind `subsidy`: who was paid what, on the web until the end of its display, with the least of a person."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from mingchuang.norms.outcome import Issue
from mingchuang.records import fields, personal, tables, telling
from mingchuang.records.kind import Field, Kind, Owed, Table, catalogue_fields
from mingchuang.records.kinds.subsidy.models import Receiver, SubsidyList
from mingchuang.records.kinds.subsidy.samples import GOLDEN, SAMPLES
from mingchuang.records.models import Content, Revision
from mingchuang.records.terms import RecordClass

_TWENTY = "《政府信息公开条例》第二十条"
_PRIVACY = "《个人信息保护法》第六条、第二十五条"

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="不写姓名，如：2019年耕地地力保护补贴发放公示"),
    Field("subsidy", "补贴名称", "line", statute=_TWENTY, required=True, max_length=100),
    fields.issuer("发放单位"),
    Field("basis", "政策依据", "line", statute=_TWENTY, required=True, max_length=300),
    Field("standard", "补贴标准", "line", hint="如：每亩 80 元", statute=_TWENTY, required=True, max_length=300),
    Field("paid_on", "发放日期", "date", statute=_TWENTY),
    Field("total", "发放总额", "decimal", hint="与名单合计一致", statute=_TWENTY, required=True, unit="元"),
    Field("until", "公示至", "date", hint="最后一天；过后系统自动撤下", statute=_PRIVACY, required=True),
    Field("contact", "咨询和异议", "line", hint="单位和单位电话", statute=_TWENTY, required=True, max_length=200),
)

RECEIVERS = Table(
    "receivers", "发放名单", Receiver, required=True, statute=_PRIVACY,
    hint="证件号只留前四位和后四位，姓名足以区分的留空；不登电话和账号",
    columns=(
        Field("name", "姓名（名称）", "line", required=True, max_length=100, heads=("姓名", "户主姓名", "企业名称")),
        Field("tail", "证件号（遮盖）", "line", max_length=18, heads=("证件号", "身份证号", "身份证号码")),
        Field("area", "村（社区）", "line", max_length=60, heads=("村", "社区", "村组", "所在村")),
        Field("quantity", "补贴数量", "decimal", heads=("面积", "补贴面积", "亩数", "数量")),
        Field("amount", "补贴金额", "decimal", required=True, heads=("金额", "发放金额"), unit="元"),
    ),
)  # fmt: skip


def check_persons(revision: Revision, content: Content) -> list[Issue]:
    """No whole numbers of persons in any cell, and identity numbers masked."""
    rows = tables.rows_of(revision, RECEIVERS)
    return [*personal.in_cells(RECEIVERS, rows), *personal.masked(RECEIVERS, rows, "tail")]


def check_total(revision: Revision, content: Content) -> list[Issue]:
    """The sum of the list is the total."""
    total = cast(SubsidyList, content).total
    amounts = [row["amount"] for row in tables.rows_of(revision, RECEIVERS) if row["amount"] is not None]
    made = sum(amounts, Decimal(0))
    if total is None or not amounts or made == total:
        return []
    message = f"发放总额填的是{total:f}元，名单各行相加是{made:f}元，请核对。"
    return [Issue("subsidy.total", message, field="total", rule=_TWENTY)]


def check_until(revision: Revision, content: Content) -> list[Issue]:
    """The last day of the display lies after the day of the text."""
    until = cast(SubsidyList, content).until
    if until and revision.formed_on and until < revision.formed_on:
        return [Issue("subsidy.until", "“公示至”早于成文日期，请更正。", field="until", rule=_PRIVACY)]
    return []


def owed(values: Mapping[str, Any]) -> Owed:
    """Twenty working days from the payment, or from the text where nothing was paid yet (条例 art. 26)."""
    return "information.publish", values["paid_on"] or values["formed_on"]


#: The subsidy and its rules, never the people.
INDEX_TEXT = telling.words(FIELDS, "subsidy", "issuer", "basis", "standard")
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("补贴名称", "subsidy"),
    ("发放单位", "issuer"),
    ("政策依据", "basis"),
    ("补贴标准", "standard"),
    ("发放日期", "paid_on"),
    ("发放总额", "total"),
    ("公示至", "until"),
    ("咨询和异议", "contact"),
    ("内容概述", "summary"),
)

KIND = Kind(
    id="subsidy",
    title="补贴发放名单",
    model=SubsidyList,
    schema=1,
    fields=FIELDS,
    tables=(RECEIVERS,),
    template="records/subsidy/article.html",
    default_class=RecordClass.B,
    has_validity=False,
    owed=owed,
    until="until",
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    checks=(check_persons, check_total, check_until),
    samples=SAMPLES,
    golden=GOLDEN,
)
