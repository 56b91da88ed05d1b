"""Deadlines: worked out from entries, explained, recomputed when a notice arrives, never stored as overdue."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

pytestmark = pytest.mark.db

NOTICE = """
region = "100000"
years = [2027]
number = "国办发明电〔2026〕99号"
title = "关于2027年部分节假日安排的通知（测试用）"
issued = 2026-11-05
[[holiday]]
name = "元旦"
from = 2027-01-01
to = 2027-01-03
"""


def begin(cast: Any, anchor: date, rule: str = "foi.reply", **kwargs: Any) -> Any:
    from mingchuang.core import deadlines

    return deadlines.start(cast.bureau, rule, anchor, cast.bureau, **kwargs)


def test_a_deadline_is_due_by_the_rule_and_says_why(cast: Any) -> None:
    from mingchuang.core import deadlines

    deadline = begin(cast, date(2026, 6, 1))
    assert deadline.due == date(2026, 6, 30)  # 20 working days over 端午节, 19 June
    assert (deadline.clock, deadline.provisional, deadline.limit) == ("running", False, "20个工作日")
    lines = deadlines.explain(deadline)
    assert "政府信息公开条例" in lines[0]
    assert any("端午节" in line and "不计" in line for line in lines)


def test_overdue_is_a_question_and_the_due_day_itself_is_in_time(cast: Any) -> None:
    from mingchuang.core.models import Deadline

    deadline = begin(cast, date(2026, 6, 1))
    assert list(Deadline.objects.overdue(date(2026, 6, 30))) == []
    assert list(Deadline.objects.overdue(date(2026, 7, 1))) == [deadline]
    assert list(Deadline.objects.due_between(date(2026, 6, 30), date(2026, 7, 3))) == [deadline]


def test_pause_and_resume_move_the_due_day_and_keep_every_result(cast: Any) -> None:
    from mingchuang.core import deadlines, now

    office = cast.actor("office")
    deadline = begin(cast, date(2026, 6, 1))
    deadlines.pause(deadline, office, who="第三方甲", note="征求第三方意见")
    deadlines.pause(deadline, office, who="第三方乙", note="征求第三方意见")
    assert (deadline.clock, deadline.due) == ("paused", None)
    with now.travel(date(2026, 6, 22)):
        deadlines.resume(deadline, office, who="第三方甲")
        assert (deadline.clock, deadline.due) == ("paused", None)
        deadlines.resume(deadline, office, who="第三方乙")
    # 10 of 20 days were used up to 15 June; 22 June is the last that does not count.
    assert (deadline.clock, deadline.due) == ("running", date(2026, 7, 6))
    assert [row.due for row in deadline.results.all()] == [date(2026, 6, 30), None, None, None, date(2026, 7, 6)]


def test_a_late_extension_is_refused_because_the_law_would_leave_it_out(cast: Any) -> None:
    from mingchuang.core import deadlines, now
    from mingchuang.norms.outcome import Refused

    deadline = begin(cast, date(2026, 6, 1))
    with now.travel(date(2026, 7, 1)), pytest.raises(Refused) as refusal:
        deadlines.extend(deadline, cast.actor("office"), amount=20, note="案情复杂")
    assert [issue.code for issue in refusal.value.issues] == ["clock.extension_late"]
    deadlines.extend(deadline, cast.actor("office"), amount=20, note="案情复杂")
    assert deadline.due == date(2026, 7, 28)


def test_met_in_time_and_reopened(cast: Any) -> None:
    from mingchuang.core import deadlines
    from mingchuang.core.models import Deadline

    deadline = begin(cast, date(2026, 6, 1))
    deadlines.meet(deadline, cast.actor("office"))
    assert (deadline.clock, deadline.met_on) == ("met", date(2026, 6, 15))
    assert deadlines.explain(deadline)[-1].endswith("按期办结。")
    assert list(Deadline.objects.open()) == []
    deadlines.reopen(deadline, cast.actor("office"), note="答复有误")
    assert (deadline.clock, deadline.met_on) == ("running", None)


def test_a_new_notice_recomputes_what_it_changes_with_an_event_and_both_results(cast: Any) -> None:
    from mingchuang.core import calendar_notices, deadlines
    from mingchuang.core.actor import Actor
    from mingchuang.core.models import Event

    moved = begin(cast, date(2026, 12, 15))
    untouched = begin(cast, date(2026, 6, 1))
    assert (moved.due, moved.provisional) == (date(2027, 1, 12), True)
    calendar_notices.add(NOTICE.encode(), "national-2027.toml", Actor.system())
    moved.refresh_from_db()
    assert (moved.due, moved.provisional) == (date(2027, 1, 13), False)
    event = Event.objects.get(subject_kind="core.deadline", subject_id=moved.pk, move="recompute")
    assert event.data["due"] == ["2027-01-12", "2027-01-13"]
    assert [row.due for row in moved.results.all()] == [date(2027, 1, 12), date(2027, 1, 13)]
    assert not Event.objects.filter(subject_kind="core.deadline", subject_id=untouched.pk, move="recompute").exists()
    then, today = deadlines.then_and_now(moved, date(2026, 11, 1))
    assert (then.due, today.due) == (date(2027, 1, 12), date(2027, 1, 13))
    assert deadlines.recompute("再次") == 0


def test_a_notice_that_is_there_already_or_damaged_is_refused_and_leaves_nothing(cast: Any, settings: Any) -> None:
    from mingchuang.core import calendar_notices, calendars
    from mingchuang.core.actor import Actor
    from mingchuang.core.models import CalendarNotice
    from mingchuang.norms.outcome import Refused

    calendar_notices.add(NOTICE.encode(), "national-2027.toml", Actor.system())
    for data, name in (
        (NOTICE.encode(), "national-2027.toml"),
        (b"\xff", "a.toml"),
        (b"x = 1", "b.toml"),
        (b"", "c.txt"),
    ):
        with pytest.raises(Refused):
            calendar_notices.add(data, name, Actor.system())
    assert CalendarNotice.objects.count() == 1
    assert [path.name for path in calendars.paths()] == ["national-2027.toml"]
    assert list(calendar_notices.missing()) == []


def test_a_file_put_into_the_folder_by_hand_is_found_and_adopted(cast: Any) -> None:
    from mingchuang.core import calendar_notices, calendars
    from mingchuang.core.actor import Actor

    (calendars.folder() / "national-2027.toml").write_text(NOTICE, "utf-8")
    assert [issue.code for issue in calendar_notices.missing()] == ["calendar.unknown"]
    assert calendar_notices.adopt(Actor.system()) == 1
    assert list(calendar_notices.missing()) == []
    assert calendar_notices.adopt(Actor.system()) == 0


def test_a_named_day_needs_no_rule_and_cannot_be_paused(cast: Any) -> None:
    from mingchuang.core import deadlines
    from mingchuang.norms.outcome import Refused

    deadline = deadlines.start_until(
        cast.bureau, date(2026, 12, 31), cast.bureau, title="年底前完成", cite="样例文件 一（一）1"
    )
    assert deadline.due == date(2026, 12, 31)
    assert "依据：样例文件 一（一）1。" in deadlines.explain(deadline)
    with pytest.raises(Refused):
        deadlines.start(cast.bureau, "no.such.rule", date(2026, 6, 1), cast.bureau)


def test_moves_carry_their_clocks(cast: Any) -> None:
    from mingchuang.core import deadlines
    from mingchuang.core.act import act
    from mingchuang.core.deadlines import follow_clocks
    from mingchuang.core.models import Deadline

    actor = cast.actor("office")
    event = act(cast.bureau, "set_capabilities", actor)
    follow_clocks(cast.bureau, event, actor, {"starts": ("foi.reply",)}, {})
    deadline = Deadline.objects.get()
    assert (deadline.anchor, deadline.unit, deadline.region) == (date(2026, 6, 15), cast.bureau, "999901")
    for verb, clock, facts in (
        ("pauses", "paused", {"consulted": "甲"}),
        ("resumes", "running", {"consulted": "甲"}),
        ("extends", "running", {"extend_by": 20}),
        ("meets", "met", {}),
    ):
        follow_clocks(cast.bureau, event, actor, {verb: ("foi.reply",)}, facts)
        deadline.refresh_from_db()
        assert deadline.clock == clock
    assert deadlines.explain(deadline)[-1].endswith("按期办结。")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"due": date(2030, 1, 1)}, "deadlines.due"),
        ({"anchor": date(2026, 6, 2)}, "deadlines.anchor"),
        ({"met_on": date(2026, 6, 3)}, "deadlines.met"),
        ({"clock": "met"}, "verify.state"),
    ],
)
def test_a_due_day_written_around_the_clock_is_found(cast: Any, values: dict[str, Any], code: str) -> None:
    from mingchuang.core import deadlines, verify
    from mingchuang.core.models import Deadline

    done = begin(cast, date(2026, 6, 1))
    deadlines.meet(done, cast.actor("office"))
    deadlines.void(done, cast.actor("office"), note="登记有误")
    deadline = begin(cast, date(2026, 6, 1))
    assert verify.run() == []
    Deadline.objects.filter(pk=deadline.pk).update(**values)
    assert code in [issue.code for issue in verify.run()]


def test_a_pause_after_the_last_day_does_not_hide_that_it_is_overdue(cast: Any) -> None:
    from mingchuang.core import deadlines, now
    from mingchuang.core.models import Deadline

    deadline = begin(cast, date(2026, 6, 1))
    with now.travel(date(2026, 7, 6)):
        deadlines.pause(deadline, cast.actor("office"), who="第三方甲", note="征求第三方意见")
    assert (deadline.clock, deadline.due) == ("paused", date(2026, 6, 30))
    assert list(Deadline.objects.overdue(date(2026, 7, 7))) == [deadline]


@pytest.mark.parametrize(
    ("rule", "amount", "code"),
    [("foi.reply", 200, "clock.extension_long"), ("foi.reply", 21, "clock.extension_long"),
     ("penalty.publish", 1, "clock.extension_none")],
)  # fmt: skip
def test_an_extension_beyond_the_law_is_refused(cast: Any, rule: str, amount: int, code: str) -> None:
    from mingchuang.core import deadlines
    from mingchuang.norms.outcome import Refused

    deadline = begin(cast, date(2026, 6, 12), rule)
    before = deadline.due
    with pytest.raises(Refused) as refusal:
        deadlines.extend(deadline, cast.actor("office"), amount=amount, note="案情复杂")
    assert [issue.code for issue in refusal.value.issues] == [code]
    deadline.refresh_from_db()
    assert (deadline.due, deadline.entries.count()) == (before, 1)


def test_an_extension_is_granted_once(cast: Any) -> None:
    from mingchuang.core import deadlines
    from mingchuang.norms.outcome import Refused

    deadline = begin(cast, date(2026, 6, 1))
    deadlines.extend(deadline, cast.actor("office"), amount=5, note="案情复杂")
    with pytest.raises(Refused) as refusal:
        deadlines.extend(deadline, cast.actor("office"), amount=5, note="仍然复杂")
    assert [issue.code for issue in refusal.value.issues] == ["clock.extension_again"]


def test_an_opinion_after_a_restart_is_kept_and_moves_nothing(cast: Any) -> None:
    from mingchuang.core import deadlines, verify

    office = cast.actor("office")
    deadline = begin(cast, date(2026, 6, 1))
    deadlines.pause(deadline, office, who="第三方甲", note="征求第三方意见")
    deadlines.restart(deadline, office)
    due = deadline.due
    assert (deadline.clock, due) == ("running", date(2026, 7, 14))
    deadlines.resume(deadline, office, who="第三方甲")
    assert (deadline.clock, deadline.due, deadline.entries.count()) == ("running", due, 4)
    assert verify.run() == []


def test_by_hand_only_the_office_moves_a_clock_and_with_a_cause_whoever_may_do_that(cast: Any) -> None:
    from mingchuang.core import deadlines
    from mingchuang.core.act import act
    from mingchuang.norms.outcome import Refused

    clerk = cast.actor("clerk")
    deadline = begin(cast, date(2026, 6, 1))
    for by_hand in (
        lambda: deadlines.meet(deadline, clerk),
        lambda: deadlines.void(deadline, clerk, note="不想办"),
        lambda: deadlines.extend(deadline, clerk, amount=5, note="案情复杂"),
        lambda: deadlines.pause(deadline, clerk, note="征求意见"),
        lambda: deadlines.restart(deadline, clerk),
    ):
        with pytest.raises(Refused) as refusal:
            by_hand()
        assert [issue.code for issue in refusal.value.issues] == ["machine.role"]
    cause = act(cast.bureau, "set_capabilities", cast.actor("office"))
    event = deadlines.meet(deadline, clerk, cause=cause)
    assert (deadline.clock, event.role, event.data["cause"]) == ("met", "clerk", str(cause.id))
