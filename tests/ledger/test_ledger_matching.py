"""Matching two readings: pure, so checked on small cases and by properties."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mingchuang.ledger.matching import Known, match

TEXTS = st.text(alphabet="公开信息及时准确", min_size=1, max_size=12)
SIDES = st.lists(st.tuples(st.sampled_from(["一1", "一2", "二1", "二2"]), TEXTS), max_size=6)


def known(rows: list[tuple[str, str]]) -> list[Known]:
    return [Known(number, ref, text) for number, (ref, text) in enumerate(rows)]


def test_swapped_numbers_follow_the_text() -> None:
    old = known([("一1", "公开预算"), ("一2", "公开决算")])
    new = known([("一1", "公开决算"), ("一2", "公开预算")])
    assert match(old, new) == {0: 1, 1: 0}


def test_alike_text_at_the_same_number_is_the_same_duty() -> None:
    assert match(known([("一1", "及时公开预算信息")]), known([("一1", "及时公开预算和决算信息")])) == {0: 0}


def test_strangers_at_the_same_number_are_not_joined() -> None:
    assert match(known([("一1", "公开预算信息")]), known([("一1", "组织业务培训")])) == {}


def test_layout_is_not_content() -> None:
    assert match(known([("一1", "公开\n预算")]), known([("二1", "公开 预算")])) == {0: 0}


@given(SIDES, SIDES)
def test_every_duty_is_used_at_most_once(old: list[tuple[str, str]], new: list[tuple[str, str]]) -> None:
    pairs = match(known(old), known(new))
    assert len(set(pairs.values())) == len(pairs)
    assert set(pairs) <= set(range(len(new)))
    assert set(pairs.values()) <= set(range(len(old)))


@given(SIDES)
def test_a_reading_matches_itself_whole(rows: list[tuple[str, str]]) -> None:
    pairs = match(known(rows), known(rows))
    assert len(pairs) == len(rows)
