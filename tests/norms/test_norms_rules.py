"""Rules as data: every row is cited, every quote was read, no county is looser than the nation."""

import re
from datetime import date, datetime, timedelta

import pytest

from mingchuang.norms import law, regions, rules
from mingchuang.norms.calendar import CalendarBook
from mingchuang.norms.machine import all_machines
from mingchuang.norms.outcome import Refused
from mingchuang.norms.periods import posting, window_before, yearly
from mingchuang.norms.wording import chinese_number

DAYS = CalendarBook.shipped().working_days("100000")
ALL_RULES = list(rules.all_rules().values())
ALL_ROWS = [row for rule in ALL_RULES for row in rule.rows]


def day(text):
    return date.fromisoformat(text)


def row_id(row):
    return f"{row.rule}@{row.region}:{row.since}"


def test_every_row_of_the_master_table_is_a_rule():
    assert {rule.row for rule in ALL_RULES} >= {f"D{n}" for n in range(1, 50)}


@pytest.mark.parametrize("row", ALL_ROWS, ids=row_id)
def test_a_row_is_cited_and_confirmed_only_by_a_quote(row):
    assert row.cite
    assert row.force in rules.FORCES
    assert (row.status == "已核") == bool(row.quote)
    assert row.status in ("已核", "依据待核")
    assert regions.chain(row.region)[-1] == row.region
    assert row.until is None or row.until >= row.since
    if row.region == "640381":
        assert row.force == "本级要求"


@pytest.mark.parametrize("row", [row for row in ALL_ROWS if row.quote], ids=row_id)
def test_a_quote_stands_in_the_article_that_was_read_and_names_the_number(row):
    source = law.law(row.law)
    assert source.opened
    assert row.quote in source.articles[row.article]
    if row.worded:
        assert row.worded in row.quote
        return
    numbers = []
    if isinstance(row.value, str):
        month, of_month = rules.month_day(row.value)
        assert f"{month}月{of_month}日" in row.quote
    else:
        numbers = [number for number in (row.value, row.upto) if number is not None]
    for number in numbers:
        written = (
            rf"(?<!\d){number}(?!\d)|(?<![一二三四五六七八九十百]){chinese_number(number)}(?![一二三四五六七八九十百])"
        )
        assert re.search(written, row.quote), (number, row.quote)


@pytest.mark.parametrize("row", [row for row in ALL_ROWS if row.law], ids=row_id)
def test_a_row_is_in_force_no_longer_than_its_law_and_cites_it(row):
    source = law.law(row.law)
    assert row.since >= source.in_force_from
    if source.in_force_to:
        assert row.until
        assert row.until <= source.in_force_to
    assert source.short in row.cite or source.number in row.cite


def test_no_quote_comes_from_a_law_that_was_not_opened():
    for source in law.all_laws().values():
        assert bool(source.articles) == bool(source.opened), source.id
        assert source.title
        assert source.number


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.id)
def test_a_lower_level_is_never_looser(rule):
    for local in rule.rows:
        for higher in rule.rows:
            overlap = local.since <= (higher.until or date.max) and higher.since <= (local.until or date.max)
            above = regions.level(higher.region) < regions.level(local.region)
            if overlap and above and higher.region in regions.chain(local.region):
                assert rule.strictness(local) <= rule.strictness(higher), row_id(local)


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.id)
def test_rows_of_one_region_do_not_overlap_and_words_are_there(rule):
    assert rule.title
    assert rule.anchor or rule.kind in ("measure", "principle", "yearly")
    for row in rule.rows:
        assert rule.text_of(row)
        others = [other for other in rule.rows if other is not row and other.region == row.region]
        assert not any(other.holds(row.since, (row.region,)) for other in others)


def test_clocks_of_machines_name_rules_that_exist():
    for machine in all_machines():
        for move in machine.moves.values():
            for path in move.paths:
                for rule_ids in path.clocks.values():
                    for rule_id in rule_ids:
                        assert rules.rule(rule_id)


# -- looking up


def test_the_strictest_in_force_applies_and_all_are_shown():
    found = rules.rule("penalty.publish").at(day("2019-09-26"), "640381")
    assert (found.value, found.unit, found.text) == (7, "workday", "7个工作日")
    assert found.strictest.region == "640381"  # as strict as the nation's, and quoted
    assert [row.region for row in found.all] == ["640381", "100000"]
    national = rules.rule("penalty.publish").at(day("2019-09-26"), "100000")
    assert [row.region for row in national.all] == ["100000"]
    before_the_notice = rules.rule("penalty.publish").at(day("2019-08-18"), "640381")
    assert [row.region for row in before_the_notice.all] == ["100000"]


def test_stricter_wins_whatever_the_level():
    rows = rules.rule("penalty.publish").rows
    import dataclasses

    stricter = dataclasses.replace(rows[1], value=5)
    rule = dataclasses.replace(rules.rule("penalty.publish"), rows=(rows[0], stricter))
    assert rule.at(day("2019-09-26"), "640381").value == 5
    more = dataclasses.replace(rules.rule("land.pre_notice"), rows=(
        rules.rule("land.pre_notice").rows[0],
        dataclasses.replace(rules.rule("land.pre_notice").rows[0], region="640000", value=15),
    ))  # fmt: skip
    assert more.at(day("2022-01-04"), "640381").value == 15


@pytest.mark.parametrize(
    ("rule_id", "on", "region", "message"),
    [
        ("penalty.withdraw", "2021-07-14", "640381", "自2021-07-15起施行（行政处罚法 第四十八条、第八十五条）"),
        ("information.publish", "2019-05-14", "640381", "自2019-05-15起施行"),
        ("interpretation.rate", "2020-01-01", "640381", "已于2019-12-31到期"),
        ("gazette.submit", "2019-09-26", "640300", "该规定只适用于青铜峡市"),
    ],
)
def test_a_rule_not_in_force_says_since_when(rule_id, on, region, message):
    with pytest.raises(Refused, match=re.escape(message)):
        rules.rule(rule_id).at(day(on), region)


def test_an_unknown_rule_suggests_its_neighbours():
    with pytest.raises(Refused) as caught:
        rules.rule("penalty.publsh")
    assert "penalty.publish（行政处罚决定公示）" in caught.value.reasons[0]
    assert "foi.reply" in rules.near_ids("foi")
    assert rules.near_ids("qqqq") == ()


def test_a_principle_has_no_number():
    with pytest.raises(Refused, match="不是以数字规定的"):
        _ = rules.rule("foi.consultation").at(day("2020-01-02"), "640381").value


# -- due days


@pytest.mark.parametrize(
    ("rule_id", "anchor", "due"),
    [
        ("penalty.publish", "2019-09-26", "2019-10-11"),
        ("permit.publish", "2019-08-19", "2019-08-28"),
        ("interpretation.publish", "2019-08-19", "2019-08-22"),
        ("gazette.submit", "2019-08-19", "2019-08-26"),
        ("information.publish", "2019-08-19", "2019-09-17"),
        ("enforcement.other.publish", "2019-08-19", "2019-09-17"),
        ("foi.reply", "2020-01-17", "2020-02-21"),
        ("penalty.withdraw", "2021-09-30", "2021-10-11"),
        ("budget.department.publish", "2019-09-08", "2019-09-29"),
        ("report.department", "2019-12-31", "2020-01-31"),
        ("report.department", "2020-01-31", "2020-01-31"),
        ("report.department", "2020-02-01", "2021-01-31"),
        ("report.government", "2020-01-10", "2020-03-31"),
        ("catalogue.update", "2019-08-19", "2019-12-31"),
        ("admission.publish", "2020-08-20", "2020-07-20"),
        ("decision.hearing.materials", "2019-10-15", "2019-10-08"),
        ("land.pre_notice", "2022-09-28", "2022-10-17"),
        ("decision.comment", "2019-09-01", "2019-10-08"),  # day 30 is 1 October
        ("website.home.update", "2019-08-19", "2019-09-02"),
        ("suit.direct", "2020-08-31", "2021-03-01"),
        ("document.legality_review", "2019-08-19", "2019-08-26"),
    ],
)
def test_due_days(rule_id, anchor, due):
    assert rules.due(rule_id, day(anchor), "640381").day == day(due)


def test_a_due_day_defends_itself():
    found = rules.due("penalty.publish", day("2019-09-26"), "640381")
    assert found.lines[0] == "依据：青政办发〔2019〕60号 一（三）3：“严格执行行政许可、行政处罚7个工作日内公开”"
    assert found.lines[1] == "同时有效：国办发〔2018〕118号 二（六）（依据待核）"
    assert found.trace[-1] == "2019-10-11 星期五 工作日，第7个工作日"
    assert not found.provisional
    assert found.to_json()["basis"][1]["quote"] is None


def test_a_range_gives_both_ends():
    found = rules.due("admission.publish", day("2020-08-20"), "640381")
    assert (found.also, found.day) == (day("2020-05-20"), day("2020-07-20"))
    review = rules.due("document.legality_review", day("2019-08-19"), "640381")
    assert (review.day, review.also) == (day("2019-08-26"), day("2019-09-09"))


def test_hours_need_a_moment_and_give_one():
    assert rules.due("opinion.first_statement", datetime(2019, 9, 26, 22), "640381").day == datetime(2019, 9, 27, 3)
    with pytest.raises(Refused, match="请写明起算时刻"):
        rules.due("opinion.first_statement", day("2019-09-26"), "640381")
    assert rules.due("foi.reply", datetime(2020, 1, 17, 23, 50), "640381").day == day("2020-02-21")


@pytest.mark.parametrize("rule_id", ["foi.extend", "assessment.weight", "decision.preview"])
def test_what_is_no_deadline_has_no_due_day(rule_id):
    with pytest.raises(Refused, match="不是期限，没有到期日"):
        rules.due(rule_id, day("2020-01-02"), "640381")


def test_known_on_reaches_the_calendar():
    assert rules.due("foi.reply", day("2020-01-17"), "640381", known_on=day("2020-01-20")).day == day("2020-02-19")


# -- before an event, and shown at least so long


def test_one_to_three_months_before():
    window = window_before(day("2020-05-31"), 1, 3, "month", DAYS)
    assert (window.earliest, window.latest) == (day("2020-02-29"), day("2020-04-30"))
    assert window.judge(day("2020-04-30")) == []
    assert [issue.severity for issue in window.judge(day("2020-05-01"))] == ["error"]
    assert [issue.severity for issue in window.judge(day("2020-02-28"))] == ["remark"]
    assert window_before(day("2020-05-31"), 1, None, "month", DAYS).earliest is None


def test_a_latest_day_of_rest_is_said_and_not_moved():
    window = window_before(day("2019-11-03"), 1, None, "month", DAYS)
    assert window.latest == day("2019-10-03")
    assert "宜于2019-09-30（星期一）前办理" in window.lines[1]


def test_seven_working_days_before_counts_back_over_the_holiday():
    assert window_before(day("2019-10-11"), 7, None, "workday", DAYS).latest == day("2019-09-26")


def test_a_posting_must_last():
    shown = posting(day("2019-09-01"), 30, "day", DAYS)
    assert shown.last == day("2019-10-08")
    assert shown.judge(day("2019-10-08")) == []
    assert "应至少到2019-10-08" in shown.judge(day("2019-10-07"))[0].message
    assert posting(day("2019-08-19"), 10, "workday", DAYS).last == day("2019-09-02")


def test_a_yearly_date_on_a_day_of_rest_is_said_and_not_moved():
    due, lines = yearly(day("2020-06-01"), 1, 31, DAYS)
    assert due == day("2021-01-31")
    assert "宜于2021-01-29（星期五）前办理" in lines[1]


def test_counting_back_and_forth_meet():
    for offset in range(200):
        start = day("2019-01-02") + timedelta(days=offset)
        if DAYS.is_working(start):
            assert window_before(DAYS.add(start, 7).day, 7, None, "workday", DAYS).latest == start


def test_numerals():
    written = {
        3: "三",
        7: "七",
        10: "十",
        15: "十五",
        20: "二十",
        30: "三十",
        60: "六十",
        105: "一百零五",
        2019: "二千零一十九",
    }
    assert {number: chinese_number(number) for number in written} == written
    with pytest.raises(ValueError, match="not between"):
        chinese_number(10_000)


def test_the_longest_extension_is_that_of_the_rule_that_allows_it():
    assert rules.rule("foi.reply").at(day("2020-01-02"), "640381").max_extension == 20
    assert rules.rule("reconsideration.decide").at(day("2024-02-01"), "640381").max_extension == 30
    assert rules.rule("petition.finish").at(day("2022-06-01"), "640381").max_extension == 30
    assert rules.rule("penalty.publish").at(day("2020-01-02"), "640381").max_extension == 0
