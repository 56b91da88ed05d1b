"""What speaks against a row of a catalogue: each fault says where, under which rule, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: The checks, by stable id. Their source is norms.md §11 (checks per row), as the standard catalogues print them.
RULES: Mapping[str, str] = {
    "catalogue.unreadable": "文件能够读取",
    "catalogue.head": "表头齐全",
    "catalogue.same_above": "“同上”有上文",
    "catalogue.level1": "一级事项写明",
    "catalogue.level2": "二级事项写明",
    "catalogue.elements": "至少一个公开要素",
    "catalogue.elements_twice": "公开要素不重复",
    "catalogue.basis": "至少一项公开依据",
    "catalogue.basis_cited": "公开依据有文号或者条款",
    "catalogue.limit": "公开时限能够计算",
    "catalogue.limit_long": "公开时限不超过法定期限，依据另有规定的除外",
    "catalogue.organ": "公开主体写明",
    "catalogue.organ_one": "公开主体只有一个",
    "catalogue.channels": "至少勾选一个公开渠道",
    "catalogue.channel_other": "“其他”渠道写明名称",
    "catalogue.tick": "勾选的写法能够识别",
    "catalogue.audience": "公开对象恰好勾选一项",
    "catalogue.group": "特定群体写明",
    "catalogue.mode": "公开方式恰好勾选一项",
    "catalogue.level": "至少勾选一个公开层级",
    "catalogue.twice": "同一层级的事项不重复",
    "catalogue.consistent": "县、乡两级同一事项的内容一致",
    "catalogue.kind": "记录类型是已有的类型",
    "catalogue.rule": "期限规则是已有的规则",
    "catalogue.long": "文字不超过长度",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `sheet` and `row` count from 1 as a spreadsheet shows them; `column` is its letter (several are joined
    by 、), `head` the words above it. `rule` is a key of `RULES`; `message` one Chinese sentence. A fault of the whole
    file has row 0 and no column."""

    sheet: int
    row: int
    column: str
    head: str
    rule: str
    message: str

    @property
    def where(self) -> str:
        """“第12行 F列（公开时限）”; of a second sheet its number first."""
        if not self.row:
            return "整个文件"
        sheet = f"工作表{self.sheet} " if self.sheet > 1 else ""
        column = f" {self.column}列（{self.head}）" if self.column else (f"（{self.head}）" if self.head else "")
        return f"{sheet}第{self.row}行{column}"


def letter(column: int) -> str:
    """The letter of a column that counts from 0: 0 → A, 25 → Z, 26 → AA."""
    name = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
