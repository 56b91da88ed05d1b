"""Slots of the gate that the customer fills: what a list holds, how it is imported, and a neutral list for trying out.

A list is a CSV or XLSX file whose first row names the columns. Its content is confidential: no exception, log or
finding repeats a sensitive word.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

from mingchuang.norms import docnumber
from mingchuang.norms.outcome import Issue, refuse, refuse_if
from mingchuang.reading.formats import Unreadable, extract
from mingchuang.reading.formats.encoding import decode
from mingchuang.reading.gate.shipped import entries
from mingchuang.reading.gate.words import Words

Slot = Literal["sensitive", "leaders", "map_numbers", "terms", "meetings", "documents"]


@dataclass(frozen=True, slots=True)
class SensitiveWord:
    """A word that a person has to look at wherever it stands."""

    word: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Leader:
    """Who holds a post from when to when (both days included); ``order`` is the place in a list of names, from 1."""

    name: str
    post: str
    order: int
    since: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the post is held on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class MapNumber:
    """A map number (审图号) that was granted."""

    number: str


@dataclass(frozen=True, slots=True)
class Term:
    """An expression on 港澳台, 民族 or 宗教 that is not to be used, and the one that is."""

    field: Literal["港澳台", "民族", "宗教"]
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """The full name of a meeting with its ordinal numbers as they really are."""

    name: str


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document that may be cited: whether it is public, and from which day it is no longer in force."""

    number: str
    title: str
    is_public: bool
    lapsed_on: date | None = None


Row = SensitiveWord | Leader | MapNumber | Term | Meeting | KnownDocument


@dataclass(frozen=True)
class Lists:
    """All lists of an installation; empty ones make their rules 无法判断."""

    sensitive: tuple[SensitiveWord, ...] = ()
    leaders: tuple[Leader, ...] = ()
    map_numbers: tuple[MapNumber, ...] = ()
    terms: tuple[Term, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    documents: tuple[KnownDocument, ...] = ()

    @cached_property
    def words(self) -> Words[Any]:
        """One automaton over everything that is sought by words, the shipped tables included."""
        rows: list[tuple[str, Any]] = list(entries())
        rows += ((row.word, row) for row in self.sensitive)
        rows += ((row.wrong, row) for row in self.terms)
        names = {row.name: row for row in self.leaders}
        rows += names.items()
        return Words(rows)


EMPTY = Lists()


@dataclass(frozen=True, slots=True)
class _Form:
    """The columns of a slot; ``make`` turns checked cells into a row, raising ``_CellError`` for a bad one."""

    title: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    make: Callable[[Mapping[str, str]], Row]


class _CellError(Exception):
    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column
        self.message = message


def _day(cells: Mapping[str, str], column: str) -> date | None:
    said = cells.get(column, "")
    if not said:
        return None
    match = re.fullmatch(r"([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?", said)
    try:
        return date(*map(int, match.groups())) if match else date.fromisoformat(said)
    except ValueError as error:
        raise _CellError(column, f"“{column}”应为日期，如 2026-03-01") from error


def _choice(cells: Mapping[str, str], column: str, choices: Mapping[str, Any]) -> Any:
    if cells[column] not in choices:
        raise _CellError(column, f"“{column}”应为{'、'.join(choices)}之一")
    return choices[cells[column]]


def _leader(cells: Mapping[str, str]) -> Leader:
    if not re.fullmatch(r"[1-9][0-9]{0,3}", cells["排序"]):
        raise _CellError("排序", "“排序”应为从1起的整数")
    since, until = _day(cells, "任职起"), _day(cells, "任职止")
    if since is None:
        raise _CellError("任职起", "“任职起”不能为空")
    if until is not None and until < since:
        raise _CellError("任职止", "“任职止”早于“任职起”")
    return Leader(cells["姓名"], cells["职务"], int(cells["排序"]), since, until)


def _term(cells: Mapping[str, str]) -> Term:
    field: Literal["港澳台", "民族", "宗教"] = _choice(cells, "类别", {n: n for n in ("港澳台", "民族", "宗教")})
    return Term(field, cells["不规范表述"], cells["规范表述"])


def _document(cells: Mapping[str, str]) -> KnownDocument:
    number = docnumber.normalise(cells["文号"])
    if number is None:
        raise _CellError("文号", "“文号”不能识别，应如 青政办发〔2019〕60号")
    is_public: bool = _choice(cells, "是否公开", {"是": True, "否": False, "公开": True, "不公开": False})
    return KnownDocument(str(number), cells["标题"], is_public, _day(cells, "失效日期"))


def _map_number(cells: Mapping[str, str]) -> MapNumber:
    number = normal_map_number(cells["审图号"])
    if number is None:
        raise _CellError("审图号", "“审图号”不能识别，应如 GS（2019）1822号")
    return MapNumber(number)


def _meeting(cells: Mapping[str, str]) -> Meeting:
    if not re.search("第.{1,6}?[届次]", cells["会议全称"]):
        raise _CellError("会议全称", "“会议全称”应含届次，如 第六届…第三次会议")
    return Meeting(cells["会议全称"])


FORMS: Mapping[Slot, _Form] = MappingProxyType(
    {
        "sensitive": _Form("敏感词", ("词语",), ("建议",), lambda c: SensitiveWord(c["词语"], c.get("建议", ""))),
        "leaders": _Form("领导人名册", ("姓名", "职务", "排序", "任职起"), ("任职止",), _leader),
        "map_numbers": _Form("审图号", ("审图号",), (), _map_number),
        "terms": _Form("港澳台、民族、宗教用语", ("类别", "不规范表述", "规范表述"), (), _term),
        "meetings": _Form("会议名称和届次", ("会议全称",), (), _meeting),
        "documents": _Form("可引用文件", ("文号", "标题", "是否公开"), ("失效日期",), _document),
    }
)

#: Invented words and numbers, one list a slot, to try the gate with; nothing in them means anything.
NEUTRAL: Mapping[Slot, str] = MappingProxyType(
    {
        "sensitive": "词语,建议\n试验词甲,请换用试验词乙\n试验词丙,\n",
        "leaders": "姓名,职务,排序,任职起,任职止\n测甲某,试验市市长,1,2024-01-01,\n"
        "测乙某,试验市副市长,2,2024-01-01,\n测丙某,试验市市长,3,2020-01-01,2023-12-31\n",
        "map_numbers": "审图号\n试S（2026）001号\n",
        "terms": "类别,不规范表述,规范表述\n民族,试验误称甲,试验正称甲\n"
        "宗教,试验误称乙,试验正称乙\n港澳台,试验误称丙,试验正称丙\n",
        "meetings": "会议全称\n试验市第六届人民代表大会第三次会议\n",
        "documents": "文号,标题,是否公开,失效日期\n试政办发〔2020〕1号,关于试验的通知,否,\n"
        "试政办发〔2018〕2号,关于试验的办法,是,2023-12-31\n试政办发〔2024〕3号,关于试验的意见,是,\n",
    }
)

_MOST_ROWS = 200_000


def normal_map_number(text: str) -> str | None:
    """A map number in its one form, GS（2019）1822号; None when the text is none."""
    match = re.fullmatch(
        r"([\u4e00-\u9fa5A-Z]{1,5})[（(〔\[]([0-9]{4})[）)〕\]]第?([0-9]{1,6})号?", "".join(text.split()).upper()
    )
    return f"{match[1]}（{match[2]}）{match[3]}号" if match else None


def read_list(slot: Slot, data: bytes, name: str) -> tuple[Row, ...]:
    """The rows of a CSV or XLSX file for a slot; columns may stand in any order, empty rows are passed over.

    Raises ``Refused`` with every fault by row and column (never with a cell's content), ``Unreadable`` for a file that
    cannot be read.
    """
    form = FORMS[slot]
    grid = _grid(data, name)
    header = [cell.strip() for cell in grid[0]] if grid else []
    missing = [column for column in form.required if column not in header]
    unknown = [cell for cell in header if cell and cell not in form.required + form.optional]
    if missing or unknown:
        said = f"应有：{'、'.join(form.required + form.optional)}"
        told = "；".join(
            [f"缺“{column}”" for column in missing] + [f"第{header.index(one) + 1}列不认识" for one in unknown]
        )
        raise refuse("gate.list.columns", f"{form.title}的列不对：{told}；{said}。")
    rows: dict[Row, None] = {}
    issues: list[Issue] = []
    for at, line in enumerate(grid[1:], start=2):
        cells = {column: cell.strip() for column, cell in zip(header, line, strict=False) if column}
        if any(cells.values()):
            row = _row(form, cells, at)
            if isinstance(row, list):
                issues += row
            elif row in rows:
                issues.append(Issue("gate.list.twice", f"第{at}行与前面的一行相同。", field=str(at)))
            else:
                rows[row] = None
    if not rows and not issues:
        issues.append(Issue("gate.list.empty", f"{form.title}里没有一行数据。"))
    refuse_if(issues)
    return tuple(rows)


def _row(form: _Form, cells: Mapping[str, str], at: int) -> Row | list[Issue]:
    """One row, or its faults."""
    empty = [column for column in form.required if not cells.get(column)]
    if empty:
        return [Issue("gate.list.missing", f"第{at}行“{column}”为空。", field=f"{at}:{column}") for column in empty]
    try:
        return form.make(cells)
    except _CellError as error:
        return [Issue("gate.list.cell", f"第{at}行{error.message}。", field=f"{at}:{error.column}")]


def _grid(data: bytes, name: str) -> list[list[str]]:
    """The cells of the file, row by row."""
    if data[:2] != b"PK":
        lines = [line for _, line in zip(range(_MOST_ROWS), csv.reader(io.StringIO(decode(data).text)), strict=False)]
        return [line for line in lines if line]
    read = extract(data, name)
    if read.source_format != "xlsx":
        raise Unreadable("not_a_table", "名单应为 CSV 或者 XLSX 文件。")
    cells = {(b.place.row, b.place.col): read.text_of(b) for b in read.blocks if b.place and b.place.table == 0}
    if not cells:
        return []
    height, breadth = max(row for row, _ in cells) + 1, max(col for _, col in cells) + 1
    return [[cells.get((row, col), "") for col in range(breadth)] for row in range(height)]
