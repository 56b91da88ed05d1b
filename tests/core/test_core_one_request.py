"""What a request knows: looked up once, forgotten by every change, never carried over to the next request."""

from __future__ import annotations

import pytest
from tests.cast import SINCE, gather

from mingchuang.core.one_request import changing, once, one_request


def test_a_question_is_asked_once_in_a_request_and_anew_outside() -> None:
    asked: list[int] = []

    def ask() -> int:
        asked.append(1)
        return len(asked)

    assert (once("a", ask), once("a", ask)) == (1, 2)
    with one_request():
        assert (once("a", ask), once("a", ask), once("b", ask)) == (3, 3, 4)
        with one_request():
            assert once("a", ask) == 3
        assert once("a", ask) == 3
    with one_request():
        assert once("a", ask) == 5


def test_a_change_forgets_what_was_known_and_keeps_nothing_of_its_own() -> None:
    answers = iter(range(10))

    def ask() -> int:
        return next(answers)

    with one_request():
        assert once("a", ask) == 0
        with pytest.raises(ValueError, match="undone"), changing():
            assert (once("a", ask), once("a", ask)) == (1, 2)
            raise ValueError("undone")
        assert (once("a", ask), once("a", ask)) == (3, 3)


@pytest.mark.db
def test_an_appointment_made_or_ended_in_a_request_counts_at_once(
    db: None, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    from mingchuang.core import do, standing
    from mingchuang.core.actor import Actor
    from mingchuang.core.roles import Role
    from mingchuang.core.units import Directory

    cast = gather()
    person = cast.zhang.person
    with one_request():
        assert not standing.holds(person, Role.SUPERVISOR)
        with django_assert_num_queries(0):  # type: ignore[operator]
            assert standing.holds(person, Role.CLERK)
        today = Directory.on(SINCE)
        assert Directory.on(SINCE) is today
        do.appoint(person, Actor.system(), unit=cast.office, role=Role.SUPERVISOR, since=SINCE, note="兼任")
        assert standing.holds(person, Role.SUPERVISOR)
        assert Directory.on(SINCE) is not today
