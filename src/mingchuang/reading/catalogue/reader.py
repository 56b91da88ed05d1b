"""A catalogue spreadsheet in; items and every fault out."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from mingchuang.norms.catalogue_fields import field_in
from mingchuang.reading.catalogue import cells
from mingchuang.reading.catalogue.columns import Head, find_head, is_repeated_head
from mingchuang.reading.catalogue.faults import Fault
from mingchuang.reading.catalogue.grid import Line, Sheet, sheets_of
from mingchuang.reading.catalogue.item import Item
from mingchuang.reading.catalogue.rows import COLUMN_TITLES, RowReader, Setting, words_of
from mingchuang.reading.formats import Unreadable, extract

_NAMES = ("level1", "level2", "level3")
#: What stands below a form: who filled it in, checked it, may be called.
_FOOT = re.compile(
    r"(?:(?:填表|填报|制表|审核|审批|复核|联系|经办|负责|单位负责)(?:单位|人|日期|时间|电话)|联系电话|备注|说明|注)[:：]"
)
_TITLED = re.compile(r"(?:领域|目录|[一二三四五六七八九十]+、)")


@dataclass(frozen=True, slots=True)
class Found:
    """An item with the line at which it begins (both from 1)."""

    item: Item
    sheet: int
    row: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a file holds: items in its order (those with faults too), all faults, and remarks on what was left out."""

    found: tuple[Found, ...]
    faults: tuple[Fault, ...]
    remarks: tuple[str, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(found.item for found in self.found)


@dataclass(slots=True)
class _Row:
    """A line that became an item; later lines of the same merged name add to it."""

    item: Item
    reader: RowReader
    name_row: int


def read(
    data: bytes, name: str, *, day: date, region: str, kinds: Mapping[str, str] | None = None, field: str = ""
) -> Catalogue:
    """Read a catalogue: XLSX, or CSV or text with tabs.

    Its time limits are judged by the law of `day` in `region`. `kinds` (id → title) are the kinds of record that the
    column 记录类型 may name, None to take any. `field` is the 领域 of items where no column and no title names one.
    Never raises for what a file holds: a file that cannot be read is one fault.
    """
    try:
        source = extract(data, name)
        sheets = sheets_of(source)
    except Unreadable as error:
        return _unreadable(error.message)
    except csv.Error:
        return _unreadable("文件里的文字无法分列，请另存为 XLSX 后重新导入。")
    remarks = [warning.message for warning in source.warnings]
    setting = Setting(day, region, kinds)
    rows: list[_Row] = []
    faults: list[Fault] = []
    heads = 0
    for sheet in sheets:
        head = find_head(sheet)
        if head is None:
            remarks.append(f"工作表{sheet.number}没有目录的表头，没有读入。")
            continue
        heads += 1
        faults += head.missing(sheet.number)
        remarks += [f"表头里的“{word}”不是目录的栏目，没有读入。" for word in head.unknown]
        rows += _SheetReader(sheet, head, setting, field, remarks).rows()
    if not heads:
        return _unreadable(
            "没有找到目录的表头：应有一级事项、公开内容（要素）、公开依据、公开时限、公开主体等栏目。", *remarks
        )
    faults += [fault for row in rows for fault in row.reader.faults] + list(_across(rows))
    faults = list(dict.fromkeys(faults))
    faults.sort(key=lambda fault: (fault.sheet, fault.row, len(fault.column), fault.column))
    if not rows:
        remarks.append("表头下面没有事项。")
    found = tuple(Found(row.item, row.reader.sheet, row.reader.row + 1) for row in rows)
    return Catalogue(found, tuple(faults), tuple(dict.fromkeys(remarks)))


def _unreadable(message: str, *remarks: str) -> Catalogue:
    return Catalogue((), (Fault(0, 0, "", "", "catalogue.unreadable", message),), tuple(remarks))


class _SheetReader:
    """Goes down one sheet: keeps what 同上 means, the field of the section, and merged names that run on."""

    def __init__(self, sheet: Sheet, head: Head, setting: Setting, field: str, remarks: list[str]) -> None:
        self.sheet, self.head, self.setting, self.remarks = sheet, head, setting, remarks
        self.names = {column: name for name, column in head.columns.items()}
        self.above: dict[str, tuple[str, int]] = {}
        self.field = field or self._title_field()

    def _title_field(self) -> str:
        titles = [cell.text for row, line in self.sheet.lines.items() if row < self.head.row for cell in line.values()]
        return next((found for found in map(field_in, titles) if found), "")

    def rows(self) -> list[_Row]:
        rows: list[_Row] = []
        for row in range(self.head.body, self.sheet.height):
            line = self.sheet.lines.get(row)
            if line is None or is_repeated_head(line) or self._is_section(line, row):
                continue
            if self._is_foot(line, row):
                continue
            own = {self.names[col] for col, cell in line.items() if cell.row == row and col in self.names}
            if own <= {"number"}:
                if own:
                    self.remarks.append(f"第{row + 1}行只有序号，没有读入。")
                continue
            self._take(row, line, rows)
        return rows

    def _is_section(self, line: Line, row: int) -> bool:
        """A line of one cell across the sheet: a section's title, which may name a field, or a note."""
        cells_here = {(cell.row, cell.col) for cell in line.values()}
        begins = next(iter(line.values()))
        if len(cells_here) != 1 or begins.row != row:
            return False
        columns = set(self.head.columns.values())
        across = begins.wide > len(columns) // 2 or (not self.sheet.knows_merges and len(columns) > 1)
        if not across:
            return False
        field = field_in(begins.text)
        if field and _TITLED.search(begins.text):
            self.field = field
        else:
            self.remarks.append(f"第{row + 1}行不是事项，没有读入：{cells.joined(begins.text)[:40]}")
        return True

    def _is_foot(self, line: Line, row: int) -> bool:
        """A line in which every cell says who filled the form in and the like, wherever the columns put it."""
        said = [cells.joined(cell.text) for cell in line.values() if cell.row == row]
        if not said or not all(_FOOT.match(text) for text in said):
            return False
        self.remarks.append(f"第{row + 1}行不是事项，没有读入：{'　'.join(dict.fromkeys(said))[:40]}")
        return True

    def _take(self, row: int, line: Line, rows: list[_Row]) -> None:
        name_row = self._name_row(row, line)
        goes_on = bool(rows) and name_row < row and rows[-1].name_row == name_row
        reader = RowReader(self.sheet.number, row, self.head, self.setting)
        self._fill(reader, line, goes_on)
        item = reader.read(self.field)
        if goes_on:
            _join(rows[-1], item, reader)
        else:
            rows.append(_Row(item, reader, name_row))

    def _fill(self, reader: RowReader, line: Line, goes_on: bool) -> None:
        """The texts of a line, and where each is written. Empty cells of a name that runs on say the same as above."""
        texts: dict[str, str] = {}
        origins: dict[str, int] = {}
        reader.texts, reader.origins = texts, origins
        for name, column in self.head.columns.items():
            cell = line.get(column)
            # Across columns a merged cell speaks for the names of both levels; a tick is one tick.
            text = cell.text if cell is not None and (cell.col == column or name in _NAMES) else ""
            origin = cell.row if cell is not None and text else reader.row
            same = bool(text) and cells.is_same_above(text)
            unmerged = name == "level1" and not self.sheet.knows_merges
            if same or (not text and (goes_on or unmerged)):
                text, origin = self.above.get(name, ("", reader.row))
                origins[name] = origin
                if same and not text:
                    reader.fault(name, "catalogue.same_above", "写的是“同上”，但是上面没有内容。")
            texts[name], origins[name] = text, origin
            self.above[name] = (text, origin)

    def _name_row(self, row: int, line: Line) -> int:
        """Where the cell begins that names the item: above `row` when one merged name holds several lines."""
        for name in reversed(_NAMES):
            column = self.head.columns.get(name)
            if column is not None and column in line:
                return line[column].row if name != "level1" else row
        return row


def _join(row: _Row, more: Item, reader: RowReader) -> None:
    """One merged name over several lines is one item: elements and laws add up, everything else must agree."""
    item = row.item
    for name in ("limit", "organ", "audience", "mode"):
        if words_of(more)[name] != words_of(item)[name]:
            message = (
                f"与第{row.reader.row + 1}行同属一个事项，{COLUMN_TITLES[name]}却不同，请改成一致或者拆分合并单元格。"
            )
            reader.fault(_columns_of(name, reader.head), "catalogue.consistent", message)
    row.item = replace(
        item,
        elements=tuple(dict.fromkeys((*item.elements, *more.elements))),
        basis=tuple(dict.fromkeys((*item.basis, *more.basis))),
        channels=tuple(name for name in dict.fromkeys((*item.channels, *more.channels))),
        levels=tuple(dict.fromkeys((*item.levels, *more.levels))),
    )
    row.reader.faults += reader.faults


def _columns_of(name: str, head: Head) -> tuple[str, ...]:
    parts = {"audience": ("audience", "public", "group"), "mode": ("mode", "proactive", "on_request")}
    return tuple(part for part in parts.get(name, (name,)) if part in head.columns)


def _across(rows: list[_Row]) -> Iterator[Fault]:
    """Rows of one name: on the same level one is too many; on two levels they say the same."""
    known: dict[tuple[str, ...], list[_Row]] = {}
    for row in rows:
        item = row.item
        if not item.level2 or not item.levels:
            continue
        earlier = known.setdefault(item.key, [])
        twin = next((other for other in earlier if set(other.item.levels) & set(item.levels)), None)
        if twin is not None:
            yield _twice(row, twin)
        elif earlier:
            yield from _different(row, earlier[0])
        earlier.append(row)


def _line_of(row: _Row, other: _Row) -> str:
    sheet = f"工作表{other.reader.sheet}" if other.reader.sheet != row.reader.sheet else ""
    return f"{sheet}第{other.reader.row + 1}行"


def _twice(row: _Row, twin: _Row) -> Fault:
    name = "level3" if row.item.level3 else "level2"
    column, words = row.reader.head.place(name)
    message = f"事项“{row.item.title}”在{_line_of(row, twin)}已经有了，请删去一行或者改名。"
    return Fault(row.reader.sheet, row.reader.row + 1, column, words, "catalogue.twice", message)


def _different(row: _Row, other: _Row) -> Iterator[Fault]:
    mine, theirs = words_of(row.item), words_of(other.item)
    told = row.reader.faulty_columns | other.reader.faulty_columns
    for name in ("elements", "basis", "limit", "audience", "mode"):
        column, words = row.reader.head.place(*_columns_of(name, row.reader.head))
        if mine[name] != theirs[name] and not told & set(column.split("、")):
            message = f"与{_line_of(row, other)}是不同层级的同一事项，{COLUMN_TITLES[name]}却不一致。"
            yield Fault(row.reader.sheet, row.reader.row + 1, column, words, "catalogue.consistent", message)
