"""Words: organs under their former names, statutes that were replaced, fixed expressions, width and brackets."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from mingchuang.reading.gate import disguise, unseen
from mingchuang.reading.gate.finding import Finding, Place, Source
from mingchuang.reading.gate.rules import Rule, declare
from mingchuang.reading.gate.signs import Array, Signs, marked

ORGAN = declare(
    "wording.renamed_organ", "wording", "机构名称已变更", "机构改革文件（每条来源见提示）",
    "写现在的机构请用现名；写历史事实请在旧名前加“原”。",
)  # fmt: skip
STATUTE = declare(
    "policy.replaced_statute", "policy", "引用的法律法规已被替代", "每条来源见提示",
    "请改引现行规定；说明历史适用的，写明当时有效。",
)  # fmt: skip
EXPRESSION = declare(
    "wording.expression", "wording", "固定表述、用词",
    "《党政机关公文处理工作条例》第十九条（依据待核）；每条来源见提示",
    "请改为规范写法。",
)  # fmt: skip
WIDTH = declare(
    "wording.width", "wording", "全角半角",
    "GB/T 15834-2011《标点符号用法》；GB/T 15835-2011《出版物上数字用法》（依据待核）",
    "汉字之间用全角标点；阿拉伯数字和拉丁字母用半角。",
)  # fmt: skip
BRACKETS = declare(
    "wording.brackets", "wording", "括号不成对", "GB/T 15834-2011《标点符号用法》（依据待核）",
    "请补上缺少的一半，或者改正左右括号的写法。",
)  # fmt: skip

INVISIBLE = declare(
    "wording.invisible", "wording", "看不见的控制字符", "青政办发〔2019〕60号二（七）（文字关）",
    "请删去：它们会改变显示的次序，或者使文字查不到、搜不出。",
)  # fmt: skip

_RULES = {"organ": ORGAN, "statute": STATUTE, "expression": EXPRESSION}
_MARKS = (",", ":;", "!", "?")
_BEFORE_MARK, _AFTER_MARK = marked("”》）", han=True), marked("“《（", han=True)
_BESIDE_BRACKET = marked("", han=True)
_HALF_BRACKET = re.compile(r"\([\u4e00-\u9fa5、，]{1,40}\)")
_WIDE = ("０９", "ＡＺ", "ａｚ")
_WIDE_SIGNS = re.compile("[０-９Ａ-Ｚａ-ｚ．]+")
_BRACKETS = ("〔〕", "《》", "（）", "【】")
_PARTNER = {"〕": "〔", "》": "《", "）": "（", "】": "【"}
_CLOSED_BY = np.zeros(0x10000, dtype=np.uint16)  # of each opening bracket, the closing one
_CLOSED_BY[[ord(mark) for mark in _PARTNER.values()]] = [ord(mark) for mark in _PARTNER]
_NESTED = 4
_MOST = 20
_DRAFT_NAME = 60


@dataclass(frozen=True, slots=True)
class Outdated:
    """A row of the table: the word, what is right instead, since when, its source."""

    rule: Rule
    old: str
    new: str
    since: date
    source: str


def _source(named: str, quote: str) -> str:
    """What a clerk is told: the source with its words, or that nobody has held the row against its text."""
    return f"{named}：“{quote}”" if quote else f"{named}，依据待核"


@cache
def table() -> tuple[Outdated, ...]:
    """The shipped table ``renamed.toml``."""
    data = tomllib.loads((Path(__file__).parent / "renamed.toml").read_text("utf-8"))
    return tuple(
        Outdated(rule, old, new, row["from"], _source(data["sources"][row["source"]], row.get("quote", "")))
        for kind, rule in _RULES.items()
        for row in data[kind]
        for old, new in (row.get("pairs") or dict.fromkeys(row["old"], row["new"])).items()
    )


def outdated(text: str, entry: Outdated, span: tuple[int, int], source: Source, today: date) -> Iterator[Finding]:
    """Judge one occurrence of a word of the table on a day; history and names of files are left alone."""
    if today < entry.since:
        return
    before, after = text[max(0, span[0] - _DRAFT_NAME) : span[0]], text[span[1] : span[1] + 1]
    if entry.rule is ORGAN:
        is_history = before[-1:] == "原" or before[-2:] in {"原市", "原县", "原省", "原国"}
        is_part = after == "门" or before.rfind("《") > before.rfind("》")
        if is_history or is_part:
            return
    if entry.rule is STATUTE and re.search("废止|失效|修订前|当时有效|同时", before[-8:] + text[span[1] : span[1] + 8]):
        return
    said = text[slice(*span)]
    message = f"“{entry.old}”应为“{entry.new.strip('《》')}”（{entry.source}）。"
    yield source.finding(entry.rule, "uncertain", Place("正文", span=span), said, message)


def width(signs: Signs, source: Source) -> Iterator[Finding]:
    """Half-width marks between Han, full-width digits and letters; at most 20 of each are told one by one."""
    text = signs.text
    marks = _between(signs, signs.places(*_MARKS), _BEFORE_MARK, _AFTER_MARK)
    yield from _told(text, [(at, at + 1) for at in marks], "半角标点", source)
    opening = _between(signs, signs.places("("), _BESIDE_BRACKET, _BESIDE_BRACKET)
    brackets = [match.span() for at in opening if (match := _HALF_BRACKET.match(text, at))]
    yield from _told(text, brackets, "半角括号", source)
    yield from _told(text, list(_wide(signs)), "全角数字或字母", source)


def _between(signs: Signs, places: Array, before: Array, after: Array) -> list[int]:
    """Those of the places that stand between two characters of tables."""
    found: list[int] = signs.followed(signs.followed(places, before, -1), after).tolist()
    return found


def _wide(signs: Signs) -> Iterator[tuple[int, int]]:
    """Runs that begin with a full-width digit or letter."""
    last = 0
    for at in signs.places(*_WIDE).tolist():
        match = _WIDE_SIGNS.match(signs.text, at) if at >= last else None
        if match:
            last = match.end()
            yield match.span()


def _told(text: str, spans: Sequence[tuple[int, int]], what: str, source: Source) -> Iterator[Finding]:
    # The signs themselves may be a person's number in full width: they are never printed.
    for span in spans[:_MOST]:
        yield source.finding(WIDTH, "uncertain", Place("正文", span=span), text[slice(*span)], f"汉字之间有{what}。")
    if len(spans) > _MOST:
        message = f"另有{len(spans) - _MOST}处{what}，请一并修改。"
        yield source.finding(WIDTH, "uncertain", Place("正文"), "", message)


def invisible(signs: Signs, source: Source) -> Iterator[Finding]:
    """Characters that nobody sees and no editor leaves behind: said once, at the first, with how many there are."""
    planted = list(unseen.PLANTED.finditer(signs.text)) if disguise.holds_planted(signs) else []
    if planted:
        place = Place("正文", span=planted[0].span())
        message = f"文中夹有看不见的控制字符{len(planted)}个，显示的内容可能与实际不同。"
        yield source.finding(INVISIBLE, "uncertain", place, planted[0].group(), message)


def brackets(signs: Signs, source: Source) -> Iterator[Finding]:
    """Brackets that have no partner; a pair may run over several lines."""
    text = signs.text
    open_ones: list[tuple[str, int]] = []
    told = 0
    for at in _unpaired(signs, signs.places(*_BRACKETS)):
        mark = text[at]
        if mark not in _PARTNER:
            open_ones.append((mark, at))
        elif open_ones and open_ones[-1][0] == _PARTNER[mark]:
            open_ones.pop()
        elif told < _MOST and not _is_numbering(text, at):
            told += 1
            yield _lonely(mark, at, source)
    for mark, at in open_ones[: _MOST - told]:
        yield _lonely(mark, at, source)


def _unpaired(signs: Signs, places: Array) -> list[int]:
    """The brackets that are left when pairs with nothing or only pairs between them are gone.

    As often as pairs are likely to be nested: what is left is paired one by one.
    """
    for _ in range(_NESTED):
        marks = signs.at(places)
        pairs = np.flatnonzero(_CLOSED_BY.take(marks[:-1]) == marks[1:])
        if not len(pairs):
            break
        stays = np.ones(len(places), dtype=bool)
        stays[pairs] = stays[pairs + 1] = False
        places = places[stays]
    left: list[int] = places.tolist()
    return left


def _is_numbering(text: str, at: int) -> bool:
    """“1）” and “一）” at the head of a line are numbering, if a poor one."""
    return re.search(r"(?:^|\n)\s*[0-9一二三四五六七八九十]{1,3}$", text[max(0, at - 12) : at]) is not None


def _lonely(mark: str, at: int, source: Source) -> Finding:
    return source.finding(
        BRACKETS, "uncertain", Place("正文", span=(at, at + 1)), mark, f"“{mark}”没有与之成对的另一半。"
    )
