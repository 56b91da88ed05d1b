"""The catalogue of the demonstration: the one that ships, with the county's own names for two organs."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from mingchuang.core.roles import Role
from mingchuang.reading.catalogue import Item, standard
from mingchuang.records.catalogue import do
from mingchuang.records.models import Catalogue, CatalogueItem, Revision
from mingchuang.site.demo import cast

Say = Callable[[str], None]
TITLE = "青铜峡市政务公开标准目录（演示数据）"
FILED = "青铜峡市审批服务管理局关于推行企业开办“一窗通办”的通告"
ITEM, ELEMENTS = "压缩企业开办时间和优化企业注销", ("办理流程", "申请材料")
# How this county calls the organs that the shipped catalogue can only describe.
ORGANS = {"乡镇人民政府": "各镇人民政府", "各部门": "市直各部门"}


def ensure(say: Say) -> None:
    """The first version of the catalogue, unless there is one."""
    if Catalogue.objects.exists():
        return
    say("正在载入公开事项目录……")
    do.accept(items(), cast.acting("zhao", Role.OFFICE), title=TITLE)


def file(say: Say) -> None:
    """One published document filed under its item, so that the page of execution has something to show."""
    revision = (
        Revision.objects.filter(title=FILED, progress=Revision.Progress.APPROVED).select_related("record").first()
    )
    item = CatalogueItem.objects.filter(level2=ITEM).first()
    if revision is None or item is None or revision.record.item_id is not None:
        return
    say("正在把演示文件归入公开事项……")
    do.classify(revision.record, item, cast.acting("zhao", Role.OFFICE), elements=ELEMENTS)


def items() -> tuple[Item, ...]:
    """The shipped items with the county's names."""
    return tuple(dataclasses.replace(item, organ=ORGANS.get(item.organ, item.organ)) for item in standard())
