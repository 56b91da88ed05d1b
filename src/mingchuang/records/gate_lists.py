"""The customer's lists as the gate uses them: read from the database once for each version."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import cast, get_args

from mingchuang.reading.gate.lists import EMPTY, Lists, Slot, read_list
from mingchuang.records.models import GateList

SLOTS: tuple[Slot, ...] = get_args(Slot)
TITLES: dict[Slot, str] = {
    "sensitive": "敏感词",
    "leaders": "领导人名册",
    "map_numbers": "审图号",
    "terms": "港澳台、民族、宗教用语",
    "meetings": "会议名称和届次",
    "documents": "可引用文件",
}


@dataclass(frozen=True, slots=True)
class Current:
    """The lists in use and the digest of their versions."""

    lists: Lists
    digest: str


def current() -> Current:
    """The lists in use now. One small query; the content is read again only when a version changed."""
    rows = GateList.objects.filter(standing="in_use").order_by("slot").values_list("slot", "digest")
    versions = tuple((slot, digest) for slot, digest in rows)
    return _read(versions)


@lru_cache(maxsize=4)
def _read(versions: tuple[tuple[str, str], ...]) -> Current:
    digest = hashlib.sha256(repr(versions).encode()).hexdigest()
    if not versions:
        return Current(EMPTY, digest)
    told = {}
    for row in GateList.objects.filter(slot__in=[slot for slot, _ in versions]):
        told[row.slot] = read_list(cast(Slot, row.slot), bytes(row.data), row.name)
    return Current(Lists(**told), digest)  # type: ignore[arg-type]
