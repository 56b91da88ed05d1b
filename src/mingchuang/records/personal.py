"""How little of a person a published list may hold (norms: masking for publication; 个人信息保护法 arts. 6, 25, 28).

Checks for kinds with lists of people: what must be masked is named with its row, what must not stand there is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mingchuang.norms.identifiers import check_id_number
from mingchuang.norms.outcome import Issue
from mingchuang.records.form_values import in_row
from mingchuang.records.kind import Kind, Table

RULE = "《个人信息保护法》第六条、第二十五条"
_LONG = re.compile(r"(?<![0-9Xx*])[0-9]{14,19}[Xx]?(?![0-9Xx*])")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_MASKED = re.compile(r"^[0-9]{4}\*+[0-9]{3}[0-9Xx]$")


def about_people(declared: Kind) -> bool:
    """Whether the texts of a kind are lists of people: shown on boards alone, or on the web for a time only.

    No copy of them is made that nobody asked for: none in the browser, none as an autosave, none behind an address that
    opens without an account (《个人信息保护法》第六条: 最小必要).
    """
    return declared.channel == "board" or bool(declared.until)


def in_cells(table: Table, rows: Sequence[Mapping[str, Any]]) -> Iterator[Issue]:
    """Numbers of identity cards, bank accounts and mobile phones in any cell of text; the value is not repeated."""
    texts = [column for column in table.columns if column.type in {"line", "text"}]
    for number, row in enumerate(rows, 1):
        for column in texts:
            said = _said(row[column.name])
            if said:
                message = f"“{column.label}”里有{said}，公示名单不得登载，请删去或者遮盖。"
                yield in_row(table, number, column, Issue("records.personal", message, rule=RULE))


def _said(text: str) -> str:
    long = _LONG.search(text)
    if long is not None:
        return "一长串号码" if check_id_number(long.group()) else "身份证号"
    return "手机号码" if _MOBILE.search(text) else ""


def masked(table: Table, rows: Sequence[Mapping[str, Any]], name: str) -> Iterator[Issue]:
    """A column that tells people of one name apart holds the first and last four digits alone, or nothing."""
    column = table.column(name)
    if column is None:
        raise LookupError(f"{table.name} has no column {name}")
    for number, row in enumerate(rows, 1):
        if row[name] and not _MASKED.match(row[name]):
            message = f"“{column.label}”只保留前四位和后四位，中间用 * 遮盖；姓名足以区分的留空。"
            yield in_row(table, number, column, Issue("records.unmasked", message, rule=RULE))
