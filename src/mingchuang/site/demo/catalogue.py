"""The catalogue of the demonstration: the one that ships, with the county's own names for two organs."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from mingchuang.core.roles import Role
from mingchuang.reading.catalogue import Item, standard
from mingchuang.records.catalogue import do
from mingchuang.records.models import Catalogue
from mingchuang.site.demo import cast

Say = Callable[[str], None]
TITLE = "青铜峡市政务公开标准目录（演示数据）"
# How this county calls the organs that the shipped catalogue can only describe.
ORGANS = {"乡镇人民政府": "各镇人民政府", "各部门": "市直各部门"}


def ensure(say: Say) -> None:
    """The first version of the catalogue, unless there is one."""
    if Catalogue.objects.exists():
        return
    say("正在载入公开事项目录……")
    do.accept(items(), cast.acting("zhao", Role.OFFICE), title=TITLE)


def items() -> tuple[Item, ...]:
    """The shipped items with the county's names."""
    return tuple(dataclasses.replace(item, organ=ORGANS.get(item.organ, item.organ)) for item in standard())
