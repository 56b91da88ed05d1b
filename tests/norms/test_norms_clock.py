"""Clocks that a jurist can read: each test is a case, told in days."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingchuang.norms.calendar import CalendarBook
from mingchuang.norms.clock import Extend, Pause, Restart, Resume, Start, fold, then_and_now
from mingchuang.norms.duration import add_months
from mingchuang.norms.outcome import Refused

BOOK = CalendarBook.shipped()
DAYS = BOOK.working_days("100000")


def day(text):
    return date.fromisoformat(text)


def reply(*events, **more):
    """The reply to an application for information: 20 working days, one extension of at most 20."""
    return fold(20, "workday", events, DAYS, max_extension=20, **more)


def test_a_plain_application():
    """Received Monday 19 August 2019; 中秋 on Friday 13 September does not count."""
    clock = reply(Start(day("2019-08-19")))
    assert (clock.state, clock.due) == ("running", day("2019-09-17"))
    assert clock.careful is None
    assert clock.lines[0] == "2019-08-19（星期一） 开始计时。"
    assert "2019-09-13 星期五 中秋节放假（国办发明电〔2018〕15号），不计" in clock.lines
    assert clock.lines[-1] == "期限到2019-09-17（星期二）。"


def test_a_corrected_application_starts_anew():
    """Asked to correct on 22 August, corrected application received on 2 September: only that day matters."""
    clock = reply(Start(day("2019-08-19")), Restart(day("2019-09-02")))
    assert clock.due == reply(Start(day("2019-09-02"))).due == day("2019-09-30")


def test_a_third_party_is_asked():
    """Sent on Monday 26 August (day 5, counted), opinion received on Tuesday 10 September: 15 days are left."""
    asked = (Start(day("2019-08-19")), Pause(day("2019-08-26"), "某公司"))
    waiting = reply(*asked)
    assert (waiting.state, waiting.due, waiting.used, waiting.remaining) == ("paused", None, 5, 15)
    assert "目前暂停计时，已用5，尚余15；收到意见的次日起继续计算。" in waiting.lines
    answered = reply(*asked, Resume(day("2019-09-10"), "某公司"))
    assert answered.due == DAYS.add(day("2019-09-10"), 15).day == day("2019-10-08")
    assert answered.careful == day("2019-09-30")
    assert "2019-08-27 星期二 工作日，征求意见期间不计" in answered.lines
    assert "2019-09-10 星期二 工作日，征求意见期间不计" in answered.lines
    assert "2019-09-11 星期三 工作日，第6个工作日" in answered.lines


def test_two_organs_are_asked_at_once():
    """26 August to 10 September and 2 to 12 September: the union, 26 August to 12 September, does not count."""
    clock = reply(
        Start(day("2019-08-19")),
        Pause(day("2019-08-26"), "甲"),
        Pause(day("2019-09-02"), "乙"),
        Resume(day("2019-09-10"), "甲"),
        Resume(day("2019-09-12"), "乙"),
    )
    assert clock.spans == ((day("2019-08-26"), day("2019-09-12")),)
    assert clock.due == DAYS.add(day("2019-09-12"), 15).day


def test_one_inside_the_other_and_one_after_the_other():
    """A question inside another adds nothing; a later one adds its own days."""
    inside = reply(
        Start(day("2019-08-19")),
        Pause(day("2019-08-26"), "甲"), Pause(day("2019-08-28"), "乙"),
        Resume(day("2019-08-30"), "乙"), Resume(day("2019-09-10"), "甲"),
    )  # fmt: skip
    assert inside.due == day("2019-10-08")
    after = reply(
        Start(day("2019-08-19")),
        Pause(day("2019-08-20"), "甲"), Resume(day("2019-08-22"), "甲"),
        Pause(day("2019-08-26"), "乙"), Resume(day("2019-08-29"), "乙"),
    )  # fmt: skip
    assert len(after.spans) == 2
    assert DAYS.count(day("2019-08-19"), after.due) == 20 + 2 + 3


def test_a_second_question_still_open_keeps_the_clock_still():
    clock = reply(
        Start(day("2019-08-19")),
        Pause(day("2019-08-26"), "甲"), Pause(day("2019-08-27"), "乙"), Resume(day("2019-08-30"), "甲"),
    )  # fmt: skip
    assert clock.state == "paused"
    assert clock.used == 5


def test_a_question_sent_on_the_last_day():
    """All 20 days are used; the answer is due when the opinion arrives, on a working day."""
    clock = reply(Start(day("2019-08-19")), Pause(day("2019-09-17")), Resume(day("2019-09-28")))
    assert clock.remaining == 0
    assert clock.due == day("2019-09-29")  # the Saturday is a day of rest, the Sunday is worked


def test_a_question_sent_too_late_helps_nobody():
    clock = reply(Start(day("2019-08-19")), Pause(day("2019-09-20")), Resume(day("2019-10-11")))
    assert clock.due == day("2019-09-17")
    assert [issue.code for issue in clock.issues] == ["clock.pause_late"]


def test_an_extension_in_time():
    clock = reply(Start(day("2019-08-19")), Extend(day("2019-09-17"), 20))
    assert clock.due == DAYS.add(day("2019-08-19"), 40).day
    assert clock.issues == ()
    assert "2019-09-17（星期二） 延长20个工作日。" in clock.lines


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ((Extend(day("2019-09-18"), 20),), "clock.extension_late"),
        ((Extend(day("2019-09-10"), 21),), "clock.extension_long"),
    ],
)
def test_an_extension_that_the_law_does_not_know_changes_nothing(events, code):
    clock = reply(Start(day("2019-08-19")), *events)
    assert clock.due == day("2019-09-17")
    assert [issue.code for issue in clock.issues] == [code]
    assert clock.issues[0].message in clock.lines


def test_a_second_extension_is_void():
    clock = reply(Start(day("2019-08-19")), Extend(day("2019-09-10"), 5), Extend(day("2019-09-11"), 5))
    assert clock.due == DAYS.add(day("2019-08-19"), 25).day
    assert [issue.code for issue in clock.issues] == ["clock.extension_again"]


def test_an_extension_while_the_clock_stands_still_is_in_time():
    """The original time has not run out while an opinion is awaited, however long that takes."""
    clock = reply(
        Start(day("2019-08-19")), Pause(day("2019-08-26")), Extend(day("2019-10-15"), 10), Resume(day("2019-10-31"))
    )
    assert clock.issues == ()
    assert clock.due == DAYS.add(day("2019-10-31"), 25).day


def test_events_may_be_entered_in_any_order():
    events = [Resume(day("2019-09-10")), Start(day("2019-08-19")), Pause(day("2019-08-26"))]
    assert reply(*events).due == day("2019-10-08")


@pytest.mark.parametrize(
    ("events", "message"),
    [
        ((Pause(day("2019-08-26")),), "没有开始计时的记录"),
        ((Start(day("2019-08-19")), Start(day("2019-08-20"))), "再次开始计时"),
        ((Start(day("2019-08-19")), Resume(day("2019-08-26"), "甲")), "没有对应的暂停（甲）"),
        ((Start(day("2019-08-19")), Pause(day("2019-08-20")), Pause(day("2019-08-21"))), "重复暂停"),
    ],
)
def test_a_history_that_cannot_be_is_refused(events, message):
    with pytest.raises(Refused, match=message):
        reply(*events)


def test_all_faults_of_a_history_are_told_at_once():
    with pytest.raises(Refused) as caught:
        reply(Pause(day("2019-08-18")), Start(day("2019-08-19")), Resume(day("2019-08-26")))
    assert len(caught.value.issues) == 2


def test_nothing_happened_yet():
    clock = reply()
    assert (clock.state, clock.due, clock.used) == ("not_started", None, 0)
    assert clock.lines == ["尚未开始计时。"]
    assert clock.remaining == 20


def test_how_much_is_used_on_a_given_day():
    events = (Start(day("2019-08-19")), Pause(day("2019-08-26")), Resume(day("2019-09-10")))
    for as_of, used in [("2019-08-19", 0), ("2019-08-23", 4), ("2019-08-26", 5), ("2019-09-05", 5), ("2019-09-11", 6)]:
        assert reply(*events, as_of=day(as_of)).used == used, as_of


# -- other units


def test_twenty_days_are_calendar_days_and_the_last_moves():
    """批复 on 8 September 2019: day 20 is Saturday 28 September; Sunday the 29th is worked."""
    clock = fold(20, "day", [Start(day("2019-09-08"))], DAYS)
    assert clock.nominal == day("2019-09-28")
    assert clock.due == day("2019-09-29")
    assert any("顺延至2019-09-29（星期日）（民法总则第二百零三条）" in line for line in clock.lines)


def test_calendar_days_stand_still_too():
    clock = fold(30, "day", [Start(day("2019-07-01")), Pause(day("2019-07-10")), Resume(day("2019-07-20"))], DAYS)
    assert clock.due == day("2019-08-12")  # 31 July + 10 days = Saturday 10 August, moved to Monday


def test_six_months_end_on_the_last_of_a_short_month():
    """From 31 August 2020: 28 February 2021 is a Sunday, so 1 March (行政诉讼)."""
    assert fold(6, "month", [Start(day("2020-08-31"))], DAYS).due == day("2021-03-01")
    assert add_months(day("2020-02-29"), 12) == day("2021-02-28")


def test_two_weeks_and_a_year():
    assert fold(2, "week", [Start(day("2019-08-19"))], DAYS).due == day("2019-09-02")
    assert fold(1, "year", [Start(day("2020-02-29"))], DAYS).due == day("2021-03-01")


def test_hours_run_through_the_night_and_the_weekend():
    clock = fold(48, "hour", [Start(datetime(2019, 9, 27, 22, 30))], DAYS)
    assert clock.due == datetime(2019, 9, 29, 22, 30)
    assert clock.state == "running"


def test_an_unknown_unit_or_no_time_at_all_is_refused():
    with pytest.raises(Refused, match="不是可以计时的单位"):
        fold(3, "percent", [Start(day("2019-08-19"))], DAYS)
    with pytest.raises(Refused, match="期限应为正数"):
        fold(0, "day", [Start(day("2019-08-19"))], DAYS)


def test_the_day_to_which_the_last_was_moved_is_still_in_time():
    """20 days from 8 September 2019 end on Saturday the 28th, moved to Sunday the 29th, which is worked."""
    start = Start(day("2019-09-08"))
    extended = fold(20, "day", [start, Extend(day("2019-09-29"), 10)], DAYS, max_extension=10)
    assert (extended.issues, extended.due) == ((), day("2019-10-08"))
    late = fold(20, "day", [start, Extend(day("2019-09-30"), 10)], DAYS, max_extension=10)
    assert [issue.code for issue in late.issues] == ["clock.extension_late"]
    assert "2019-09-29届满" in late.issues[0].message
    asked = [start, Pause(day("2019-09-29"), "某公司")]
    waiting = fold(20, "day", asked, DAYS)
    assert (waiting.state, waiting.issues, waiting.remaining) == ("paused", (), 0)
    answered = fold(20, "day", [*asked, Resume(day("2019-10-12"), "某公司")], DAYS)
    assert (answered.due, answered.issues) == (day("2019-10-12"), ())
    assert [i.code for i in fold(20, "day", [start, Pause(day("2019-09-30"))], DAYS).issues] == ["clock.pause_late"]


@pytest.mark.parametrize(
    ("limit", "start", "days", "words"),
    [
        (
            (1, "month"),
            "2019-01-31",
            ("2019-03-31", "2019-04-01"),
            "1个月，延长1个月，最后一日为2019-03-31（星期日）。",
        ),
        ((2, "week"), "2019-08-19", ("2019-09-09", "2019-09-09"), "2周，延长1周，最后一日为2019-09-09（星期一）。"),
        ((1, "year"), "2020-02-29", ("2022-02-28", "2022-02-28"), "1年，延长1年，最后一日为2022-02-28（星期一）。"),
    ],
)
def test_an_extension_is_in_the_unit_of_the_rule(limit, start, days, words):
    clock = fold(*limit, [Start(day(start)), Extend(day(start), 1)], DAYS, max_extension=1)
    assert (clock.nominal, clock.due, clock.granted) == (*map(day, days), 1)
    assert words in clock.lines


def test_a_rule_that_knows_no_extension_has_none():
    clock = fold(7, "workday", [Start(day("2019-08-19")), Extend(day("2019-08-20"), 1)], DAYS, max_extension=0)
    assert [issue.code for issue in clock.issues] == ["clock.extension_none"]
    assert clock.due == day("2019-08-28")


def test_a_restart_ends_the_consultation_and_its_answer_moves_nothing():
    events = [Start(day("2019-08-19")), Pause(day("2019-08-26"), "甲"), Restart(day("2019-09-02"))]
    answered = reply(*events, Resume(day("2019-09-10"), "甲"))
    assert (answered.state, answered.due, answered.spans) == ("running", reply(*events).due, ())
    assert [(issue.code, issue.severity) for issue in answered.issues] == [("clock.resume_forgotten", "remark")]
    anew = reply(*events, Pause(day("2019-09-04"), "甲"), Resume(day("2019-09-10"), "甲"))
    assert anew.spans == ((day("2019-09-04"), day("2019-09-10")),)
    with pytest.raises(Refused, match="没有对应的暂停"):
        reply(*events, Resume(day("2019-09-10"), "甲"), Resume(day("2019-09-11"), "甲"))


# -- what was known


def test_the_cap_of_an_extension_holds_in_both_comparisons():
    events = [Start(day("2020-01-17")), Extend(day("2020-01-20"), 200)]
    told = {"book": BOOK, "region": "100000", "known_on": day("2020-01-20")}
    both = then_and_now(20, "workday", events, **told, max_extension=20)
    assert (both.then.due, both.now.due) == (day("2020-02-19"), day("2020-02-21"))
    assert [issue.code for issue in both.then.issues + both.now.issues] == ["clock.extension_long"] * 2


def test_known_then_and_known_now():
    events = [Start(day("2020-01-17"))]
    both = then_and_now(20, "workday", events, book=BOOK, region="100000", known_on=day("2020-01-20"))
    assert both.changed
    assert both.sentence == ("按2020-01-20所知，期限到2020-02-19（星期三）；按现在所知，期限到2020-02-21（星期五）。")
    same = then_and_now(3, "workday", events, book=BOOK, region="100000", known_on=day("2020-01-20"))
    assert not same.changed
    assert same.sentence == "按2020-01-20所知和按现在所知，期限都到2020-01-21（星期二）。"


def test_a_provisional_clock_says_why():
    clock = fold(20, "workday", [Start(day("2026-12-04"))], DAYS)
    assert clock.provisional
    assert clock.reasons[0] in clock.lines


# -- laws of the fold

SPANS = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 30)), max_size=4)


@settings(deadline=None)
@given(st.dates(date(2019, 1, 2), date(2019, 8, 30)), SPANS, st.integers(1, 40))
def test_counted_days_are_exactly_the_limit(start, spans, amount):
    """However questions overlap: the due day is a working day with exactly `amount` counted days up to it."""
    events = [Start(start)]
    for number, (after, length) in enumerate(spans):
        sent = date.fromordinal(start.toordinal() + after)
        events += [Pause(sent, str(number)), Resume(date.fromordinal(sent.toordinal() + length), str(number))]
    clock = fold(amount, "workday", events, DAYS)
    counted = [
        one
        for one in map(date.fromordinal, range(start.toordinal() + 1, clock.due.toordinal() + 1))
        if DAYS.is_working(one) and not any(first < one <= last for first, last in clock.spans)
    ]
    assert DAYS.is_working(clock.due)
    asked_on_the_last_day = any(DAYS.on_or_after(last) == clock.due for _, last in clock.spans)
    assert len(counted) == amount or (asked_on_the_last_day and len(counted) in (amount, amount + 1))
    assert clock.due >= DAYS.add(start, amount).day
