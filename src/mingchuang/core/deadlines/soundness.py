"""Whether deadlines say what their results say: for `verify`."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import OuterRef, Subquery

from mingchuang.core import verify
from mingchuang.core.models import ClockEntry, Deadline, DueResult, Event
from mingchuang.norms.outcome import Issue


def unsound() -> Iterator[Issue]:
    """Due days and days of completion that no result and no event bears out; deadlines that never started."""
    last = DueResult.objects.filter(deadline=OuterRef("pk")).order_by("-id")
    first = ClockEntry.objects.filter(deadline=OuterRef("pk")).order_by("id")
    done = Event.objects.filter(subject_kind=Deadline.subject_kind(), subject_id=OuterRef("pk"), move="meet")
    rows = Deadline.objects.order_by("pk").annotate(
        said=Subquery(last.values("due")[:1]),
        said_provisional=Subquery(last.values("provisional")[:1]),
        started=Subquery(first.values("on")[:1]),
        done_on=Subquery(done.order_by("-seq").values("happened_on")[:1]),
    )
    for row in rows.iterator(chunk_size=2000):
        shown = f"期限“{row.title}”（{row.pk}）"
        if row.started != row.anchor:
            yield Issue("deadlines.anchor", f"{shown}的起算日期与其计时记录不符。", context={"pk": row.pk})
        if (row.due, row.provisional) != (row.said, row.said_provisional):
            yield Issue("deadlines.due", f"{shown}的到期日与最近一次计算结果不符。", context={"pk": row.pk})
        if row.met_on != (row.done_on if row.clock == Deadline.Clock.MET else None):
            # A deadline that was made void after it was met keeps the day.
            if row.clock == Deadline.Clock.VOID and row.met_on == row.done_on:
                continue
            yield Issue("deadlines.met", f"{shown}的办结日期与其事件不符。", context={"pk": row.pk})


verify.register("deadlines", unsound)
