"""Items out, as the spreadsheet of a standard catalogue: heads of two lines, check lists, ticks, merged first levels.

`reader.read` of what this writes gives the same items.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingchuang.reading.catalogue.item import AUDIENCES, CHANNELS, LEVELS, MODES, OTHER_CHANNEL, Item

_CELL_LIMIT = 32_767  # characters that a cell of a workbook may hold
_LINE = 15.0
_TALLEST = 400.0
_TITLE_ROW, _HEAD_ROW = 0, 1


@dataclass(frozen=True, slots=True)
class _Column:
    group: str
    head: str
    width: int
    text: Callable[[Item], str]


def write(items: Sequence[Item], title: str = "政务公开标准目录", kinds: Mapping[str, str] | None = None) -> bytes:
    """An XLSX file with all items in their order, A4 landscape, head on every page.

    Columns that no item fills (领域, 过程, 三级事项, 备注, 记录类型, 期限规则) are left out. `kinds` gives the kinds of
    record their titles. Cells are strings: nothing becomes a formula or a date. Raises ValueError for an item whose
    cell would be longer than a workbook allows.
    """
    target = io.BytesIO()
    import xlsxwriter  # noqa: PLC0415 - for those who write a sheet, not for every process

    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    try:
        _fill(book, items, title, _columns(items, kinds or {}))
        book.set_properties({"title": title})
    finally:
        book.close()
    return target.getvalue()


def _fill(book: Any, items: Sequence[Item], title: str, columns: Sequence[_Column]) -> None:
    sheet = book.add_worksheet("目录")
    head = book.add_format(
        {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "bg_color": "#E7EFEE", "text_wrap": True}
    )
    cell = book.add_format({"border": 1, "valign": "vcenter", "text_wrap": True, "font_size": 9})
    big = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    last = len(columns)
    sheet.merge_range(_TITLE_ROW, 0, _TITLE_ROW, last, title, big)
    sheet.set_row(_TITLE_ROW, 36)
    _write_head(sheet, columns, head)
    first = _HEAD_ROW + 2
    for number, item in enumerate(items):
        row = first + number
        sheet.write_number(row, 0, number + 1, cell)
        values = [column.text(item) for column in columns]
        for place, value in enumerate(values, 1):
            if len(value) > _CELL_LIMIT:
                raise ValueError(f"item {number + 1}: a cell holds {len(value)} characters, more than {_CELL_LIMIT}")
            sheet.write_string(row, place, value, cell)
        sheet.set_row(row, _height(values, columns))
    _merge_first_levels(sheet, items, columns, first, cell)
    sheet.freeze_panes(first, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW, _HEAD_ROW + 1)


def _write_head(sheet: Any, columns: Sequence[_Column], style: Any) -> None:
    sheet.set_column(0, 0, 5)
    sheet.merge_range(_HEAD_ROW, 0, _HEAD_ROW + 1, 0, "序号", style)
    place = 1
    while place <= len(columns):
        column = columns[place - 1]
        span = [c for c in columns if column.group and c.group == column.group]
        if len(span) > 1:
            sheet.merge_range(_HEAD_ROW, place, _HEAD_ROW, place + len(span) - 1, column.group, style)
            for offset, leaf in enumerate(span):
                sheet.write_string(_HEAD_ROW + 1, place + offset, leaf.head, style)
        else:
            sheet.merge_range(_HEAD_ROW, place, _HEAD_ROW + 1, place, column.head, style)
        place += max(len(span), 1)
    for number, column in enumerate(columns, 1):
        sheet.set_column(number, number, column.width)


def _merge_first_levels(sheet: Any, items: Sequence[Item], columns: Sequence[_Column], first: int, style: Any) -> None:
    """Neighbours of one field and first level share its cell, as the offices' sheets do."""
    place = next(number for number, column in enumerate(columns, 1) if column.head == "一级事项")
    begin = 0
    for end in range(1, len(items) + 1):
        same = end < len(items) and (items[end].field, items[end].level1) == (items[begin].field, items[begin].level1)
        if not same:
            if end - begin > 1 and items[begin].level1:
                sheet.merge_range(first + begin, place, first + end - 1, place, items[begin].level1, style)
            begin = end


def _columns(items: Sequence[Item], kinds: Mapping[str, str]) -> list[_Column]:
    filled = {
        name for name in ("field", "stage", "level3", "note", "kind", "rule") if any(getattr(i, name) for i in items)
    }
    columns = [
        _Column("", "领域", 10, lambda item: item.field) if "field" in filled else None,
        _Column("", "过程", 7, lambda item: item.stage) if "stage" in filled else None,
        _Column("公开事项", "一级事项", 12, lambda item: item.level1),
        _Column("公开事项", "二级事项", 14, lambda item: item.level2),
        _Column("公开事项", "三级事项", 14, lambda item: item.level3) if "level3" in filled else None,
        _Column("", "公开内容（要素）", 30, _elements),
        _Column("", "公开依据", 30, lambda item: "\n".join(item.basis)),
        _Column("", "公开时限", 16, lambda item: item.limit.text),
        _Column("", "公开主体", 14, lambda item: item.organ),
        _Column("", "公开渠道和载体", 30, _channels),
        _Column("公开对象", AUDIENCES["public"], 6, lambda item: _tick(item.audience == "public")),
        _Column("公开对象", "特定群体（请写明）", 10, _group),
        *(_Column("公开方式", MODES[mode], 6, _mode(mode)) for mode in MODES),
        *(_Column("公开层级", LEVELS[level], 6, _level(level)) for level in LEVELS),
        _Column("", "备注", 12, lambda item: item.note) if "note" in filled else None,
        _Column("", "记录类型", 10, lambda item: kinds.get(item.kind, item.kind)) if "kind" in filled else None,
        _Column("", "期限规则", 14, lambda item: item.rule) if "rule" in filled else None,
    ]
    return [column for column in columns if column is not None]


def _tick(on: bool) -> str:
    return "√" if on else ""


def _mode(mode: str) -> Callable[[Item], str]:
    return lambda item: _tick(item.mode == mode)


def _level(level: str) -> Callable[[Item], str]:
    return lambda item: _tick(level in item.levels)


def _group(item: Item) -> str:
    if not item.group:
        return _tick(item.audience == "group")
    return f"√ {item.group}" if any(mark in item.group for mark in "（()）【】[]") else f"√（{item.group}）"


def _elements(item: Item) -> str:
    """Numbered when there are several, or when a semicolon would part the one: else a number inside a text might be
    taken for one of ours."""
    marked = [("●" if element.required else "○") + element.name for element in item.elements]
    if len(marked) > 1 or any(mark in text for text in marked for mark in "；;"):
        return "\n".join(f"{number}.{text}" for number, text in enumerate(marked, 1))
    return "".join(marked)


def _channels(item: Item) -> str:
    boxes = [("■" if name in item.channels else "□") + name for name in CHANNELS]
    boxes.append(f"■{OTHER_CHANNEL} {item.other_channel}" if item.other_channel else f"□{OTHER_CHANNEL}____")
    return "\n".join(boxes)


def _height(values: Sequence[str], columns: Sequence[_Column]) -> float:
    lines = 1
    for value, column in zip(values, columns, strict=True):
        room = max(column.width // 2, 1)
        lines = max(lines, sum(1 + len(line) // room for line in value.split("\n")))
    return min(_TALLEST, lines * _LINE + 4)
