"""A clock of law as a fold over what happened: start, restart, pause, resume, extend.

Nothing is stored but the events; the due day is worked out from them, so it can be worked out again with the calendar
as it was known on any day. The rules of counting are in `docs/clock.md`, with the articles they come from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from mingchuang.norms.calendar import CalendarBook, WorkingDays
from mingchuang.norms.clock_lines import explain
from mingchuang.norms.duration import Stretch
from mingchuang.norms.outcome import Issue, refuse_if
from mingchuang.norms.wording import day_text


@dataclass(frozen=True, slots=True)
class Start:
    """The event from which the time runs: receipt, decision, publication. The day itself is not counted."""

    on: date


@dataclass(frozen=True, slots=True)
class Restart:
    """The time runs anew from here: the corrected application arrived (政府信息公开条例 第三十条).

    Consultations that are still open end with the time that they held up; an opinion that arrives later is history
    and moves nothing. Who is asked anew is paused anew.
    """

    on: date


@dataclass(frozen=True, slots=True)
class Pause:
    """Time that does not count begins after this day, which itself counts as used. `who` is consulted."""

    on: date
    who: str = ""


@dataclass(frozen=True, slots=True)
class Resume:
    """The opinion of `who` arrived on this day, which is the last that does not count."""

    on: date
    who: str = ""


@dataclass(frozen=True, slots=True)
class Extend:
    """The head of the office granted `amount` more of the rule's own unit on this day and the applicant was told."""

    on: date
    amount: int


Event = Start | Restart | Pause | Resume | Extend


@dataclass(frozen=True)
class ClockResult:
    """Where a clock stands.

    `state`: not_started, running or paused. `due` is None while not started or paused. `used` and `remaining` are in
    the unit (days for weeks, months and years) as of `as_of`; `granted` is what extensions added, in the rule's unit.
    `spans` are the stretches that do not count, each from the day after the first to the second day, merged; the last
    is open (None) while paused. `issues` are events that the law does not allow and that were therefore left out, such
    as a late extension, and what else moved nothing.
    """

    stretch: Stretch
    events: tuple[Event, ...]
    state: str
    start: date | None
    due: date | None
    nominal: date | None
    total: int
    used: int
    as_of: date | None
    granted: int
    spans: tuple[tuple[date, date | None], ...]
    issues: tuple[Issue, ...]

    @property
    def remaining(self) -> int:
        """Units left as of `as_of`; never below 0."""
        return max(self.total - self.used, 0)

    @property
    def careful(self) -> date | None:
        """One working day before the due day where a consultation was counted out: the internal target (our advice)."""
        return self.stretch.days.add(self.due, -1).day if self.due and self.spans else None

    @property
    def provisional(self) -> bool:
        """Whether a year on the way has no national notice."""
        return bool(self.start and self.due and self.stretch.days.is_provisional(self.start, self.due))

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is provisional."""
        return self.stretch.days.provisional_reasons(self.start, self.due) if self.start and self.due else ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a careful clerk should know about the calendar on the way."""
        return self.stretch.days.remarks(self.start, self.due) if self.start and self.due else ()

    @cached_property
    def lines(self) -> list[str]:
        """The explanation in Chinese: events, then day by day."""
        return explain(self)


def fold(
    value: int,
    unit: str,
    events: Iterable[Event],
    days: WorkingDays,
    *,
    as_of: date | None = None,
    max_extension: int | None = None,
    extensions: int = 1,
) -> ClockResult:
    """Fold `events` (any order; sorted by day here, stable) into a result.

    `value` and `unit` are the rule's; days are calendar days in China, moments for hours (naive, China time).
    `max_extension` is the most that one extension may grant (`RuleInForce.max_extension`; 0: the law knows none),
    `extensions` how many there may be. Raises `Refused` when the history cannot be: no start, a start twice, a resume
    without its pause.
    """
    clock = _Fold(Stretch(value, unit, days), max_extension, extensions)
    ordered = tuple(sorted(events, key=lambda event: event.on))
    for event in ordered:
        clock.take(event)
    refuse_if(clock.broken)
    return clock.result(ordered, as_of)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The same history with the calendar as known then and as known now."""

    then: ClockResult
    now: ClockResult
    known_on: date

    @property
    def changed(self) -> bool:
        """Whether a notice issued since then moved the due day."""
        return self.then.due != self.now.due

    @property
    def sentence(self) -> str:
        """Both results in one sentence."""
        then = day_text(self.then.due) if self.then.due else "未定"
        now = day_text(self.now.due) if self.now.due else "未定"
        if not self.changed:
            return f"按{self.known_on}所知和按现在所知，期限都到{now}。"
        return f"按{self.known_on}所知，期限到{then}；按现在所知，期限到{now}。"


def then_and_now(
    value: int,
    unit: str,
    events: Sequence[Event],
    *,
    book: CalendarBook,
    region: str,
    known_on: date,
    max_extension: int | None = None,
    extensions: int = 1,
) -> Comparison:
    """Fold once with the calendar as known on `known_on` and once as known now; the rest as for `fold`."""

    def known(day: date | None) -> ClockResult:
        days = book.working_days(region, day)
        return fold(value, unit, events, days, max_extension=max_extension, extensions=extensions)

    return Comparison(known(known_on), known(None), known_on)


class _Fold:
    """The fold's working state; `take` never raises, so that all faults of a history are told together."""

    def __init__(self, stretch: Stretch, max_extension: int | None, extensions: int) -> None:
        self.stretch = stretch
        self.max_extension = max_extension
        self.extensions = extensions
        self.start: date | None = None
        self.open: dict[str, date] = {}
        self.closed: list[tuple[date, date]] = []
        self.forgotten: set[str] = set()
        self.extra = 0
        self.extended = 0
        self.issues: list[Issue] = []
        self.broken: list[Issue] = []

    def take(self, event: Event) -> None:
        if isinstance(event, Start):
            if self.start is not None:
                self._break("started_twice", f"{event.on}再次开始计时；如系补正后重新计时，应记为重新计时。")
            else:
                self._begin(event.on)
        elif self.start is None:
            self._break("not_started", f"{event.on}之前没有开始计时的记录。")
        elif isinstance(event, Restart):
            self._begin(event.on)
        elif isinstance(event, Pause):
            self._pause(event)
        elif isinstance(event, Resume):
            self._resume(event)
        else:
            self._extend(event)

    def _begin(self, on: date) -> None:
        self.forgotten |= self.open.keys()
        self.start, self.open, self.closed, self.extra, self.extended = on, {}, [], 0, 0

    def _pause(self, event: Pause) -> None:
        if event.who in self.open:
            self._break("paused_twice", f"{event.on}重复暂停（{event.who or '未写明对象'}），前一次尚未恢复。")
            return
        due = self.last_day()
        if due is not None and event.on > due:
            self._leave_out("pause_late", f"{event.on}征求意见时，期限已于{due}届满，不影响期限。")
        self.open[event.who] = event.on
        self.forgotten.discard(event.who)

    def _resume(self, event: Resume) -> None:
        who = event.who or "未写明对象"
        if event.who in self.open:
            self.closed.append((self.open.pop(event.who), event.on))
        elif event.who in self.forgotten:
            self.forgotten.remove(event.who)
            message = f"{event.on}收到意见（{who}）时，已因补正重新计时，不影响期限。"
            self.issues.append(Issue("clock.resume_forgotten", message, severity="remark"))
        else:
            self._break("not_paused", f"{event.on}恢复计时，但此前没有对应的暂停（{who}）。")

    def _extend(self, event: Extend) -> None:
        due = self.last_day()
        if self.max_extension == 0:
            self._leave_out("extension_none", f"{event.on}延期无效：所依据的规定没有延长期限一项。")
        elif due is not None and event.on > due:
            self._leave_out("extension_late", f"{event.on}延期时，期限已于{due}届满，延期无效。")
        elif self.extended >= self.extensions:
            self._leave_out("extension_again", f"{event.on}再次延期无效，依法只能延期{self.extensions}次。")
        elif self.max_extension is not None and event.amount > self.max_extension:
            self._leave_out("extension_long", f"延期{event.amount}超过法定上限{self.max_extension}，延期无效。")
        else:
            self.extra += event.amount
            self.extended += 1

    def total(self, start: date) -> int:
        """Countable units from `start`, extensions included: a month more is a month and not thirty days."""
        return replace(self.stretch, amount=self.stretch.amount + self.extra).units_from(start)

    def last_day(self) -> date | None:
        """The due day with what is known so far, moved for rest days: until then everything is in time."""
        due = self.due()
        return None if due is None else self.stretch.rolled(due)

    def due(self) -> date | None:
        """The last day, with what is known so far; None while a pause holds it open. Not yet moved for rest days."""
        if self.start is None:
            return None
        cursor, left = self.start, self.total(self.start)
        for first, last in self.spans():
            if self.stretch.rolled(self.stretch.after(cursor, left)) < first:
                break
            # The day the question is sent counts as used; if it was the last, or one to which the last was moved, the
            # answer is due when the reply comes.
            left = max(left - max(self.stretch.count(cursor, first), 0), 0)
            if last is None:
                return None
            cursor = last
            if left == 0:
                return self.stretch.days.on_or_after(cursor) if self.stretch.unit != "hour" else cursor
        return self.stretch.after(cursor, left)

    def spans(self) -> list[tuple[date, date | None]]:
        """The stretches that do not count, merged and in order; an open one swallows all that follow."""
        if self.start is None:
            return []
        merged: list[tuple[date, date | None]] = []
        all_spans = [*self.closed, *((first, None) for first in self.open.values())]
        for first, last in sorted(all_spans, key=lambda span: span[0]):
            before = merged[-1] if merged else None
            if before and (before[1] is None or first <= before[1]):
                end = None if before[1] is None or last is None else max(before[1], last)
                merged[-1] = (before[0], end)
            else:
                merged.append((first, last))
        return merged

    def used(self, as_of: date) -> int:
        """Units used from the start up to and including `as_of`."""
        if self.start is None or as_of <= self.start:
            return 0
        used, cursor = 0, self.start
        for first, last in self.spans():
            if first >= as_of:
                break
            used += max(self.stretch.count(cursor, first), 0)
            if last is None or last >= as_of:
                return used
            cursor = last
        return used + max(self.stretch.count(cursor, as_of), 0)

    def result(self, events: tuple[Event, ...], as_of: date | None) -> ClockResult:
        nominal = self.due()
        until = as_of or (events[-1].on if events else None)
        state = "not_started" if self.start is None else "paused" if self.open and nominal is None else "running"
        return ClockResult(
            stretch=self.stretch,
            events=events,
            state=state,
            start=self.start,
            due=self.stretch.rolled(nominal) if nominal else None,
            nominal=nominal,
            total=self.total(self.start) if self.start else self.stretch.amount,
            used=self.used(until) if until else 0,
            as_of=until,
            granted=self.extra,
            spans=tuple(self.spans()),
            issues=tuple(self.issues),
        )

    def _break(self, code: str, message: str) -> None:
        self.broken.append(Issue(f"clock.{code}", message))

    def _leave_out(self, code: str, message: str) -> None:
        self.issues.append(Issue(f"clock.{code}", message, severity="warning"))
