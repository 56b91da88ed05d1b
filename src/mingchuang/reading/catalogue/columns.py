"""Which column is which: found by the heads, of one line or two, in any order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from mingchuang.reading.catalogue.faults import Fault, letter
from mingchuang.reading.catalogue.grid import Line, Sheet

#: column → the words by which sheets head it. Those of a second line first, then those that stand alone.
_LEAVES: Mapping[str, tuple[str, ...]] = {
    "level1": ("一级事项", "一级", "一级公开事项"),
    "level2": ("二级事项", "二级", "二级公开事项"),
    "level3": ("三级事项", "三级", "三级公开事项"),
    "public": ("全社会", "社会公众", "面向社会"),
    "group": ("特定群体", "特定群众", "特定对象", "特定人群"),
    "proactive": ("主动", "主动公开"),
    "on_request": ("依申请", "依申请公开"),
    "city": ("市级", "地市级", "设区的市级"),
    "county": ("县级", "县区级", "县市区级", "区县级", "区级", "县市级"),
    "township": ("乡级", "乡镇级", "镇级", "乡镇街道级", "乡镇街道", "街道级"),
    "village": ("村级", "村社区级", "社区级"),
    "township+village": ("乡村级", "乡级村级", "乡镇村级"),
}
_SINGLES: Mapping[str, tuple[str, ...]] = {
    "number": ("序号", "编号"),
    "field": ("领域", "公开领域", "试点领域", "所属领域"),
    "stage": ("过程", "公开过程", "公开环节", "五公开"),
    "level1": ("公开事项", "事项名称", "公开类别"),
    "elements": ("公开内容", "公开内容要素", "公开要素", "内容要素", "公开内容和要素", "要素"),
    "basis": ("公开依据", "依据"),
    "limit": ("公开时限", "时限", "公开期限"),
    "organ": ("公开主体", "责任主体", "公开责任主体", "责任单位"),
    "channels": ("公开渠道和载体", "公开渠道及载体", "公开渠道", "公开载体", "渠道和载体", "公开渠道与载体"),
    "audience": ("公开对象",),
    "mode": ("公开方式",),
    "levels": ("公开层级", "公开层次"),
    "note": ("备注", "说明"),
    "kind": ("记录类型",),
    "rule": ("期限规则",),
}
_LEAF_OF = {word: name for name, words in _LEAVES.items() for word in words}
_SINGLE_OF = {word: name for name, words in _SINGLES.items() for word in words}
_HEAD_WITHIN = 20
_LEAST = 4  # known heads that a line must hold to be the head
_BRACKETED = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]")

#: Every group of columns of which a sheet must have one, with the words in which its lack is told.
NEEDED: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"level1"}), "一级事项"),
    (frozenset({"level2"}), "二级事项"),
    (frozenset({"elements"}), "公开内容（要素）"),
    (frozenset({"basis"}), "公开依据"),
    (frozenset({"limit"}), "公开时限"),
    (frozenset({"organ"}), "公开主体"),
    (frozenset({"channels"}), "公开渠道和载体"),
    (frozenset({"audience", "public", "group"}), "公开对象"),
    (frozenset({"mode", "proactive", "on_request"}), "公开方式"),
    (frozenset({"levels", "city", "county", "township", "village", "township+village"}), "公开层级"),
)


@dataclass(frozen=True, slots=True)
class Head:
    """`columns`: name → grid column; `words`: grid column → what stands above it; the body begins at row `body`."""

    row: int
    body: int
    columns: Mapping[str, int]
    words: Mapping[int, str]
    unknown: tuple[str, ...]

    def place(self, *names: str) -> tuple[str, str]:
        """(letters, head) of columns that belong together, of those that the sheet has."""
        found = sorted(self.columns[name] for name in names if name in self.columns)
        words = dict.fromkeys(
            self.words[column].split("·")[0] if len(found) > 1 else self.words[column] for column in found
        )
        return "、".join(letter(column) for column in found), "、".join(words)

    def missing(self, sheet: int) -> list[Fault]:
        """One fault for each group of columns that the sheet lacks."""
        return [
            Fault(sheet, self.row + 1, "", label, "catalogue.head", f"表头里没有“{label}”一栏，请补上后重新导入。")
            for names, label in NEEDED
            if not names & set(self.columns)
        ]


def plain(text: str) -> str:
    """A head as it is compared: without width, blanks, punctuation and what stands in brackets."""
    folded = _BRACKETED.sub("", re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))
    return re.sub(r"[、,，:：/*·.\-]", "", folded)


def find_head(sheet: Sheet) -> Head | None:
    """The head of a sheet: the first line, of the first twenty, that with the line below it names four columns."""
    rows = sorted(sheet.lines)[:_HEAD_WITHIN]
    for row in rows:
        head = _head(sheet, row)
        if head is not None:
            return head
    return None


def _head(sheet: Sheet, row: int) -> Head | None:
    top, below = sheet.lines[row], sheet.lines.get(row + 1, {})
    singles = {col for col, cell in top.items() if plain(cell.text) in _SINGLE_OF}
    leaves = {col for col, cell in top.items() if plain(cell.text) in _LEAF_OF}
    if len(singles | leaves) < _LEAST:
        return None
    second = any(cell.row > row and plain(cell.text) in _LEAF_OF for cell in below.values()) and not _is_body(
        below, row
    )
    columns: dict[str, int] = {}
    words: dict[int, str] = {}
    unknown: list[str] = []
    group = ""
    for col in sorted(set(top) | (set(below) if second else set())):
        group = top[col].text if col in top else group
        leaf = below[col].text if second and col in below and below[col].row > row else ""
        name = _name(plain(leaf), plain(top[col].text) if col in top else "")
        label = re.sub(r"\s+", "", f"{group}·{leaf}" if leaf else group)
        if name and name not in columns:
            columns[name], words[col] = col, label
        elif (leaf or (col in top and top[col].col == col)) and not name:
            unknown.append(label)
    return Head(row, row + (2 if second else 1), columns, words, tuple(dict.fromkeys(unknown)))


def _name(leaf: str, top: str) -> str:
    if leaf:
        return _LEAF_OF.get(leaf, "")
    return _LEAF_OF.get(top) or _SINGLE_OF.get(top, "")


def _is_body(line: Line, row: int) -> bool:
    """Whether a line below the head is an item already: a number stands in it, or a long text."""
    return any(cell.row > row and (cell.text.isdigit() or len(cell.text) > 30) for cell in line.values())


def is_repeated_head(line: Line) -> bool:
    """Whether a line of the body is the head again (printed on each page), in one line or two."""
    known = [cell for cell in line.values() if plain(cell.text) in _LEAF_OF or plain(cell.text) in _SINGLE_OF]
    return len(known) >= _LEAST and 2 * len(known) >= len(line)
