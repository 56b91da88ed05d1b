"""A cast, the real notice loaded, and the invariant round every test: state equals the fold of its events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import SINCE, Cast, gather

if TYPE_CHECKING:
    from mingchuang.core.models import Unit
    from mingchuang.ledger.models import Notice

SEED = Path(__file__).parents[2] / "src/mingchuang/site/demo/notice-2019-60.txt"


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    yield gather()
    from mingchuang.core import verify

    assert [issue.message for issue in verify.run()] == []


@pytest.fixture
def finance(cast: Cast) -> Unit:
    """市财政局, which the notice names, inside 市直各部门."""
    from mingchuang.core import do
    from mingchuang.core.actor import Actor

    system: Any = Actor.system()
    made = do.create_unit(
        system,
        code="finance",
        name="青铜峡市财政局",
        short_name="市财政局",
        region="640381",
        since=SINCE,
        parent=cast.county,
        order=9,
    )
    departments = do.define_collective(system, name="市直各部门", aliases=["市直各部门单位"])
    do.join_collective(made, departments, system, since=SINCE)
    return made


@pytest.fixture
def notice(cast: Cast, finance: Unit) -> Notice:
    from mingchuang.ledger import do

    return do.load(SEED.read_bytes(), "通知.txt", cast.office, cast.zhao.actor)


@pytest.fixture
def checked(notice: Notice, cast: Cast) -> Notice:
    """The notice with every duty confirmed; names that nobody is found for are struck out."""
    from mingchuang.ledger import do

    for duty in notice.duties.filter(owners__unit=None, owners__collective=None, owners__struck=False).distinct():
        strange = duty.owners.filter(unit=None, collective=None, struck=False).values_list("pk", flat=True)
        do.assign(duty, cast.zhao.actor, strike=list(strange))
    assert do.confirm_all(notice, cast.zhao.actor)[1] == []
    return notice
