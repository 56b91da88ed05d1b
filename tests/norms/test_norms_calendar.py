"""Working days: vectors, layers, what was known when, double entry against two libraries, laws of arithmetic."""

import datetime as dt
from datetime import date

import chinese_calendar
import holidays as holidays_library
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingchuang.norms.calendar import CalendarBook
from mingchuang.norms.outcome import Refused

BOOK = CalendarBook.load()
NATION = BOOK.working_days("100000")
COUNTY = BOOK.working_days("640381")


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "amount", "due"),
    [
        ("2019-08-19", 3, "2019-08-22"),
        ("2019-08-19", 5, "2019-08-26"),
        ("2019-08-19", 7, "2019-08-28"),
        ("2019-08-19", 20, "2019-09-17"),  # 中秋
        ("2019-06-28", 20, "2019-07-26"),
        ("2019-09-27", 7, "2019-10-12"),  # National Day, made up on 29 September and 12 October
        ("2019-09-27", 20, "2019-10-30"),
        ("2019-09-28", 20, "2019-10-30"),  # begins on a Saturday
        ("2019-10-01", 20, "2019-11-01"),  # begins inside the holiday
        ("2019-10-12", 3, "2019-10-16"),  # begins on a make-up day
        ("2019-12-20", 20, "2020-01-19"),  # is due on a make-up Sunday
        ("2019-12-30", 7, "2020-01-09"),
        ("2020-01-17", 20, "2020-02-21"),  # extended Spring Festival
        ("2020-01-23", 7, "2020-02-11"),
        ("2021-09-30", 20, "2021-11-03"),
        ("2022-01-24", 7, "2022-02-07"),
        ("2022-09-30", 7, "2022-10-14"),
        ("2023-01-18", 7, "2023-02-01"),
        ("2023-09-28", 20, "2023-11-01"),
        ("2024-02-09", 7, "2024-02-26"),  # the day before the festival was worked that year
        ("2024-09-12", 7, "2024-09-24"),
        ("2025-01-27", 20, "2025-03-03"),
        ("2026-02-13", 20, "2026-03-19"),
        ("2026-04-30", 7, "2026-05-13"),
        ("2026-09-18", 20, "2026-10-22"),
    ],
)
def test_national_vectors(start, amount, due):
    found = NATION.add(day(start), amount)
    assert found.day == day(due)
    assert not found.provisional
    assert found.reasons == ()


@pytest.mark.parametrize(
    ("start", "amount", "national", "ningxia"),
    [("2019-06-03", 15, "2019-06-25", "2019-06-27"), ("2019-07-29", 20, "2019-08-26", "2019-08-28")],
)
def test_minority_festivals_stop_the_clock_in_ningxia_alone(start, amount, national, ningxia):
    assert NATION.add(day(start), amount).day == day(national)
    for region in ("640000", "640300", "640381"):
        assert BOOK.working_days(region).add(day(start), amount).day == day(ningxia)
    assert BOOK.working_days("610102").add(day(start), amount).day == day(national)


def test_what_was_known_then_and_what_is_known_now():
    then = BOOK.working_days("100000", known_on=day("2020-01-20")).add(day("2020-01-17"), 20)
    assert then.day == day("2020-02-19")
    assert not then.provisional
    before = BOOK.working_days("100000", known_on=day("2019-03-21"))
    after = BOOK.working_days("100000", known_on=day("2019-03-22"))
    assert before.is_working(day("2019-05-02"))
    assert not after.is_working(day("2019-05-02"))
    assert after.is_working(day("2019-05-05"))


def test_a_year_not_announced_then_was_provisional_then():
    then = BOOK.working_days("100000", known_on=day("2019-10-01")).add(day("2019-12-20"), 20)
    assert then.day == day("2020-01-17")
    assert then.reasons == (
        "缺少2020年节假日安排（按2019-10-01所知），暂按周一至周五推算，待国务院办公厅通知公布后重新计算。",
    )


def test_2027_is_provisional_and_says_why():
    due = COUNTY.add(day("2026-12-04"), 20)
    assert due.day == day("2027-01-01")
    assert due.provisional
    assert due.reasons[0].startswith("缺少2027年节假日安排，")
    assert any("2026年12月下旬" in remark for remark in due.remarks)
    assert due.trace()[-1] == "2027-01-01 星期五 工作日（暂按周一至周五推算），第20个工作日"


def test_a_region_without_its_own_notice_is_remarked_and_not_provisional():
    due = COUNTY.add(day("2021-05-10"), 7)
    assert not due.provisional
    assert due.remarks == ("缺2021年自治区安排（宁夏回族自治区民族节日放假未计入）。",)
    assert NATION.add(day("2021-05-10"), 7).remarks == ()


def test_an_unverified_paragraph_is_said():
    assert any("依据待核" in remark for remark in COUNTY.add(day("2019-06-03"), 3).remarks)
    assert NATION.add(day("2019-09-26"), 7).remarks == ()


def test_the_trace_gives_each_day_with_its_notice():
    lines = NATION.add(day("2019-09-27"), 2).trace()
    assert lines == [
        "2019-09-28 星期六 休息日，不计",
        "2019-09-29 星期日 国庆节调休上班（国办发明电〔2018〕15号），第1个工作日",
        "2019-09-30 星期一 工作日，第2个工作日",
    ]
    assert NATION.add(day("2019-09-30"), -2).trace() == [
        "2019-09-29 星期日 国庆节调休上班（国办发明电〔2018〕15号），第1个工作日",
        "2019-09-28 星期六 休息日，不计",
        "2019-09-27 星期五 工作日，第2个工作日",
    ]


@pytest.mark.parametrize(
    ("year", "days"),
    list(zip(range(2018, 2027), (250, 250, 249, 250, 249, 249, 251, 248, 248), strict=True)),
)
def test_working_days_of_each_year(year, days):
    assert NATION.count(date(year - 1, 12, 31), date(year, 12, 31)) == days


def test_double_entry_against_two_libraries():
    """Both agree with us on every day of 2018–2026; a disagreement is an error here or news from there."""
    theirs = holidays_library.country_holidays("CN", years=range(2018, 2027))
    start, end = date(2018, 1, 1), date(2026, 12, 31)
    wrong = []
    for ordinal in range(start.toordinal(), end.toordinal() + 1):
        one = date.fromordinal(ordinal)
        ours = NATION.is_working(one)
        if ours != chinese_calendar.is_workday(one) or ours != theirs.is_working_day(one):
            wrong.append(one)
    assert wrong == []


def test_status_names_notice_and_kind():
    status = NATION.status(day("2020-02-01"))
    assert (status.working, status.kind, status.name) == (False, "holiday", "春节")
    assert status.notice.number == "国办发明电〔2020〕1号"
    assert NATION.status(day("2019-09-29")).kind == "makeup"
    assert NATION.status(day("2019-09-28")).kind == "weekend"
    assert NATION.status(day("2019-08-19")).sentence == "工作日"


def test_rolling_to_a_working_day():
    assert NATION.on_or_after(day("2019-10-01")) == day("2019-10-08")
    assert NATION.on_or_after(day("2019-10-12")) == day("2019-10-12")
    assert NATION.on_or_before(day("2019-10-06")) == day("2019-09-30")


@pytest.mark.parametrize("outside", ["1979-12-31", "2080-01-01"])
def test_days_outside_the_calendar_are_refused(outside):
    with pytest.raises(Refused, match="超出可计算的范围"):
        NATION.add(day(outside), 1)
    with pytest.raises(Refused):
        NATION.is_working(day(outside))
    with pytest.raises(Refused):
        NATION.add_many(np.array([outside], dtype="datetime64[D]"), 1)


def test_the_end_of_the_calendar_is_refused_and_not_wrapped():
    with pytest.raises(Refused, match="超出"):
        NATION.add(day("2079-12-30"), 5)
    with pytest.raises(Refused, match="超出"):
        NATION.add(day("1980-01-03"), -9)
    with pytest.raises(Refused):
        NATION.add_many(np.array(["2079-12-30"], dtype="datetime64[D]"), 5)
    with pytest.raises(Refused):
        NATION.add_many(np.array(["NaT"], dtype="datetime64[D]"), 5)
    with pytest.raises(Refused, match="正整数"):
        NATION.add_many(np.array(["2019-08-19"], dtype="datetime64[D]"), 0)


def test_a_malformed_region_is_refused():
    with pytest.raises(Refused, match="应为6位数字"):
        BOOK.working_days("宁夏")


DAYS = st.dates(date(2017, 6, 1), date(2027, 12, 31))
AMOUNTS = st.integers(1, 60)


@settings(deadline=None)
@given(DAYS, AMOUNTS)
def test_add_and_count_are_inverse(start, amount):
    due = COUNTY.add(start, amount).day
    assert COUNTY.is_working(due)
    assert COUNTY.count(start, due) == amount
    assert COUNTY.count(due, start) == -amount


@settings(deadline=None)
@given(DAYS, AMOUNTS)
def test_single_equals_a_naive_walk(start, amount):
    walked, left = start, amount
    while left:
        walked += dt.timedelta(days=1)
        left -= COUNTY.is_working(walked)
    assert COUNTY.add(start, amount).day == walked
    back, left = start, amount
    while left:
        back -= dt.timedelta(days=1)
        left -= COUNTY.is_working(back)
    assert COUNTY.add(start, -amount).day == back


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(DAYS, AMOUNTS), min_size=1, max_size=200))
def test_vectorised_equals_single(rows):
    starts = np.array([start for start, _ in rows], dtype="datetime64[D]")
    amounts = np.array([amount for _, amount in rows])
    expected = [COUNTY.add(start, amount).day for start, amount in rows]
    assert COUNTY.add_many(starts, amounts).tolist() == expected
    same = COUNTY.add_many(starts, int(amounts[0])).tolist()
    assert same == [COUNTY.add(start, int(amounts[0])).day for start, _ in rows]


def test_vectorised_keeps_shape_and_takes_blocks_larger_than_the_cache():
    starts = np.datetime64("2018-01-01") + np.arange(120_000).reshape(400, 300) % 2500
    due = NATION.add_many(starts, 7)
    assert due.shape == (400, 300)
    assert due.dtype == np.dtype("datetime64[D]")
    assert due[399, 299].item() == NATION.add(starts[399, 299].item(), 7).day
    assert NATION.add_many(starts[:, ::7], 7).tolist() == due[:, ::7].tolist()
    assert NATION.add_many(np.array([], dtype="datetime64[D]"), 7).size == 0


@settings(deadline=None)
@given(DAYS, AMOUNTS)
def test_overdue_is_a_question_about_the_start_day(today, amount):
    last = NATION.arrays.last_overdue_start(amount, today)
    assert NATION.add(last, amount).day < today
    assert NATION.add(last + dt.timedelta(days=1), amount).day >= today


def test_overdue_rows():
    starts = np.array(["2019-09-26", "2019-09-27"], dtype="datetime64[D]")
    assert NATION.arrays.overdue(starts, 7, day("2019-10-12")).tolist() == [True, False]
