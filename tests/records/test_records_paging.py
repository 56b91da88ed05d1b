"""A list page is a fixed range of slots: nothing that is published or withdrawn later moves it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.records import paging


def everything(last: int) -> dict[int, paging.Page]:
    pages = {number: paging.page(number, last) for number in range(1, paging.page_count(last) + 1)}
    return {0: paging.head(last), **{k: v for k, v in pages.items() if v is not None}}


@pytest.mark.parametrize(
    ("last", "first", "older"), [(0, 1, None), (1, 1, None), (20, 1, None), (21, 1, None), (40, 1, None), (41, 21, 1)]
)
def test_head_shows_the_last_two_pages(last, first, older):
    head = paging.head(last)
    assert (head.slots.first, head.slots.last, head.older) == (first, last, older)


@given(st.integers(1, 500))
def test_every_slot_can_be_reached_from_the_head_without_a_gap(last):
    seen, page = [], paging.head(last)
    while True:
        seen = [*range(page.slots.first, page.slots.last + 1), *seen]
        if page.older is None:
            break
        page = paging.page(page.older, last)
    assert seen == list(range(1, last + 1))


@given(st.integers(1, 500))
def test_pages_that_a_publication_does_not_touch_stay_as_they_were(last):
    before, after = everything(last - 1), everything(last)
    changed = {number for number, page in after.items() if before.get(number) != page}
    assert changed <= set(paging.touched(last))


def test_what_a_publication_touches_does_not_grow():
    assert all(len(paging.touched(last)) <= 3 for last in range(1, 3000))


def test_a_page_that_is_not_there_is_none():
    assert paging.page(0, 30) is None
    assert paging.page(3, 30) is None
    assert paging.page(1, 0) is None


def test_newer_leads_to_the_head_where_the_head_shows_the_next_page():
    assert paging.page(1, 60).newer == 0
    assert paging.page(1, 61).newer == 2
    assert paging.page(2, 61).newer == 0
