"""The fields (领域) by which catalogues of 公开事项 are ordered: 26 trial fields, later additions, the notice's own.

Names are data (`catalogues/fields.toml`), each list with its citation and whether that was read. A field that stands in
no list is not refused anywhere: counties add their own.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "catalogues"


@dataclass(frozen=True, slots=True)
class FieldList:
    """One list of fields. `count` is the number that the source states, where it names none or not all of them."""

    id: str
    title: str
    cite: str
    status: str
    names: tuple[str, ...]
    count: int


@cache
def field_lists() -> Mapping[str, FieldList]:
    """The lists by id: `trial26`, `later`, `pilot15`, `notice`."""
    data = _data()
    return {
        key: FieldList(
            id=key,
            title=value["title"],
            cite=value["cite"],
            status=value["status"],
            names=tuple(value["names"]),
            count=value.get("count", len(value["names"])),
        )
        for key, value in data.items()
        if key != "aliases"
    }


def field_names() -> tuple[str, ...]:
    """Every field's name once, in the order of the lists."""
    return tuple(dict.fromkeys(name for found in field_lists().values() for name in found.names))


def field_in(text: str) -> str:
    """The field that a title names (“青铜峡市财政预决算领域基层政务公开标准目录” → 财政预决算); "" when it names none.

    Of several names the longest stands: 国有土地上房屋征收与补偿 before 征地补偿.
    """
    spellings = _spellings()
    found = [word for word in spellings if word in text]
    return spellings[max(found, key=len)] if found else ""


def field_of(name: str) -> str:
    """The listed name of a field as it is written; a name that is not listed stays as it is."""
    return _spellings().get(name, name)


@cache
def _spellings() -> Mapping[str, str]:
    others = {other: name for name, words in _data()["aliases"].items() for other in words}
    return {**{name: name for name in field_names()}, **others}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "fields.toml").read_text("utf-8"))
