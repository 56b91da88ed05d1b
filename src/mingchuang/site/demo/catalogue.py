"""The catalogue of the demonstration: the one that ships, with the county's own names for two organs."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from mingchuang.core import now
from mingchuang.core.roles import Role
from mingchuang.reading.catalogue import Item, standard
from mingchuang.records.catalogue import do
from mingchuang.records.models import Catalogue, CatalogueItem, Record
from mingchuang.site.demo import cast, documents
from mingchuang.site.demo.values import values_of

Say = Callable[[str], None]
TITLE = "青铜峡市{year}年政务公开标准目录（演示数据）"
# How this county calls the organs that the shipped catalogue can only describe.
ORGANS = {"乡镇人民政府": "各镇人民政府", "各部门": "市直各部门"}


def ensure(say: Say) -> None:
    """The first version of the catalogue, unless there is one."""
    if Catalogue.objects.exists():
        return
    say("正在载入公开事项目录……")
    do.accept(items(), cast.acting("zhao", Role.OFFICE), title=TITLE.format(year=now.today().year))


def file(say: Say) -> None:
    """The documents that name an item are filed under it, once, so that the page of execution has something to show."""
    office = cast.acting("zhao", Role.OFFICE)
    items = {item.level2: item for item in CatalogueItem.objects.all()}
    told = False
    for document in documents.wanted():
        record = _unfiled(document)
        if record is None:
            continue
        if not told:
            say("正在把演示文件归入公开事项……")
            told = True
        do.classify(record, items[document["item"]], office, elements=document["elements"])


def _unfiled(document: Mapping[str, Any]) -> Record | None:
    """The record of a document that names an item and was never filed."""
    if "item" not in document:
        return None
    values = values_of(document, documents.mark(), now.today())
    record = documents.find(document["unit"], values["title"])
    return record if record is not None and not documents.happened(record, "classify") else None


def items() -> tuple[Item, ...]:
    """The shipped items with the county's names."""
    return tuple(dataclasses.replace(item, organ=ORGANS.get(item.organ, item.organ)) for item in standard())
