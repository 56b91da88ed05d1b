"""政策解读: of the policies that a unit made public in a year, how many are explained, in time, in pictures.

解读率 = policies with an interpretation ÷ policies; 图解率 = policies explained in pictures ÷ policies explained;
及时率 = policies explained within the time of the rule ÷ policies whose time is over or that are explained: one that
is overdue and not explained counts as a failure, one not due yet stays outside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings

from mingchuang.core import calendars
from mingchuang.norms.due import due
from mingchuang.norms.outcome import Refused
from mingchuang.norms.rules import rule
from mingchuang.records import queries, references
from mingchuang.records.figures import Figures, Line, Sheet, counted, share
from mingchuang.records.kinds.interpretation.models import GRAPHIC, Interpretation
from mingchuang.records.queries import Row

_HEADS = ("单位", "政策文件", "已解读", "解读率", "按时解读率", "图解率", "主要负责人解读")
_TOTAL = "total"


@dataclass(slots=True)
class _Said:
    """What explains one policy: records, the earliest day, whether in pictures."""

    records: list[int] = field(default_factory=list)
    since: date | None = None
    graphic: bool = False


def years() -> tuple[int, ...]:
    """The years in which policies became public, newest first."""
    found = queries.public().filter(kind="policy").order_by("-year").values_list("year", flat=True).distinct()
    return tuple(year for year in found if year is not None)


def _sheet(year: int, day: date) -> Sheet:
    policies = queries.rows(queries.public().filter(kind="policy", year=year).order_by("pk"))
    said, leaders = _explained(), _leaders(year)
    by_unit: dict[str, list[Row]] = defaultdict(list)
    for row in policies:
        by_unit[row.unit_code].append(row)
    names = {row.unit_code: row.unit_name for row in policies} | {code: name for code, (name, _) in leaders.items()}
    look = _Look(year, day, said)
    every = [record for _, records in leaders.values() for record in records]
    lines = [look.line(code, names[code], by_unit[code], leaders.get(code, ("", ()))[1]) for code in sorted(names)]
    total = look.line(_TOTAL, "合计", policies, every)
    policies_told, explained, rate = (cell.text for cell in total.cells[:3])
    sentence = f"{year} 年公开政策文件 {policies_told} 件，已解读 {explained} 件，解读率 {rate}。"
    return Sheet(_HEADS, (*lines, total), sentence)


@dataclass(frozen=True, slots=True)
class _Look:
    year: int
    day: date
    said: Mapping[str, _Said]

    def line(self, key: str, head: str, policies: Iterable[Row], leaders: Iterable[int]) -> Line:
        """One unit, or all of them."""
        known = list(policies)
        explained = {row.id: found for row in known if (found := self._of(row)) is not None}
        owed = [row for row in known if row.id in explained or self._over(row)]
        in_time = [row.id for row in owed if row.id in explained and not self._late(row, explained[row.id])]
        pictured = [pk for pk, found in explained.items() if found.graphic]
        return Line(
            key,
            head,
            (
                counted(row.id for row in known),
                counted(explained),
                share(explained, (row.id for row in known), least=self._least("interpretation.rate")),
                share(in_time, (row.id for row in owed)),
                share(pictured, explained, least=self._least("interpretation.graphic_rate")),
                counted(leaders),
            ),
        )

    def _of(self, row: Row) -> _Said | None:
        return self.said.get(row.index_number) or self.said.get(row.doc_number)

    def _over(self, row: Row) -> bool:
        until = _until(row)
        return until is not None and until < self.day

    def _late(self, row: Row, found: _Said) -> bool:
        until = _until(row)
        return until is not None and found.since is not None and found.since > until

    def _least(self, rule_id: str) -> int | None:
        """What the rule asks for in this year; None where none is in force."""
        held = rule(rule_id).held(date(self.year, 12, 31), settings.MINGCHUANG_REGION)
        return held[0].value if held and isinstance(held[0].value, int) else None


def _until(row: Row) -> date | None:
    """The last day for the interpretation of a policy; None where the rule does not bind."""
    try:
        return due("interpretation.publish", row.published_on, settings.MINGCHUANG_REGION, book=calendars.book()).day
    except Refused:
        return None


def _explained() -> Mapping[str, _Said]:
    """Number of a policy (索引号 or 文号) → what explains it."""
    public = queries.public().filter(kind="interpretation").values_list("published_id", "pk", "published_on")
    records = {text: (pk, day) for text, pk, day in public}
    found: dict[str, _Said] = defaultdict(_Said)
    texts = Interpretation.objects.filter(pk__in=records).exclude(interprets="")
    for text, number, form in texts.values_list("pk", "interprets", "form"):
        pk, day = records[text]
        one = found[references.spelling(number)]
        one.records.append(pk)
        if day is not None:
            one.since = min(day, one.since or day)
        one.graphic = one.graphic or form in GRAPHIC
    return dict(found)


def _leaders(year: int) -> Mapping[str, tuple[str, Sequence[int]]]:
    """Unit → (name, interpretations of the year by the heads of units)."""
    texts = Interpretation.objects.filter(head_of_unit="yes").values("pk")
    found: dict[str, tuple[str, list[int]]] = {}
    for row in queries.rows(queries.public().filter(kind="interpretation", year=year, published_id__in=texts)):
        found.setdefault(row.unit_code, (row.unit_name, []))[1].append(row.id)
    return found


FIGURES = Figures(
    id="interpretation",
    title="政策解读率",
    rule="青政办发〔2019〕60号 一（五）；国办发〔2016〕80号",
    how="按公开年度。点“率”看没有做到的；还没有到期的不算迟，到期没有解读的算没有按时。",
    years=years,
    build=_sheet,
)
