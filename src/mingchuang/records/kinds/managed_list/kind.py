"""The kind `managed_list`: lists that are kept version by version: proofs, services, fees, powers (放管服)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mingchuang.records import fields, telling
from mingchuang.records.kind import Field, FurtherTable, Kind, Table, catalogue_fields
from mingchuang.records.kinds.managed_list.checks import CHECKS, NOTICE, SERVICE_RULE
from mingchuang.records.kinds.managed_list.models import Level, ListType, ListVersion, Matter
from mingchuang.records.kinds.managed_list.samples import GOLDEN, SAMPLES
from mingchuang.records.kinds.managed_list.versions import PREVIOUS, changes
from mingchuang.records.terms import RecordClass

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="如：青铜峡市保留的证明事项清单（2019年版）", numbered=True),
    Field("list_type", "清单类别", "choice", statute=NOTICE, required=True, choices=tuple(ListType.choices)),
    Field(
        "list_name", "清单名称", "line", statute=NOTICE, required=True, max_length=200,
        hint="各版相同，不写年份，如：青铜峡市保留的证明事项清单", chain="这份清单的各版",
    ),
    fields.issuer(),
    Field("effective_on", "执行日期", "date", statute=NOTICE, required=True),
    fields.names_record(
        "previous", "上一版", PREVIOUS, statute=NOTICE, hint="上一版的索引号；第一版留空。公开页面列出取消、保留、新增",
    ),
    fields.body("说明", statute=NOTICE, required=False),
)  # fmt: skip

MATTERS = Table(
    "matters", "清单", Matter, statute=NOTICE, required=True, hint="一行一项，依据写到条款；没有的栏目留空",
    columns=(
        Field("code", "编码", "line", max_length=60, heads=("事项编码", "基本编码", "实施编码", "项目代码")),
        Field(
            "name", "名称", "line", required=True, max_length=200,
            heads=("事项名称", "证明名称", "收费项目", "职权名称", "禁止或许可事项", "抽查事项"),
        ),
        Field("category", "类型", "line", max_length=60, heads=("事项类型", "职权类型", "类别")),
        Field("basis", "设定依据", "text", max_length=1000, heads=("依据", "法律依据", "收费依据", "抽查依据")),
        Field("level", "行使层级", "choice", choices=tuple(Level.choices), heads=("层级",)),
        Field("authority", "实施机关", "line", max_length=200, heads=("索要单位", "实施主体", "执收单位", "抽查主体")),
        Field("counterpart", "开具单位", "line", max_length=200),
        Field("purpose", "用途（内容）", "line", max_length=500, heads=("用途", "证明用途", "抽查内容", "责任事项")),
        Field(
            "standard", "标准（措施、方式）", "line", max_length=500,
            heads=("收费标准", "主管措施", "管理措施", "抽查方式"),
        ),
        Field("materials", "申请材料", "text", statute=SERVICE_RULE, max_length=2000, heads=("材料", "提交材料")),
        Field("limit", "办理时限", "line", max_length=60, heads=("时限", "承诺时限")),
    ),
)  # fmt: skip


def further(values: Mapping[str, Any], record: int) -> Sequence[FurtherTable]:
    """What changed since the version before."""
    return changes(values, record, MATTERS)


def _counted(values: Mapping[str, Any]) -> str:
    return f"{len(values['matters'])}项" if values["matters"] else ""


#: The list, its matters with their codes, bases and authorities.
INDEX_TEXT = telling.words(
    FIELDS, "list_name", "list_type", "issuer", "body", matters=("code", "name", "basis", "authority")
)
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("清单类别", "list_type"),
    ("清单名称", "list_name"),
    ("发布机关", "issuer"),
    ("文号", "doc_number"),
    ("成文日期", "formed_on"),
    ("执行日期", "effective_on"),
    ("事项数", _counted),
    ("上一版", "previous"),
    ("内容概述", "summary"),
)

KIND = Kind(
    id="managed_list",
    title="清单",
    model=ListVersion,
    schema=1,
    fields=FIELDS,
    tables=(MATTERS,),
    template="records/managed_list/article.html",
    default_class=RecordClass.B,
    has_validity=True,
    further=further,
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    checks=CHECKS,
    samples=SAMPLES,
    golden=GOLDEN,
)
