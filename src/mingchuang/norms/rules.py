"""Every number of law, once: value, unit, where and since when it holds, on what basis.

A rule has rows; a row belongs to a region and a time. `rule("penalty.publish").at(day, region)` gives what is in force
there and then: every row of the region and those above it, and the strictest of them, which applies. A local row may
be stricter than the national one, never looser. The rule is chosen by the day of the event that is judged.
"""

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mingchuang.norms import regions
from mingchuang.norms.notice import CONFIRMED
from mingchuang.norms.outcome import Refused, refuse

if TYPE_CHECKING:
    from mingchuang.norms.due import RuleDue

FOLDER = Path(__file__).parent / "rules"

#: What a rule measures. The last three have no due day.
KINDS: Mapping[str, str] = {
    "limit": "期限：须在此后若干时间内办理",
    "before": "提前：须在此前若干时间办理",
    "posting": "时长：至少持续若干时间",
    "range": "时长：在最短与最长之间",
    "yearly": "每年固定日期前",
    "measure": "指标",
    "principle": "原则，没有数字",
}
UNITS: Mapping[str, str] = {
    "workday": "个工作日",
    "day": "日",
    "week": "周",
    "month": "个月",
    "year": "年",
    "hour": "小时",
    "percent": "%",
    "count": "次",
    "point": "分",
    "person": "人",
    "": "",
}
#: Of two numbers the stricter one: the smaller for a limit, the larger for notice given, posting and rates.
_STRICTER: Mapping[str, str] = {"limit": "less", "before": "more", "posting": "more", "range": "more", "yearly": "less"}
FORCES = ("法定", "上级要求", "本级要求", "建议")


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One basis of a rule. `value` is a number, or "month-day" for a yearly rule; `upto` the other end of a range."""

    rule: str
    region: str
    since: date
    until: date | None
    value: int | str | None
    upto: int | None
    cite: str
    quote: str
    status: str
    force: str
    law: str = ""
    article: str = ""
    worded: str = ""
    note: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether the words were read and are quoted."""
        return self.status == CONFIRMED

    def holds(self, day: date, chain: tuple[str, ...]) -> bool:
        """Whether the row is in force on `day` for a region with these codes above it."""
        return self.region in chain and self.since <= day and (self.until is None or day <= self.until)

    def to_json(self) -> dict[str, str | int | None]:
        """The row as plain JSON values, without its internal links."""
        return {
            "region": self.region,
            "from": self.since.isoformat(),
            "to": self.until.isoformat() if self.until else None,
            "value": self.value,
            "upto": self.upto,
            "cite": self.cite,
            "quote": self.quote or None,
            "status": self.status,
            "force": self.force,
            "note": self.note or None,
        }

    @property
    def basis(self) -> str:
        """The basis in one line: citation, quote in quotation marks, and 依据待核 where nothing was read."""
        quote = f"：“{self.quote}”" if self.quote else f"（{self.status}）"
        return f"{self.cite}{quote}"


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """What applies on one day in one region: `strictest` is the row that binds, `all` the rows in force."""

    rule: "Rule"
    day: date
    region: str
    strictest: RuleRow
    all: tuple[RuleRow, ...]

    @property
    def value(self) -> int:
        """The number that binds. Raises `Refused` for a principle and for a yearly date, which have none."""
        if not isinstance(self.strictest.value, int):
            raise refuse("rule.no_number", f"“{self.rule.title}”不是以数字规定的。", rule=self.rule.id)
        return self.strictest.value

    @property
    def upto(self) -> int | None:
        """The other end where the rule is a range (1–3 months)."""
        return self.strictest.upto

    @property
    def unit(self) -> str:
        """A key of `UNITS`."""
        return self.rule.unit

    @property
    def max_extension(self) -> int:
        """By how much the time may be extended, once, in its own unit; 0 where no rule in force allows it."""
        held = all_rules()[self.rule.extension].held(self.day, self.region) if self.rule.extension else ()
        return max((row.value for row in held[:1] if isinstance(row.value, int)), default=0)

    @property
    def text(self) -> str:
        """“7个工作日”, “1—3个月”, “1月31日前”, “不低于4%”."""
        return self.rule.text_of(self.strictest)


@dataclass(frozen=True, slots=True)
class Rule:
    """A duty with its number; `row` is its place in the master table (D10) or empty, `extension` the rule that says
    by how much its time may be extended."""

    id: str
    title: str
    kind: str
    unit: str
    anchor: str
    strict: str
    row: str
    text: str
    rows: tuple[RuleRow, ...]
    extension: str = ""

    def at(self, day: date, region: str) -> RuleInForce:
        """The rule on `day` in `region`. Raises `Refused` when none is in force then, saying since when one is."""
        ordered = self.held(day, region)
        if not ordered:
            raise self._not_in_force(day, region, regions.chain(region))
        return RuleInForce(self, day, region, ordered[0], ordered)

    def held(self, day: date, region: str) -> tuple[RuleRow, ...]:
        """The rows in force on `day` in `region`, the one that binds first; empty when there is none."""
        chain = regions.chain(region)
        held = [row for row in self.rows if row.holds(day, chain)]
        held.sort(key=lambda row: (self.strictness(row), not row.confirmed, regions.level(row.region)))
        return tuple(held)

    def strictness(self, row: RuleRow) -> int:
        """Smaller is stricter; rows of one rule are compared by it."""
        if row.value is None:
            return 0
        if isinstance(row.value, str):
            month, day = month_day(row.value)
            return month * 100 + day
        return row.value if self.strict == "less" else -row.value

    def text_of(self, row: RuleRow) -> str:
        """The number of a row in words."""
        if row.value is None:
            return self.text or "没有数字"
        if isinstance(row.value, str):
            month, day = month_day(row.value)
            return f"{month}月{day}日前"
        number = f"{row.value}—{row.upto}" if row.upto else str(row.value)
        bound = {"posting": "不少于", "before": "提前", "range": ""}.get(self.kind, "")
        if self.kind == "measure":
            bound = "不低于" if self.strict == "more" else "不超过"
        return f"{bound}{number}{UNITS[self.unit]}"

    def _not_in_force(self, day: date, region: str, chain: tuple[str, ...]) -> Refused:
        own = [row for row in self.rows if row.region in chain]
        head = f"“{self.title}”（{self.id}）在{day}对{regions.name(region)}没有现行依据"
        if not own:
            places = "、".join(dict.fromkeys(regions.name(row.region) for row in self.rows))
            tail = f"，该规定只适用于{places}。"
        elif day < min(row.since for row in own):
            first = min(own, key=lambda row: row.since)
            tail = f"，自{first.since}起施行（{first.cite}）。"
        else:
            last = max(own, key=lambda row: row.until or row.since)
            tail = f"，已于{last.until}到期（{last.cite}）。"
        return refuse("rule.not_in_force", head + tail, rule=self.id, field="date", day=day.isoformat(), region=region)


def rule(rule_id: str) -> Rule:
    """The rule of that id. Raises `Refused` with the nearest ids when there is none."""
    known = all_rules()
    found = known.get(rule_id)
    if found is None:
        near = near_ids(rule_id)
        hint = (
            f"相近的有：{'、'.join(f'{i}（{known[i].title}）' for i in near)}。"
            if near
            else "可用 docs/rules.md 查找。"
        )
        raise refuse("rule.unknown", f"没有名为“{rule_id}”的规则。{hint}", field="rule", near=list(near))
    return found


def near_ids(rule_id: str) -> tuple[str, ...]:
    """Ids like a mistyped one: close in spelling, or sharing a word of the id or of the Chinese title."""
    known = all_rules()
    close = difflib.get_close_matches(rule_id, known, n=5, cutoff=0.6)
    words = [word for word in rule_id.lower().split(".") if len(word) > 1]
    close += [i for i, r in known.items() if any(word in i or word in r.title for word in words)]
    return tuple(dict.fromkeys(close))[:5]


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by id, in the order of the files."""
    rules: dict[str, Rule] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for found in _read(path):
            if found.id in rules:
                raise ValueError(f"{path.name}: rule {found.id} stands in another file too")
            rules[found.id] = found
    for found in rules.values():
        if found.extension and (found.extension not in rules or rules[found.extension].unit != found.unit):
            raise ValueError(f"{found.id}: its extension {found.extension} is no rule, or one in another unit")
    return rules


def month_day(value: str) -> tuple[int, int]:
    """“1-31” → (1, 31)."""
    month, day = value.split("-")
    return int(month), int(day)


def _read(path: Path) -> Iterator[Rule]:
    def walk(prefix: str, table: Mapping[str, Any]) -> Iterator[Rule]:
        if "title" in table:
            yield _rule(prefix, table)
        for key, value in table.items():
            if isinstance(value, dict):
                yield from walk(f"{prefix}.{key}" if prefix else key, value)

    yield from walk("", tomllib.loads(path.read_text("utf-8")))


def _rule(rule_id: str, data: Mapping[str, Any]) -> Rule:
    kind, unit = data["kind"], data.get("unit", "")
    if kind not in KINDS or unit not in UNITS:
        raise ValueError(f"{rule_id}: unknown kind {kind!r} or unit {unit!r}")
    return Rule(
        id=rule_id,
        title=data["title"],
        kind=kind,
        unit=unit,
        anchor=data.get("anchor", ""),
        strict=data.get("strict") or _STRICTER.get(kind, "less"),
        row=data.get("row", ""),
        text=data.get("text", ""),
        rows=tuple(_row(rule_id, row) for row in data["since"]),
        extension=data.get("extension", ""),
    )


def _row(rule_id: str, data: Mapping[str, Any]) -> RuleRow:
    if not data["cite"]:
        raise ValueError(f"{rule_id}: no number without a citation")
    return RuleRow(
        rule=rule_id,
        region=data["region"],
        since=data["from"],
        until=data.get("to"),
        value=data.get("value"),
        upto=data.get("upto"),
        cite=data["cite"],
        quote=data["quote"],
        status=data["status"],
        force=data["force"],
        law=data.get("law", ""),
        article=data.get("article", ""),
        worded=data.get("worded", ""),
        note=data.get("note", ""),
    )


def due(rule_id: str, anchor: date, region: str, known_on: date | None = None) -> "RuleDue":
    """The due day of a rule with the shipped calendars; `norms.due.due` takes an installation's own."""
    from mingchuang.norms.due import due as reckon  # noqa: PLC0415 - due needs the rules of this module

    return reckon(rule_id, anchor, region, known_on)
