"""公开时限: kept as it is written, and brought to small typed values that a program can reckon with.

No number of law stands here: what is allowed, and which rule a written limit follows, is asked of `norms.rules`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from mingchuang.norms.law import law
from mingchuang.norms.rules import Rule, RuleRow, all_rules
from mingchuang.reading.numerals import number_of

#: within: so long after the anchor; before: so long ahead of it; posting: shown at least so long; yearly: each year by
#: a day (`value` month × 100 + day); recurring: every `unit`; prompt: 及时、实时; standing: 长期.
PartKind = Literal["within", "before", "posting", "yearly", "recurring", "prompt", "standing"]
PART_TITLES: dict[PartKind, str] = {
    "within": "限期公开",
    "before": "提前公开",
    "posting": "公示期",
    "yearly": "每年固定日期前",
    "recurring": "定期公开",
    "prompt": "及时公开",
    "standing": "长期公开",
}
GENERAL_RULE = "information.publish"

_UNITS = {"工作日": "workday", "日": "day", "天": "day", "周": "week", "月": "month", "年": "year", "小时": "hour"}
_TITLES = {"workday": "个工作日", "day": "日", "week": "周", "month": "个月", "year": "年", "hour": "小时"}
_PERIODS = {"日": "day", "天": "day", "周": "week", "旬": "tenday", "月": "month", "季": "quarter", "年": "year"}
_PERIOD_TITLES = {
    "day": "日",
    "week": "周",
    "tenday": "旬",
    "month": "月",
    "quarter": "季度",
    "half": "半年",
    "year": "年",
}

_NUMBER = r"(\d{1,4}|[一二两三四五六七八九十百]{1,5})"
_UNIT = r"个?(工作日|小时|日|天|周|月|年)"
_CLAUSE = re.compile(r"[；;，,。\n]|(?<=[\u4e00-\u9fff）)])\s*\d{1,2}[.．、](?!\d)")
_BEFORE = re.compile(rf"提前(?:至少|不少于)?{_NUMBER}(?:个?月?[-—–~～至到]+{_NUMBER})?{_UNIT}")
_POSTING = re.compile(
    rf"(?:(?:公示|公告|公开|张贴|展示|征求意见|征集|预公告)[^，；]*?)?(?:不得?少于|不得?低于|≥|>=|至少){_NUMBER}{_UNIT}"
)
_POSTED = re.compile(rf"(?:公示|公告)(?:期|时间|期限)(?:为|:|：)?{_NUMBER}{_UNIT}")
_WITHIN = re.compile(rf"{_NUMBER}{_UNIT}(之内|以内|内|前)?")
_YEARLY = re.compile(r"每年度?(\d{1,2})月(\d{1,2})日(?:之前|以前|前)")
_RECURRING = re.compile(r"(?:每个?|按)(半年|季|日|天|周|旬|月|年)")
_PROMPT = re.compile(r"及时|实时|即时|立即|随时|当[日天]|同步")
_STANDING = re.compile(r"长期|常年|持续|永久")
_FORMED = re.compile(r"形成|变更|制作|产生|生成")
_EXCEPTION = re.compile(r"另有规定|从其规定")
_ANCHOR_ENDS = re.compile(r"(?:之日起|之日|之后|以后|后|起|的)+$")


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a limit. `upto` is the other end of a range, `unit` workday, day, week, month, year, hour (or, of a
    recurring one, day … year), `anchor` the words from which it runs, as written."""

    kind: PartKind
    value: int = 0
    upto: int = 0
    unit: str = ""
    anchor: str = ""

    @property
    def formed(self) -> bool:
        """Whether it runs from the day on which the information was formed or changed."""
        return self.kind == "within" and (not self.anchor or bool(_FORMED.search(self.anchor)))

    @property
    def workdays(self) -> int:
        """How many working days the part surely allows, counting five to a week; 0 for what is no period."""
        per_week = {"workday": 7, "day": 5, "week": 35, "month": 150, "year": 1825}
        return self.value * per_week.get(self.unit, 0) // 7 if self.kind == "within" else 0

    @property
    def text(self) -> str:
        """In the words of the office: “20个工作日内”, “公示期不少于30日”, “每季度”."""
        number = f"{self.value}—{self.upto}" if self.upto else str(self.value)
        if self.kind == "within":
            since = "形成或变更后" if self.formed else f"{self.anchor}后"
            return f"{since}{number}{_TITLES[self.unit]}内"
        if self.kind == "before":
            return f"提前{number}{_TITLES[self.unit]}"
        if self.kind == "posting":
            return f"公示期不少于{number}{_TITLES[self.unit]}"
        if self.kind == "yearly":
            return f"每年{self.value // 100}月{self.value % 100}日前"
        if self.kind == "recurring":
            return f"每{_PERIOD_TITLES[self.unit]}"
        return "及时" if self.kind == "prompt" else "长期"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A limit as written and what it says; no `parts`: nothing in it can be reckoned with."""

    text: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def normalised(self) -> str:
        """All parts in the words of the office."""
        return "；".join(part.text for part in self.parts)

    @property
    def has_exception(self) -> bool:
        """Whether the limit itself leaves room for another law (从其规定)."""
        return bool(_EXCEPTION.search(self.text))


def parse(text: str) -> TimeLimit:
    """The limit that a cell's text states. Never raises; an unreadable one has no parts."""
    folded = re.sub(r"[ \t\u3000]+", "", unicodedata.normalize("NFKC", text))
    parts = [part for clause in _CLAUSE.split(folded) if clause for part in _clause(clause)]
    return TimeLimit(text, tuple(dict.fromkeys(parts)))


def _clause(clause: str) -> Iterator[Part]:
    found = [*_measured(clause), *_repeated(clause)]
    yield from found
    if not found and _PROMPT.search(clause):
        yield Part("prompt")
    if _STANDING.search(clause):
        yield Part("standing")


def _measured(clause: str) -> Iterator[Part]:
    if match := _BEFORE.search(clause):
        yield Part(
            "before", _value(match[1]), _value(match[2] or "0"), _UNITS[match[3]], _anchor(clause[: match.start()])
        )
    elif match := _POSTING.search(clause) or _POSTED.search(clause):
        yield Part("posting", _value(match[1]), unit=_UNITS[match[2]])
    elif not _YEARLY.search(clause):
        for match in _WITHIN.finditer(clause):
            # “2019年”, “3月”, “1日前” are dates; a working day or an 内 makes a period.
            if match[2] == "工作日" or match[3] in ("内", "之内", "以内"):
                yield Part("within", _value(match[1]), unit=_UNITS[match[2]], anchor=_anchor(clause[: match.start()]))
                return


def _repeated(clause: str) -> Iterator[Part]:
    if match := _YEARLY.search(clause):
        yield Part("yearly", int(match[1]) * 100 + int(match[2]))
    elif match := _RECURRING.search(clause):
        word = match[1]
        yield Part("recurring", unit="half" if word == "半年" else _PERIODS[word])


def _anchor(words: str) -> str:
    found = _ANCHOR_ENDS.sub("", words)
    return re.sub(r"^(?:\d{1,2}[.、])?(?:应当|应)?自?(?:[该本](?=政府信息|信息))?", "", found)[-60:]


def _value(word: str) -> int:
    value = number_of(word)
    return int(value) if value is not None else 0


# ------------------------------------------------------------------ the law behind a written limit


def rule_of(limit: TimeLimit, basis: tuple[str, ...], day: date, region: str) -> str:
    """The id of the rule that the limit follows: of a law that the basis cites, with that very number; the general
    rule for its own number; "" where none or several fit."""
    fitting = {
        rule.id
        for part in limit.parts
        for rule, row in _rows(day, region)
        if _cited(row, basis) and _same(part, rule, row)
    }
    if len(fitting) == 1:
        return fitting.pop()
    general = next((row for rule, row in _rows(day, region) if rule.id == GENERAL_RULE), None)
    formed = [part for part in limit.parts if part.formed]
    if general and any(_same(part, all_rules()[GENERAL_RULE], general) for part in formed):
        return GENERAL_RULE
    return ""


def too_long(limit: TimeLimit, basis: tuple[str, ...], day: date, region: str) -> str:
    """What the limit exceeds, as a citation with its number; "" when it keeps within the law (条例 art. 26).

    More than the general rule allows is in order where the limit leaves room for another law, or where the basis cites
    a law whose own limit is as long.
    """
    rows = _rows(day, region)
    general = next((row for rule, row in rows if rule.id == GENERAL_RULE), None)
    longest = max((part.workdays for part in limit.parts), default=0)
    if general is None or not isinstance(general.value, int) or longest <= general.value or limit.has_exception:
        return ""
    allowed = max(
        (_workdays(rule, row) for rule, row in rows if rule.kind == "limit" and _cited(row, basis)), default=0
    )
    return "" if longest <= allowed else f"{general.cite}的{all_rules()[GENERAL_RULE].text_of(general)}"


@lru_cache(maxsize=16)
def _rows(day: date, region: str) -> tuple[tuple[Rule, RuleRow], ...]:
    """Every row of law in force there and then: the same for all rows of a catalogue."""
    return tuple((rule, row) for rule in all_rules().values() for row in rule.held(day, region))


def _cited(row: RuleRow, basis: tuple[str, ...]) -> bool:
    source = law(row.law) if row.law else None
    names = [name for name in (source.title, source.short, source.number) if name] if source else [row.cite]
    # 预算法 is not cited by who cites 预算法实施条例: behind the name stands no other character of a name.
    return any(re.search(rf"{re.escape(name)}(?=$|[》（(\s第])", line) for name in names for line in basis)


def _same(part: Part, rule: Rule, row: RuleRow) -> bool:
    kinds: dict[PartKind, str] = {"within": "limit", "before": "before", "posting": "posting", "yearly": "yearly"}
    if kinds.get(part.kind) != rule.kind:
        return False
    if part.kind == "yearly":
        return row.value == f"{part.value // 100}-{part.value % 100}"
    return (part.value, part.unit, part.upto) == (row.value, rule.unit, row.upto or 0)


def _workdays(rule: Rule, row: RuleRow) -> int:
    return Part("within", row.value, unit=rule.unit).workdays if isinstance(row.value, int) else 0
