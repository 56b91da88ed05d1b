"""Slots of the gate that the customer fills: what a list holds, how it is imported, and a neutral list for trying out.

A list is an XLSX, CSV or TXT file whose first row names the columns; where one column is enough, a TXT file may hold
nothing but one entry a line. Its content is confidential: no exception, log or finding repeats a word of it that the
text at hand does not hold, and no list and no row of one shows itself in a `repr`.
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
from typing import TYPE_CHECKING, Any, Literal

from mingchuang.norms import docnumber
from mingchuang.norms.outcome import Issue, refuse, refuse_if
from mingchuang.reading.formats import Unreadable, extract
from mingchuang.reading.formats.encoding import decode

if TYPE_CHECKING:
    from mingchuang.reading.gate.words import Words

Slot = Literal["sensitive", "leaders", "map_numbers", "terms", "meetings", "documents"]


@dataclass(frozen=True, slots=True, repr=False)
class SensitiveWord:
    """A word that a person has to look at wherever it stands."""

    word: str
    advice: str = ""


@dataclass(frozen=True, slots=True, repr=False)
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


@dataclass(frozen=True, slots=True, repr=False)
class MapNumber:
    """A map number (审图号) that was granted."""

    number: str


@dataclass(frozen=True, slots=True, repr=False)
class Term:
    """An expression on 港澳台, 民族 or 宗教 that is not to be used, and the one that is."""

    field: Literal["港澳台", "民族", "宗教"]
    wrong: str
    right: str


@dataclass(frozen=True, slots=True, repr=False)
class Meeting:
    """The full name of a meeting with its ordinal numbers as they really are."""

    name: str


@dataclass(frozen=True, slots=True, repr=False)
class KnownDocument:
    """A document that may be cited: whether it is public, and from which day it is no longer in force."""

    number: str
    title: str
    is_public: bool
    lapsed_on: date | None = None


Row = SensitiveWord | Leader | MapNumber | Term | Meeting | KnownDocument


@dataclass(frozen=True, repr=False)
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
        # Arrays, automata and patterns: for those who seek words, not for those who know the lists by name.
        from mingchuang.reading.gate.shipped import entries  # noqa: PLC0415
        from mingchuang.reading.gate.words import Words  # noqa: PLC0415

        rows: list[tuple[str, Any]] = list(entries())
        rows += ((row.word, row) for row in self.sensitive)
        rows += ((row.wrong, row) for row in self.terms)
        names = {row.name: row for row in self.leaders}
        rows += names.items()
        return Words(rows)


EMPTY = Lists()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a slot: its head, and what a clerk writes in it."""

    name: str
    says: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """A slot as pages explain it. ``make`` turns checked cells into a row, raising ``_CellError`` for a bad one."""

    title: str
    purpose: str
    columns: tuple[Column, ...]
    make: Callable[[Mapping[str, str]], Row]

    @property
    def heads(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.required)


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


_SINCE = "如 2026-03-01、2026年3月1日"
FORMS: Mapping[Slot, Form] = MappingProxyType(
    {
        "sensitive": Form(
            "敏感词",
            "文中出现这些词语的，显示“疑似敏感词”，由人判断。",
            (Column("词语", "一行一个词语"), Column("建议", "给整理词表的人看，不出现在检查结果里", required=False)),
            lambda c: SensitiveWord(c["词语"], c.get("建议", "")),
        ),
        "leaders": Form(
            "领导人名册",
            "文中职务与名册不符、姓名次序与名册不符的，显示“疑似”。按检查当天在任的人核对。",
            (
                Column("姓名", "与文件中的写法一致"),
                Column("职务", "姓名前面的称谓，如“某某市市长”"),
                Column("排序", "从 1 起的整数，小的在前"),
                Column("任职起", f"任职第一天，{_SINCE}"),
                Column("任职止", "任职最后一天；现任的不填", required=False),
            ),
            _leader,
        ),
        "map_numbers": Form(
            "审图号",
            "文中写有审图号的，核对是否在名单里。",
            (Column("审图号", "如 GS（2019）1822号"),),
            _map_number,
        ),
        "terms": Form(
            "港澳台、民族、宗教用语",
            "文中出现“不规范表述”的，显示“疑似不规范用语”。",
            (
                Column("类别", "港澳台、民族、宗教三者之一"),
                Column("不规范表述", "不应使用的写法"),
                Column("规范表述", "应当使用的写法，只在本页和“试一试”里显示"),
            ),
            _term,
        ),
        "meetings": Form(
            "会议名称和届次",
            "文中会议名称相同而届次不在名单里的，显示“疑似届次有误”。",
            (Column("会议全称", "含届次，如“某某市第六届人民代表大会第三次会议”"),),
            _meeting,
        ),
        "documents": Form(
            "可引用文件",
            "文中引用的文件，核对是否公开、是否有效。",
            (
                Column("文号", "如 青政办发〔2019〕60号"),
                Column("标题", "文件标题"),
                Column("是否公开", "“是”或者“否”"),
                Column("失效日期", f"不再有效的第一天，{_SINCE}；有效的不填", required=False),
            ),
            _document,
        ),
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

#: More lines than any office keeps; a file with more is refused, never cut.
MOST_ROWS = 200_000
#: How files begin whose bytes could be read as lines of text, but are no list: PDF, old Office files, RTF, pages.
_NO_LISTS = (b"%pdf", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"<!doctype", b"<html", b"<?xml")
_HEAD_WITHIN = 10


def normal_map_number(text: str) -> str | None:
    """A map number in its one form, GS（2019）1822号; None when the text is none."""
    match = re.fullmatch(
        r"([\u4e00-\u9fa5A-Z]{1,5})[（(〔\[]([0-9]{4})[）)〕\]]第?([0-9]{1,6})号?", "".join(text.split()).upper()
    )
    return f"{match[1]}（{match[2]}）{match[3]}号" if match else None


def read_list(slot: Slot, data: bytes, name: str, *, stored: bool = False) -> tuple[Row, ...]:
    """The rows of an XLSX, CSV or TXT file for a slot; columns may stand in any order, empty rows are passed over.

    ``stored``: the file was taken before, perhaps by an earlier importer that asked for less. Raises ``Refused`` with
    every fault by row and column (never with a cell's content), ``Unreadable`` for a file that cannot be read.
    """
    form = FORMS[slot]
    if not stored and data.removeprefix(b"\xef\xbb\xbf").lstrip()[:16].lower().startswith(_NO_LISTS):
        raise Unreadable("not_a_table", "这不是词表文件，没有读入：请另存为 XLSX、CSV 或者 TXT 后再导入。")
    grid = _grid(data, name)
    if len(grid) > MOST_ROWS and not stored:
        raise refuse("gate.list.long", f"{form.title}有{len(grid)}行，最多{MOST_ROWS}行，请分开核对。")
    header, first = _header(form, grid, stored)
    rows: dict[Row, int] = {}
    issues: list[Issue] = []
    for at, line in enumerate(grid[first:], start=first + 1):
        cells = {column: cell.strip() for column, cell in zip(header, line, strict=False) if column}
        issues += [] if stored else _beyond(header, line, at)
        if any(cells.values()):
            row = _row(form, cells, at)
            if isinstance(row, list):
                issues += row
            elif row in rows:
                issues.append(Issue("gate.list.twice", f"第{at}行与第{rows[row]}行相同。", field=str(at)))
            else:
                rows[row] = at
    if not rows and not issues:
        issues.append(Issue("gate.list.empty", f"{form.title}里没有一行数据。"))
    refuse_if(issues)
    return tuple(rows)


def _header(form: Form, grid: list[list[str]], stored: bool) -> tuple[list[str], int]:
    """The names of the columns, and which row (counted from 0) holds the first entry. Raises ``Refused``."""
    for at, line in enumerate(grid[:_HEAD_WITHIN]):
        header = [cell.strip() for cell in line]
        if any(column in header for column in form.required):
            return (header if stored else _whole(form, header)), at + 1
    if len(form.required) == 1 and all(len([cell for cell in line if cell.strip()]) < 2 for line in grid):
        return [form.required[0]], 0  # one entry a line, and nothing else
    first = next(([cell.strip() for cell in line] for line in grid if any(cell.strip() for cell in line)), [])
    return _whole(form, first), 0


def _whole(form: Form, header: list[str]) -> list[str]:
    """The header, if it has every column that is needed, each once, and no other."""
    faults = [f"缺“{column}”" for column in form.required if column not in header]
    faults += [f"第{at}列不认识" for at, cell in enumerate(header, 1) if cell and cell not in form.heads]
    faults += [f"“{column}”有{header.count(column)}列" for column in form.heads if header.count(column) > 1]
    if faults:
        told = "；".join(faults)
        raise refuse("gate.list.columns", f"{form.title}的列不对：{told}；应有：{'、'.join(form.heads)}。")
    return header


def _beyond(header: list[str], line: list[str], at: int) -> list[Issue]:
    """Cells that stand under no head: a comma too much would otherwise shift or lose a word."""
    return [
        Issue("gate.list.beyond", f"第{at}行第{column}列上面没有列名，不知道是什么。", field=f"{at}:{column}")
        for column, cell in enumerate(line, 1)
        if cell.strip() and not (column <= len(header) and header[column - 1])
    ]


def _row(form: Form, cells: Mapping[str, str], at: int) -> Row | list[Issue]:
    """One row, or its faults."""
    empty = [column for column in form.required if not cells.get(column)]
    if empty:
        return [Issue("gate.list.missing", f"第{at}行“{column}”为空。", field=f"{at}:{column}") for column in empty]
    try:
        return form.make(cells)
    except _CellError as error:
        return [Issue("gate.list.cell", f"第{at}行{error.message}。", field=f"{at}:{error.column}")]


def _grid(data: bytes, name: str) -> list[list[str]]:
    """The cells of the file, row by row as a spreadsheet counts them, blank rows too."""
    if data[:2] != b"PK":
        text = decode(data).text
        first = next((line for line in text.splitlines() if line.strip()), "")
        try:
            return list(csv.reader(io.StringIO(text), dialect="excel-tab" if "\t" in first else "excel"))
        except csv.Error as error:
            raise Unreadable("not_a_table", "这个文件不能分成行和列：请另存为 XLSX 再上传。") from error
    read = extract(data, name)
    if read.source_format != "xlsx":
        raise Unreadable("not_a_table", "名单应为 XLSX、CSV 或者 TXT 文件。")
    cells = {(b.place.row, b.place.col): read.text_of(b) for b in read.blocks if b.place and b.place.table == 0}
    if not cells:
        return []
    height, breadth = max(row for row, _ in cells) + 1, max(col for _, col in cells) + 1
    return [[cells.get((row, col), "") for col in range(breadth)] for row in range(height)]
