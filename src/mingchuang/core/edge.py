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


def model_issues(row: models.Model, exclude: Collection[str] = (), *, unique: bool = True) -> list[Issue]:
    """What Django's own validation says of a row not saved yet (lengths, choices, formats), as issues.

    With `unique` also whether another row has what only one may have; off where a rule of ours says so in its words.
    """
    columns = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in exclude}
    found = issues_in({name: value for name, value in columns.items() if isinstance(value, str | list | dict)})
    if found:
        return found
    try:
        row.full_clean(exclude=set(exclude), validate_unique=unique, validate_constraints=False)
    except ValidationError as fault:
        titles = {f.name: str(f.verbose_name) for f in row._meta.concrete_fields}
        return [
            Issue("edge.field", sentence, field=name)
            for name, faults in fault.error_dict.items()
            for one in faults
            for sentence in _sentences(one, titles.get(name, ""))
        ]
    return []


def _sentences(fault: ValidationError, title: str) -> list[str]:
    """What Django says of one field, under the field's title; of a text too long with both lengths, in our words."""
    params = fault.params or {}
    if title and fault.code == "max_length" and "show_value" in params:
        return [f"{title}最多{params['limit_value']}个字，现在有{params['show_value']}个。"]
    return [f"{title}：{text}" if title else text for text in fault.messages]
