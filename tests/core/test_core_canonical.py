"""Canonical bytes: one content, one spelling, one hash."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.core.actor import Way
from mingchuang.core.canonical import canonical_bytes, plain
from mingchuang.core.edge import issues_in

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_bytes_say_the_value_and_say_it_again(value: object) -> None:
    import json

    data = canonical_bytes(value)
    assert json.loads(data) == value
    assert canonical_bytes(json.loads(data)) == data


def test_the_order_of_keys_and_the_zone_of_a_moment_do_not_matter() -> None:
    beijing = timezone(timedelta(hours=8))
    one = {"甲": 1, "b": date(2019, 8, 19), "c": datetime(2019, 8, 19, 8, tzinfo=beijing)}
    two = {"c": datetime(2019, 8, 19, 0, tzinfo=UTC), "b": "2019-08-19", "甲": 1}
    assert canonical_bytes(one) == canonical_bytes(two)
    assert plain({"way": Way.PAPER, "amount": Decimal("1.10")}) == {"way": "paper", "amount": "1.10"}


@pytest.mark.parametrize("value", [{1: 2}, {"a": {1, 2}}, b"x", object(), datetime(2019, 8, 19)])
def test_what_has_no_agreed_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_bytes(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**60])
def test_numbers_that_json_cannot_carry_are_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical_bytes([value])


def test_faults_in_text_are_told_with_their_path() -> None:
    found = issues_in({"rows": [{"name": "好"}, {"name": "\x00坏"}], "k\udfff": 1})
    assert {(issue.code, issue.field) for issue in found} == {
        ("edge.nul", "rows[2].name"),
        ("edge.surrogate", ""),
    }


def test_a_hash_names_its_algorithm_and_is_checked_by_it() -> None:
    from mingchuang.core import hashing

    # GB/T 32905-2016, example 1
    assert hashing.named(b"abc", "sm3") == "sm3:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert hashing.matches(b"abc", hashing.named(b"abc", "sm3"))
    assert not hashing.matches(b"abd", hashing.named(b"abc"))
    assert not hashing.matches(b"abc", "md5:900150983cd24fb0d6963f7d28e17f72")
