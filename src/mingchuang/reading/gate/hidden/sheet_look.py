"""Which cells of a worksheet are seen: hidden rows and columns, no height or width, white on white, format ``;;;``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal, NamedTuple

from mingchuang.reading.formats.markup import Element
from mingchuang.reading.gate.hidden.package import get, local, text_of
from mingchuang.reading.gate.hidden.word_look import child

Why = Literal["", "row", "column", "white"]

_TRUE = {"1", "true"}
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_NO_HEIGHT_POINTS = 1.0
_NO_WIDTH = 0.2
_TINY_POINTS = 2.0
_WHITE_INDEXES = {"1", "9"}
_NEAR_WHITE = 0xF0
_EXACT: Final = 15


class Box(NamedTuple):
    """A range of cells; rows and columns from 1, both ends inside."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: Box) -> bool:
        """Whether the two share a cell."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )


def column_number(letters: str) -> int:
    """``A`` is 1, ``AA`` 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """The inverse of ``column_number``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def box_of(reference: str) -> Box | None:
    """``B7``, ``A1:C3``; None for anything else."""
    ends = [_ADDRESS.fullmatch(end) for end in reference.upper().split(":")]
    if len(ends) > 2 or not all(ends):
        return None
    corners = [(int(end[2]), column_number(end[1])) for end in ends if end]
    (top, left), (bottom, right) = corners[0], corners[-1]
    return Box(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def is_on(element: Element, name: str) -> bool:
    """An attribute that is true."""
    return (get(element, name) or "").lower() in _TRUE


class Cell(NamedTuple):
    """A cell with its element; row and column from 1."""

    element: Element
    row: int
    column: int

    @property
    def address(self) -> str:
        return f"{column_letters(self.column)}{self.row}"


def cells_of(sheet: Element) -> Iterator[tuple[Element, Cell]]:
    """Every cell with its row element; positions that are left out follow from the one before, as Excel reads them."""
    row_number = 0
    for row in child(sheet, "sheetData") if child(sheet, "sheetData") is not None else ():  # type: ignore[union-attr]
        told = get(row, "r")
        row_number = int(told) if told and told.isdigit() else row_number + 1
        column = 0
        for one in row:
            box = box_of(get(one, "r") or "")
            column = box.left if box else column + 1
            yield row, Cell(one, row_number, column)


class Strings:
    """The shared strings of a workbook, and what a cell reads."""

    def __init__(self, root: Element | None) -> None:
        self.items = [one for one in root if local(one) == "si"] if root is not None else []

    def text(self, cell: Element) -> str:
        """The value as it would be typed; whole numbers without exponent."""
        kind = get(cell, "t") or "n"
        if kind == "inlineStr":
            return string_text(child(cell, "is"))
        value = child(cell, "v")
        raw = (value.text or "") if value is not None else ""
        if kind == "s":
            index = int(raw) if raw.strip().isdigit() else -1
            return string_text(self.items[index]) if 0 <= index < len(self.items) else ""
        return _whole(raw) if kind == "n" else raw


def string_text(item: Element | None) -> str:
    """A string without its reading aids."""
    if item is None:
        return ""
    return "".join(text_of(one) for one in item if isinstance(one.tag, str) and local(one) in {"t", "r"})


def _whole(raw: str) -> str:
    if raw.isdigit():
        return raw
    try:
        number = float(raw)
    except ValueError:
        return raw
    return str(int(number)) if number.is_integer() and abs(number) < 10**18 else raw


class Formats:
    """The cell formats of a workbook by which letters cannot be seen."""

    def __init__(self, styles: Element | None) -> None:
        self._styles = styles

    @cached_property
    def unseen(self) -> frozenset[int]:
        """Indexes into ``cellXfs``: white or tiny letters on no colour, or the number format ``;;;``."""
        fonts = [_unseen_ink(one) for one in self._items("fonts")]
        fills = [_is_filled(one) for one in self._items("fills")]
        codes = {
            get(one, "numFmtId"): (get(one, "formatCode") or "").replace(" ", "") for one in self._items("numFmts")
        }
        found = set()
        for index, one in enumerate(self._items("cellXfs")):
            how = _at(fonts, get(one, "fontId")) or ""
            white = how == "white" and not _at(fills, get(one, "fillId"))
            if white or how == "tiny" or codes.get(get(one, "numFmtId")) in {";;;", ";;"}:
                found.add(index)
        return frozenset(found)

    def _items(self, name: str) -> list[Element]:
        group = child(self._styles, name)
        return [one for one in group if isinstance(one.tag, str)] if group is not None else []


def _at(items: list, index: str | None):  # type: ignore[no-untyped-def]
    number = int(index) if index and index.isdigit() else 0
    return items[number] if number < len(items) else None


def _unseen_ink(font: Element) -> str:
    size = child(font, "sz")
    if size is not None and _number(get(size, "val"), 11.0) <= _TINY_POINTS:
        return "tiny"
    color = child(font, "color")
    return "white" if color is not None and _is_white(color) else ""


def _is_white(color: Element) -> bool:
    rgb = get(color, "rgb")
    if rgb is not None:
        value = int(rgb[-6:], 16) if re.fullmatch(r"(?:[0-9A-Fa-f]{2})?[0-9A-Fa-f]{6}", rgb) else 0
        return min(value >> 16, value >> 8 & 0xFF, value & 0xFF) >= _NEAR_WHITE
    if get(color, "theme") is not None:
        return get(color, "theme") == "0" and _number(get(color, "tint"), 0.0) > -0.1
    return get(color, "indexed") in _WHITE_INDEXES


def _is_filled(fill: Element) -> bool:
    pattern = child(fill, "patternFill")
    if pattern is None:
        return child(fill, "gradientFill") is not None
    kind = get(pattern, "patternType") or "none"
    front = child(pattern, "fgColor")
    return kind not in {"none"} and not (kind == "solid" and (front is None or _is_white(front)))


def _number(text: str | None, otherwise: float) -> float:
    try:
        return float(text or "")
    except ValueError:
        return otherwise


@dataclass(slots=True)
class SheetLook:
    """One worksheet: which of its rows, columns and cells are hidden."""

    sheet: Element
    unseen: frozenset[int]
    headers: list[Box] = field(default_factory=list)  # header rows of tables, which their style may colour
    _columns: list[tuple[int, int]] = field(default_factory=list)
    _merged: list[Box] = field(default_factory=list)
    _rows: dict[int, bool] = field(default_factory=dict)
    _rows_by_default: bool = False

    def __post_init__(self) -> None:
        properties = child(self.sheet, "sheetFormatPr")
        self._rows_by_default = properties is not None and is_on(properties, "zeroHeight")
        for one in child(self.sheet, "cols") if child(self.sheet, "cols") is not None else ():  # type: ignore[union-attr]
            if is_on(one, "hidden") or _number(get(one, "width"), 9.0) <= _NO_WIDTH:
                self._columns.append((int(_number(get(one, "min"), 0)), int(_number(get(one, "max"), 0))))
        merges = child(self.sheet, "mergeCells")
        boxes = [box_of(get(one, "ref") or "") for one in merges] if merges is not None else []
        self._merged = [box for box in boxes if box]
        for number, row in self._numbered_rows():
            self._rows[number] = self._row_is_hidden(row)

    def _numbered_rows(self) -> Iterator[tuple[int, Element]]:
        data = child(self.sheet, "sheetData")
        number = 0
        for row in data if data is not None else ():
            told = get(row, "r")
            number = int(told) if told and told.isdigit() else number + 1
            yield number, row

    def _row_is_hidden(self, row: Element) -> bool:
        height = get(row, "ht")
        if height is not None and _number(height, 15.0) < _NO_HEIGHT_POINTS:
            return True
        if get(row, "hidden") is not None:
            return is_on(row, "hidden")
        return self._rows_by_default and height is None

    def row_is_hidden(self, row: int) -> bool:
        """Whether the row is not shown."""
        return self._rows.get(row, self._rows_by_default)

    def column_is_hidden(self, column: int) -> bool:
        """Whether the column is not shown."""
        return any(first <= column <= last for first, last in self._columns)

    @property
    def may_hide(self) -> bool:
        """False when nothing of the sheet can be hidden, so that its cells need no look."""
        return bool(self._columns or self.unseen or any(self._rows.values()))

    def why_hidden(self, cell: Cell) -> Why:
        """Why the cell is not seen; a merged cell is seen when any of its rows and columns are."""
        row, column = self.row_is_hidden(cell.row), self.column_is_hidden(cell.column)
        if row or column:
            box = next((box for box in self._merged if box.holds(cell.row, cell.column)), None)
            if box is None or not self._shows(box):
                return "row" if row else "column"
        style = get(cell.element, "s")
        if style and style.isdigit() and int(style) in self.unseen:
            return "" if any(box.holds(cell.row, cell.column) for box in self.headers) else "white"
        return ""

    def _shows(self, box: Box) -> bool:
        rows = any(not self.row_is_hidden(row) for row in range(box.top, min(box.bottom, box.top + 1000) + 1))
        return rows and any(not self.column_is_hidden(column) for column in range(box.left, box.right + 1))


def ranges(numbers: set[int], name: bool = False) -> list[str]:
    """``3:5``, ``8:8``; with ``name``, columns by letters."""
    told = []
    ordered = sorted(numbers)
    at = 0
    while at < len(ordered):
        end = at
        while end + 1 < len(ordered) and ordered[end + 1] == ordered[end] + 1:
            end += 1
        first, last = ordered[at], ordered[end]
        told.append(f"{column_letters(first)}:{column_letters(last)}" if name else f"{first}:{last}")
        at = end + 1
    return told
