"""The catalogue that ships: full items for the fields that the notice names, as data of `norms`.

A county takes them as they are, or exports, changes and imports them. Names of organs are general (财政局).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from mingchuang.norms.catalogue_fields import FOLDER, field_names
from mingchuang.reading.catalogue import time_limit
from mingchuang.reading.catalogue.item import CHANNELS, Element, Item

_OPTIONAL = "○"


@cache
def standard() -> tuple[Item, ...]:
    """Every shipped item, by field in the order of the lists of fields. Raises KeyError for malformed data."""
    files = [tomllib.loads(path.read_text("utf-8")) for path in sorted((FOLDER / "items").glob("*.toml"))]
    order = {name: place for place, name in enumerate(field_names())}
    files.sort(key=lambda data: order[data["field"]])
    return tuple(_item(data["field"], row) for data in files for row in data["item"])


def _item(field: str, row: Mapping[str, Any]) -> Item:
    elements = (Element(text.removeprefix(_OPTIONAL), not text.startswith(_OPTIONAL)) for text in row["elements"])
    group = row.get("group", "")
    return Item(
        level1=row["level1"],
        level2=row["level2"],
        field=field,
        elements=tuple(elements),
        basis=tuple(row["basis"]),
        limit=time_limit.parse(row["limit"]),
        organ=row["organ"],
        channels=tuple(name for name in CHANNELS if name in row["channels"]),
        audience="group" if group else "public",
        group=group,
        mode=row.get("mode", "proactive"),
        levels=tuple(row["levels"]),
        note=row.get("note", ""),
        kind=row.get("kind", ""),
        rule=row.get("rule", ""),
    )
