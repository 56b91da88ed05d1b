"""The numbers with which paragraphs begin: 第一章 一、 （一） 1. （1） ① and the shapes in which they are damaged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from mingchuang.reading.numerals import han_number, written_in_han
from mingchuang.reading.projection import Projection

Level = Literal["part", "article", "han", "bracket_han", "arabic", "decimal", "bracket_arabic", "circle", "ordinal"]
RANK: dict[Level, int] = {
    "part": 0, "article": 1, "han": 2, "bracket_han": 3, "arabic": 4, "decimal": 5, "bracket_arabic": 6, "circle": 7,
    "ordinal": 8,
}  # fmt: skip
Fault = Literal["", "doubled", "lost_brackets", "lost_point", "misread"]

_HAN = "[一二三四五六七八九十百廿]"
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_SINGLES: dict[str, tuple[Level, int]] = {
    **{char: ("circle", at) for at, char in enumerate(_CIRCLES, 1)},
    **{chr(0x3220 + at): ("bracket_han", at + 1) for at in range(10)},  # ㈠
    **{chr(0x2474 + at): ("bracket_arabic", at + 1) for at in range(20)},  # ⑴
    **{chr(0x2488 + at): ("arabic", at + 1) for at in range(20)},  # ⒈
}
_SINGLE = "[" + "".join(_SINGLES) + "]"
# What character recognition makes of numerals, brackets and points. Its readings count only where the list proves them.
_TAKEN_FOR_DIGIT = {
    "l": "1",
    "I": "1",
    "i": "1",
    "|": "1",
    "O": "0",
    "o": "0",
    "〇": "0",
    "Z": "2",
    "z": "2",
    "S": "5",
    "B": "8",
}
_TAKEN_FOR_HAN = {"-": "一", "=": "二", "≡": "三", "+": "十", "入": "八", "匕": "七", "丸": "九"}
_READ = str.maketrans(_TAKEN_FOR_DIGIT)
_READ_HAN = str.maketrans(_TAKEN_FOR_HAN)
_FOR_DIGIT, _FOR_HAN = (f"[{re.escape(''.join(table))}]" for table in (_TAKEN_FOR_DIGIT, _TAKEN_FOR_HAN))
_DIGIT_READ, _HAN_READ = f"(?:[0-9]|{_FOR_DIGIT})", f"(?:{_HAN}|{_FOR_HAN})"
_OPENED, _CLOSED = "[（〔【《{<]", "[）〕】》}>]"
_POINTS = "，。；：·•'`丶ヽ"
_WORD = "[\u4e00-\u9fff“《]"
# In order: the first that matches wins. Groups of one name hold the number.
_PATTERNS: tuple[tuple[Level, Fault, re.Pattern[str]], ...] = (
    ("part", "", re.compile(rf"第(?P<n>{_HAN}{{1,5}}|\d{{1,3}})(?P<u>[章编篇]|部分|节)[、.：]?")),
    ("article", "", re.compile(rf"第(?P<n>{_HAN}{{1,6}}|\d{{1,3}})(?P<u>条)[、.：]?")),
    ("bracket_han", "doubled", re.compile(rf"（(?P<n>{_HAN}{{1,4}})）（(?P=n)）")),
    ("bracket_han", "", re.compile(rf"（(?P<n>{_HAN}{{1,4}}|-)）[、.]?")),
    ("bracket_han", "misread", re.compile(rf"{_OPENED}(?P<n>{_HAN_READ}{{1,3}}){_CLOSED}[、.]?")),
    (
        "bracket_han",
        "lost_brackets",
        re.compile(rf"（(?P<n>{_HAN}{{1,3}})(?=[^）、，。；]{{2}})|(?P<m>{_HAN}{{1,3}})）[、.]?"),
    ),
    ("han", "doubled", re.compile(rf"(?P<n>{_HAN}{{1,4}})[、.](?P=n)[、.]")),
    ("han", "", re.compile(rf"(?P<n>{_HAN}{{1,4}})[、.](?!{_HAN}+[、，和类级至级是])")),
    ("arabic", "doubled", re.compile(r"(?P<n>\d{1,2})[.、](?P=n)[.、](?!\d)")),
    ("decimal", "", re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2}){1,3})[.、]?(?![\d%])")),
    ("arabic", "", re.compile(r"(?P<n>\d{1,2})[.、](?!\d)|(?P<m>\d{1,2})，(?=[\u4e00-\u9fff“《])")),
    ("bracket_arabic", "", re.compile(r"（(?P<n>\d{1,2})）[、.]?|(?P<m>\d{1,2})）[、.]?")),
    ("arabic", "lost_point", re.compile(r"(?P<n>\d{1,2})(?=[\u4e00-\u9fff“《])")),
    ("bracket_arabic", "misread", re.compile(rf"{_OPENED}(?P<n>{_DIGIT_READ}{{1,2}}){_CLOSED}[、.]?")),
    ("han", "misread", re.compile(rf"(?P<n>{_HAN}{{1,3}})[{_POINTS}](?={_WORD})")),
    ("han", "misread", re.compile(rf"(?=.?.?{_FOR_HAN})(?P<n>{_HAN_READ}{{1,3}})[{_POINTS}、.](?={_WORD})")),
    ("arabic", "misread", re.compile(rf"(?P<n>[0-9]{{1,2}})[{_POINTS}](?={_WORD})")),
    ("arabic", "misread", re.compile(rf"(?=.?{_FOR_DIGIT})(?P<n>{_DIGIT_READ}{{1,2}})[{_POINTS}、.](?={_WORD})")),
    ("bracket_han", "lost_brackets", re.compile(rf"(?P<n>{_HAN}{{1,3}})(?=[\u4e00-\u9fff“《])")),
)
_ORDINAL = re.compile(rf"(?P<n>{_HAN}{{1,2}})(?:是|要|、是)")
# What may follow a bare number that is no list number: 3个工作日, 2019年, 一是, 十四五.
_COUNTED = re.compile(
    "[个项次年月日时天周号条款件份名家人户所座处种类级层岁元万亿千百十倍季分秒届批轮期场站式体站网窗键律般些定直旦切并批线是带同起方边会二三四五"
    "六七八九零〇来大]|小时|工作日|城|县|区|镇|乡|村"
)
_ALWAYS_COUNTED = re.compile("[个项次年月日时天周号条款件份名家人户]|小时|工作日")
_AFTER = re.compile(r"[\u4e00-\u9fff“‘《A-Za-z\d（〔【①-⑳]")


@dataclass(frozen=True, slots=True)
class Marker:
    """``start``/``end`` are places; ``token`` is the number as it goes into a reference: 一, （三）, 3, （1）, ①."""

    level: Level
    value: int
    token: str
    start: int
    end: int
    fault: Fault = ""

    @property
    def is_damaged(self) -> bool:
        """Whether the number has lost a part of itself, so that its place must prove it."""
        return self.fault in {"lost_brackets", "lost_point", "misread"}

    @property
    def series(self) -> str:
        """Numbers of one series follow each other: 第一章 and 第一节, 1.1 and 1.1.1 are of different ones."""
        if self.level == "part":
            return self.level + self.token[-1]
        return f"decimal{self.token.count('.')}" if self.level == "decimal" else self.level


def marker_at(projection: Projection, place: int, end: int) -> Marker | None:
    """The number that stands at ``place``, if any. Whether it is a number of the list the caller has to decide."""
    folded = projection.folded
    single = _SINGLES.get(folded[place]) if place < end else None
    if single is not None:
        return _single(projection, place, end, *single)
    for level, fault, pattern in _PATTERNS:
        match = pattern.match(folded, place, end)
        if match and _stands(projection, match, level, fault, end):
            return _marker(match, level, fault)
    return None


def ordinal_at(projection: Projection, place: int, end: int) -> Marker | None:
    """一是 …: the number of a list only where the document has no other numbers."""
    match = _ORDINAL.match(projection.folded, place, end)
    value = han_number(match["n"]) if match else None
    if match is None or not value:
        return None
    return Marker("ordinal", value, match["n"], place, match.end())


def _single(projection: Projection, place: int, end: int, level: Level, value: int) -> Marker:
    after = place + 1
    if after < end and projection.folded[after] in "、.":
        after += 1
    return Marker(level, value, token_of(level, value, ""), place, after)


def _stands(projection: Projection, match: re.Match[str], level: Level, fault: Fault, end: int) -> bool:
    """Rejects what only looks like a list number: 1.5%, 2019.8.19, 3个工作日, 二十大."""
    folded, after = projection.folded, match.end()
    if level == "decimal":
        return _is_outline(projection, match, after, end)
    if after >= end:
        return level in {"part", "article", "han", "bracket_han"} and not fault
    if fault in {"lost_brackets", "lost_point"} and match[0][0] != "（" and match[0][-1] != "）":
        # A blank behind the number parts it from the words; only what is always counted still speaks against it.
        return not (_ALWAYS_COUNTED if projection.gap(after) else _COUNTED).match(folded, after)
    return bool(_AFTER.match(folded, after))


def _is_outline(projection: Projection, match: re.Match[str], after: int, end: int) -> bool:
    """1.1 健全…: a decimal number followed by words, not by what it counts; and written without a blank inside."""
    first, last = projection.span(match.start(), after)
    if last - first != after - match.start() or after >= end:
        return False
    if not re.match(r"[\u4e00-\u9fff“《]", projection.folded[after]):
        return False
    return bool(projection.gap(after)) or not _COUNTED.match(projection.folded, after)


def _marker(match: re.Match[str], level: Level, fault: Fault) -> Marker | None:
    groups = match.groupdict()
    written = groups.get("n") or groups.get("m") or ""
    if level == "decimal":
        return Marker(level, int(written.rsplit(".", 1)[1]), written, match.start(), match.end())
    if fault == "misread":
        written = written.translate(_READ_HAN if level in {"han", "bracket_han"} else _READ)
    value = int(written) if written.isdigit() else 1 if written == "-" else han_number(written)  # （—） for （一）
    if not value:
        return None
    return Marker(level, value, token_of(level, value, groups.get("u") or ""), match.start(), match.end(), fault)


def token_of(level: Level, value: int, unit: str) -> str:
    """The number as references write it."""
    if level in {"part", "article"}:
        return f"第{written_in_han(value)}{unit}"
    if level in {"han", "ordinal"}:
        return written_in_han(value)
    if level == "bracket_han":
        return f"（{written_in_han(value)}）"
    if level == "bracket_arabic":
        return f"（{value}）"
    if level == "circle" and value <= len(_CIRCLES):
        return _CIRCLES[value - 1]
    return str(value)
