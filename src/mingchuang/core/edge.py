"""Text at the edge: what one database stores and the other refuses is refused for both, in words.

PostgreSQL cannot hold U+0000, SQLite can; no database and no UTF-8 file can hold half a surrogate pair.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models

from mingchuang.norms.outcome import Issue

_NUL: Final = re.compile("\x00")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def text_issues(text: str, field: str = "") -> list[Issue]:
    """What is wrong with the characters of `text`, each with its place (counted from 1); empty when all is well."""
    found = []
    if place := _NUL.search(text):
        message = f"第{place.start() + 1}个字符是空字符（U+0000），无法保存，请删除后再提交。"
        found.append(Issue("edge.nul", message, field=field, context={"position": place.start()}))
    if place := _SURROGATE.search(text):
        message = f"第{place.start() + 1}个字符是残缺的字符（U+{ord(place.group()):04X}），请删除后重新输入。"
        found.append(Issue("edge.surrogate", message, field=field, context={"position": place.start()}))
    return found


def issues_in(value: Any, field: str = "") -> list[Issue]:
    """As `text_issues`, for every text inside mappings and lists; `field` becomes a path such as `data.title`."""
    if isinstance(value, str):
        return text_issues(value, field)
    if isinstance(value, Mapping):
        items = [(f"{field}.{key}" if field else str(key), item) for key, item in value.items()]
        keys = [issue for key in value if isinstance(key, str) for issue in text_issues(key, field)]
        return keys + [issue for path, item in items for issue in issues_in(item, path)]
    if isinstance(value, list | tuple):
        return [issue for number, item in enumerate(value, 1) for issue in issues_in(item, f"{field}[{number}]")]
    return []


def model_issues(row: models.Model, exclude: Collection[str] = ()) -> list[Issue]:
    """What Django's own validation says of a row not saved yet (lengths, choices, formats, uniqueness), as issues."""
    columns = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in exclude}
    found = issues_in({name: value for name, value in columns.items() if isinstance(value, str | list | dict)})
    if found:
        return found
    try:
        row.full_clean(exclude=set(exclude), validate_constraints=False)
    except ValidationError as fault:
        titles = {f.name: str(f.verbose_name) for f in row._meta.concrete_fields}
        return [
            Issue("edge.field", f"{titles.get(name, '')}：{text}" if name in titles else text, field=name)
            for name, texts in fault.message_dict.items()
            for text in texts
        ]
    return []
