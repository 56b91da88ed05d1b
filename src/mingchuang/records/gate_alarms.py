"""How often the gate is right: for each rule what it found in a period, and what people decided about it.

A finding is one place in one content: however often the same content is examined, and whether it was decided in the
draft or stood when the text was sent on, it counts once. 误报 (false alarm) and 属实，可以公开 (true, and answered for)
are told apart, because only the first says that a rule is too strict.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from mingchuang.core import now
from mingchuang.core.models import Event
from mingchuang.reading import gate as reader
from mingchuang.reading.gate.rules import CHECK_NAMES, Rule
from mingchuang.records.gate import STOPPING
from mingchuang.records.models import GateDecision, GateFinding, Revision

FALSE_ALARM = GateDecision.Verdict.FALSE_ALARM.value
JUSTIFIED = GateDecision.Verdict.JUSTIFIED.value
#: What a list may be asked for: everything found, or what was decided so.
SORTS = {"": "发现", FALSE_ALARM: "误报", JUSTIFIED: "属实，可以公开"}

_Key = tuple[int, str, str]  # revision, content, finding
_HALF_A_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Period:
    """Days in Beijing time, both included."""

    since: date
    until: date

    def asked(self, name: str) -> Q:
        """The condition that an event's moment (`name`) lies in the period."""
        start, end = (now.noon(day) - _HALF_A_DAY for day in (self.since, self.until + timedelta(days=1)))
        return Q(**{f"{name}__gte": start, f"{name}__lt": end})


@dataclass(frozen=True, slots=True)
class RuleCount:
    """A rule's figures. `documents` are the texts in which it found something."""

    rule: Rule
    found: int
    false_alarms: int
    justified: int
    documents: int

    @property
    def check(self) -> str:
        return CHECK_NAMES[self.rule.check]

    @property
    def rate(self) -> float:
        """False alarms among what was found, 0 … 1."""
        return self.false_alarms / self.found if self.found else 0.0

    def per_document(self, texts: int) -> float:
        """False alarms for each text that was examined."""
        return self.false_alarms / texts if texts else 0.0


@dataclass(frozen=True, slots=True)
class Counts:
    """All rules that found anything, and how many texts were examined in the period."""

    rules: tuple[RuleCount, ...]
    texts: int

    @property
    def found(self) -> int:
        return sum(one.found for one in self.rules)

    @property
    def false_alarms(self) -> int:
        return sum(one.false_alarms for one in self.rules)

    @property
    def justified(self) -> int:
        return sum(one.justified for one in self.rules)

    @property
    def per_document(self) -> float:
        return self.false_alarms / self.texts if self.texts else 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """One finding in a list: of which text, where, and what was decided (None: nothing yet)."""

    revision: int
    key: str
    rule: Rule
    result: str
    part: str
    at: date
    decision: GateDecision | None


def counts(period: Period) -> Counts:
    """The figures of a period, by check and rule; three queries, whatever there is."""
    found: dict[str, set[_Key]] = {}
    verdicts: dict[str, dict[str, set[_Key]]] = {FALSE_ALARM: {}, JUSTIFIED: {}}
    texts: set[int] = set(_examined(period).values_list("subject_id", flat=True))
    place = ("revision_id", "content_hash", "key")
    for rule, row, content, key in _findings(period).values_list("rule", *place):
        found.setdefault(rule, set()).add((row, content, key))
    for rule, verdict, row, content, key in _decisions(period).values_list("rule", "verdict", *place):
        found.setdefault(rule, set()).add((row, content, key))
        verdicts[verdict].setdefault(rule, set()).add((row, content, key))
    rules = tuple(
        RuleCount(
            rule,
            len(found[rule.id]),
            len(verdicts[FALSE_ALARM].get(rule.id, ())),
            len(verdicts[JUSTIFIED].get(rule.id, ())),
            len({revision for revision, _, _ in found[rule.id]}),
        )
        for rule in _rules(found)
    )
    texts |= {revision for places in found.values() for revision, _, _ in places}
    return Counts(rules, len(texts))


def lines(period: Period, *, rule: str = "", sort: str = "") -> list[Line]:
    """What stands behind a figure, the newest first."""
    asked = Q(rule=rule) if rule else Q()
    found: dict[_Key, Line] = {}
    decided: dict[_Key, GateDecision] = {}
    for made in _decisions(period).filter(asked).select_related("person", "event"):
        place = (made.revision_id, made.content_hash, made.key)
        decided[place] = made
        found[place] = _line(made, "", made.event.recorded_at, made)
    for row in _findings(period).filter(asked).select_related("event"):
        place = (row.revision_id, row.content_hash, row.key)
        found[place] = _line(row, row.part, row.event.recorded_at, decided.get(place))
    chosen = [one for one in found.values() if not sort or (one.decision and one.decision.verdict == sort)]
    return sorted(chosen, key=lambda one: (one.at, one.revision, one.key), reverse=True)


def _line(row: GateFinding | GateDecision, part: str, at: datetime, decision: GateDecision | None) -> Line:
    return Line(row.revision_id, row.key, _rules([row.rule])[0], row.result, part, now.day_of(at), decision)


def _rules(ids: Iterable[str]) -> list[Rule]:
    """The rules of these ids by check; one that is declared no more keeps its id for a title."""
    known = {one.id: one for one in reader.declared()}
    order = list(known)
    gone = [Rule(one, "wording", one, "这条规则已不再使用") for one in sorted(set(ids) - known.keys())]
    return sorted((known[one] for one in set(ids) & known.keys()), key=lambda one: order.index(one.id)) + gone


def _examined(period: Period) -> QuerySet[Event]:
    """The events at which a text was sent on for review: each time the whole of it was examined."""
    return Event.objects.filter(
        period.asked("recorded_at"), subject_kind=Revision.subject_kind(), machine=Revision.machine, move="submit"
    )


def _findings(period: Period) -> QuerySet[GateFinding]:
    return GateFinding.objects.filter(period.asked("event__recorded_at"), result__in=STOPPING)


def _decisions(period: Period) -> QuerySet[GateDecision]:
    return GateDecision.objects.filter(period.asked("event__recorded_at"))
