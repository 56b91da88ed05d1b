"""Signatures on paper held against their scans by the 政务公开办: which ones by lot, what came of it, what follows.

The lot falls by the link of the signature's event, which nobody knows before it is recorded and everybody can work
out afterwards: who records can neither foresee nor choose what will be looked at. See docs/practice.md (small offices).
"""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import models

from mingchuang.core import now
from mingchuang.core.actor import Actor, Way
from mingchuang.core.models import Event
from mingchuang.norms.outcome import Issue
from mingchuang.records.authorship import authors
from mingchuang.records.models import Approval, Record, Revision
from mingchuang.records.terms import Decision

MOVE: Final = "check_paper"
RULE: Final = "《政府信息公开条例》第十七条"
#: One signature in so many is drawn; of a week that is over at least one (the office's own measure, not law).
ONE_IN: Final = 5


class Outcome(models.TextChoices):
    """What a look at the scan said."""

    SAME = "same", "一致"
    DIFFERENT = "different", "不一致"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A signature on paper that waits for a look; `by_lot`: drawn, as against those that may be looked at besides."""

    approval: Approval
    week: tuple[int, int]
    by_lot: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """A look that was taken: at which signature, by whom, when, with which outcome and words."""

    approval: Approval
    by: str
    on: datetime.date
    outcome: Outcome
    reason: str


def waiting() -> list[Drawn]:
    """Signatures on paper nobody has looked at yet, those drawn by lot first, then by week, the oldest first."""
    weeks: dict[tuple[int, int], list[Approval]] = defaultdict(list)
    for row in _on_paper().select_related("event", "person", "recorder", "revision__record__unit"):
        weeks[_week(now.day_of(row.recorded_at))].append(row)
    seen, this_week = set(_outcomes()), _week(now.today())
    found = []
    for week, rows in weeks.items():
        lot = _by_lot(rows, over=week < this_week)
        open_rows = [row for row in rows if row.pk not in seen and row.revision.progress != Revision.Progress.VOID]
        found += [Drawn(row, week, row.pk in lot) for row in open_rows]
    return sorted(found, key=lambda drawn: (not drawn.by_lot, drawn.week, drawn.approval.pk))


def looked(limit: int) -> list[Looked]:
    """The looks taken last, newest first."""
    events = _looks().select_related("person", "text").order_by("-seq")[:limit]
    rows = _on_paper().select_related("person", "recorder", "revision__record__unit")
    by_key = rows.in_bulk([event.data["approval"] for event in events])
    return [_looked(event, by_key[event.data["approval"]]) for event in events if event.data["approval"] in by_key]


def of(revision: Revision) -> list[Looked]:
    """The looks taken at a text's signatures, oldest first."""
    rows = {row.pk: row for row in revision.approvals.select_related("person", "recorder")}
    events = _looks().filter(subject_id=revision.pk).select_related("person", "text").order_by("seq")
    return [_looked(event, rows[event.data["approval"]]) for event in events if event.data["approval"] in rows]


def alarms(revision: Revision) -> list[Issue]:
    """For each signature that the scan does not bear out: why this text may not be made public, nor stay so."""
    return [
        Issue(
            "records.paper_different",
            f"“{look.approval.step_title}”代录的{look.approval.person.name}签批，经{look.by}于{look.on:%Y-%m-%d}抽查，"
            f"与审签单不一致：{look.reason or '（理由已清除）'}。此稿不能公开，请撤回后重新审签；已经公开的，请撤下。",
            rule=RULE,
            context={"approval": look.approval.pk},
        )
        for look in of(revision)
        if look.outcome == Outcome.DIFFERENT
    ]


def alarming() -> models.QuerySet[Revision]:
    """Texts at work or public with a signature that its scan does not bear out."""
    different = _looks().filter(data__outcome=Outcome.DIFFERENT.value)
    living = models.Q(record__current=models.F("pk")) | models.Q(
        record__published=models.F("pk"), record__visibility=Record.Visibility.PUBLIC
    )
    return Revision.objects.filter(living, pk__in=list(different.values_list("subject_id", flat=True)))


def issues(revision: Revision, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """What speaks against writing this look down: no such signature, looked at already, by one who is party to it."""
    row = _on_paper().filter(revision=revision, pk=facts.get("approval") or 0).first()
    if row is None:
        return [Issue("records.no_paper", "没有这条代录的纸质签批。", field="approval", rule=RULE)]
    found = []
    if facts.get("outcome") not in Outcome.values:
        found.append(Issue("records.outcome", "请选择抽查结论：一致或者不一致。", field="outcome", rule=RULE))
    if facts.get("outcome") == Outcome.DIFFERENT and not str(facts.get("note") or "").strip():
        message = "结论为不一致的，请写明哪里不一致。"
        found.append(Issue("records.outcome_reason", message, field="note", rule=RULE))
    if row.pk in _outcomes():
        message = f"“{row.step_title}”的纸质签批已经抽查过，请刷新页面。"
        found.append(Issue("records.looked", message, field="approval", rule=RULE))
    if actor.person is not None and actor.person.pk in {row.person_id, row.recorder_id, *authors(revision)}:
        message = f"{actor.person.name}签字、代录或者起草了这一稿，须由另一人抽查。"
        found.append(Issue("records.own_paper", message, rule=RULE))
    return found


def _on_paper() -> models.QuerySet[Approval]:
    return Approval.objects.filter(via=Way.PAPER, decision=Decision.APPROVE)


def _looks() -> models.QuerySet[Event]:
    return Event.objects.filter(subject_kind=Revision.subject_kind(), machine=Revision.machine, move=MOVE)


def _outcomes() -> dict[int, str]:
    return {data["approval"]: data["outcome"] for data in _looks().values_list("data", flat=True)}


def _looked(event: Event, row: Approval) -> Looked:
    by = event.person.name if event.person else ""
    return Looked(row, by, event.happened_on, Outcome(event.data["outcome"]), event.note)


def _week(day: datetime.date) -> tuple[int, int]:
    return day.isocalendar()[:2]


def _lot(row: Approval) -> int:
    return int(hashlib.sha256(f"sample:{row.event.link}".encode()).hexdigest(), 16)


def _by_lot(rows: list[Approval], *, over: bool) -> set[int]:
    """Which of a week's signatures are drawn: once the week is over never none."""
    drawn = {row.pk for row in rows if _lot(row) % ONE_IN == 0}
    return drawn or ({min(rows, key=_lot).pk} if over else set())
