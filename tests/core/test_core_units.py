"""Units: who is meant by a name on a date; renaming, moving and merging keep what was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

pytestmark = pytest.mark.db

BEFORE, DAY = date(2018, 12, 31), date(2026, 6, 15)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("样例市农业农村局", "nyj"),
        ("市农业农村局", "nyj"),
        ("农业农村局", "nyj"),
        ("农业农村局（扶贫办）", "nyj"),
        ("市农业农村局(扶贫办)", "nyj"),
        ("农业农村局〔扶贫办（乡村振兴）〕", "nyj"),
        ("扶贫办", "nyj"),
        (" 审 计 局 ", "sjj"),
        ("市政府", "gov"),
        ("样例市人民政府", "gov"),
    ],
)
def test_a_unit_is_found_by_any_way_of_writing_it(cast: Any, written: str, code: str) -> None:
    from mingchuang.core import units

    found = units.find(written, DAY)
    assert found.unit is not None and found.unit.code == code


@pytest.mark.parametrize("written", ["财政局", "", "（扶贫办）局", "局", "农业"])
def test_what_nobody_is_called_is_unknown(cast: Any, written: str) -> None:
    from mingchuang.core import units

    assert units.find(written, DAY).units == ()


def test_a_name_counts_from_its_day_only(cast: Any) -> None:
    from mingchuang.core import units

    assert units.find("审计局", BEFORE).units == ()


def test_a_name_whose_parts_mean_two_units_is_ambiguous(cast: Any) -> None:
    from mingchuang.core import units

    found = units.find("农业农村局（审计局）", DAY)
    assert [unit.code for unit in found.units] == ["nyj", "sjj"] and found.unit is None


def test_a_level_word_that_belongs_to_the_name_stays(cast: Any) -> None:
    from mingchuang.core import do, units
    from mingchuang.core.actor import Actor

    made = do.create_unit(
        Actor.system(),
        code="scjg",
        name="样例市市场监督管理局",
        region="999901",
        since=date(2019, 1, 1),
        parent=cast.county,
    )
    for written in ("市场监督管理局", "市市场监督管理局", "样例市市场监督管理局"):
        assert units.find(written, DAY).unit == made


def test_renaming_keeps_the_old_name_for_old_days(cast: Any) -> None:
    from mingchuang.core import do, units

    do.rename_unit(
        cast.bureau,
        cast.actor("office"),
        name="样例市乡村振兴局",
        short_name="乡村振兴局",
        since=date(2021, 6, 1),
        basis="机构改革",
    )
    assert units.name_of(cast.bureau, date(2021, 5, 31)) == "样例市农业农村局"
    assert units.name_of(cast.bureau, date(2021, 6, 1)) == "样例市乡村振兴局"
    assert units.find("农业农村局", DAY).units == ()
    assert units.find("农业农村局", date(2020, 1, 1)).unit == cast.bureau
    assert units.Directory(DAY).short_name(cast.bureau) == "乡村振兴局"


def test_moving_keeps_the_old_place_for_old_days_and_refuses_circles(cast: Any) -> None:
    from mingchuang.core import do, units
    from mingchuang.norms.outcome import Refused

    do.move_unit(cast.other, cast.actor("office"), parent=cast.bureau, since=date(2022, 1, 1))
    assert units.ancestors(cast.other, date(2021, 12, 31)) == (cast.county.pk,)
    assert units.ancestors(cast.other, DAY) == (cast.bureau.pk, cast.county.pk)
    with pytest.raises(Refused) as refusal:
        do.move_unit(cast.bureau, cast.actor("office"), parent=cast.other, since=DAY)
    assert [issue.code for issue in refusal.value.issues] == ["units.circle"]
    assert [unit.code for unit in units.Directory(DAY).descendants(cast.county)] == ["nyj", "sjj"]


def test_a_merger_passes_the_work_on_and_ends_the_name(cast: Any) -> None:
    from mingchuang.core import do, units

    heir = do.create_unit(
        cast.actor("office"), code="nyncj", name="样例市农业和审计局", region="999901", since=date(2025, 1, 1)
    )
    for unit in (cast.bureau, cast.other):
        do.abolish_unit(unit, cast.actor("office"), on=date(2025, 1, 1), note="机构改革", successors=[heir])
    assert units.find("审计局", DAY).units == ()
    assert units.find("审计局", date(2024, 12, 31)).unit == cast.other
    assert units.successors(cast.other, DAY) == (heir,)
    assert units.successors(cast.other, date(2024, 12, 31)) == (cast.other,)


def test_collectives_expand_by_date(cast: Any) -> None:
    from mingchuang.core import do, units

    office = cast.actor("office")
    collective = do.define_collective(office, name="市直各部门", aliases=["市直部门", "市直各部门、单位"])
    do.join_collective(cast.other, collective, office, since=date(2019, 1, 1))
    do.join_collective(cast.bureau, collective, office, since=date(2020, 1, 1))
    do.leave_collective(cast.other, collective, office, until=date(2023, 1, 1))

    def codes(day: date) -> list[str]:
        found = units.find("市直各部门、单位", day)
        assert found.collective == collective and found.unit is None
        return [unit.code for unit in found.units]

    assert codes(date(2019, 6, 1)) == ["sjj"]
    assert codes(date(2022, 12, 31)) == ["nyj", "sjj"]
    assert codes(date(2023, 1, 1)) == ["nyj"]


def test_capabilities_decide_what_a_unit_must_do(cast: Any) -> None:
    from mingchuang.core import do
    from mingchuang.core.capabilities import POWERS, Power, powers
    from mingchuang.core.models import Capability

    assert set(POWERS) == set(Capability)
    assert powers(cast.bureau, DAY) == frozenset(Power)
    assert powers(cast.bureau, BEFORE) == frozenset()
    do.set_capabilities(
        cast.bureau,
        cast.actor("office"),
        capabilities=[Capability.ADMINISTRATIVE, Capability.VERTICAL],
        since=date(2024, 1, 1),
    )
    held = powers(cast.bureau, DAY)
    assert Power.ANSWERS_APPLICATIONS in held and Power.LED_HERE not in held
    do.set_capabilities(
        cast.bureau, cast.actor("office"), capabilities=[Capability.INSTITUTION], since=date(2025, 1, 1)
    )
    assert Power.ANSWERS_APPLICATIONS not in powers(cast.bureau, DAY)


def test_a_wrong_unit_is_refused_with_every_reason(cast: Any) -> None:
    from mingchuang.core import do
    from mingchuang.core.models import Unit
    from mingchuang.norms.outcome import Refused

    with pytest.raises(Refused) as refusal:
        do.create_unit(
            cast.actor("office"),
            code="大写",
            name="样例市审计局",
            region="12",
            since=date(2020, 1, 1),
            uscc="123",
        )
    assert {"code", "region", "name"} <= {issue.field for issue in refusal.value.issues}
    assert any(issue.code.startswith("uscc") for issue in refusal.value.issues)
    with pytest.raises(Refused):
        do.create_unit(cast.actor("clerk"), code="x", name="样例市新局", region="999901", since=date(2020, 1, 1))
    assert Unit.objects.count() == 3


def test_bracket_parts() -> None:
    from mingchuang.core.units import bracket_parts

    assert bracket_parts("甲（乙（丙）丁）") == ("甲", "乙丁", "丙")
    assert bracket_parts("甲（乙") == ("甲", "乙")
    assert bracket_parts("甲）乙") == ("甲乙",)
