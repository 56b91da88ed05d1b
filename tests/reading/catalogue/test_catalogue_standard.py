"""The shipped catalogue keeps its own checks, and its numbers are those of the rules."""

from __future__ import annotations

from datetime import date

import pytest

from mingchuang.norms.catalogue_fields import field_in, field_lists, field_names, field_of
from mingchuang.norms.rules import all_rules, rule
from mingchuang.reading import catalogue
from mingchuang.reading.catalogue import CHANNELS, Item
from mingchuang.reading.catalogue.standard import standard

# Land rules hold since September 2021; the notice's own rule on admission since 2019.
DAY, REGION = date(2022, 3, 1), "640381"
NAMED = {
    *(
        "财政预决算",
        "扶贫",
        "生态环境",
        "就业",
        "义务教育",
        "医疗卫生",
        "征地补偿",
        "放管服改革",
        "公共文化服务",
        "养老服务",
    ),
}


def test_every_field_that_the_notice_names_has_items() -> None:
    assert {item.field for item in standard()} == NAMED
    assert set(field_names()) >= NAMED


def test_the_lists_of_fields() -> None:
    lists = field_lists()

    assert len(lists["trial26"].names) == 26
    assert lists["pilot15"].count == 15
    assert len(set(field_names())) == len(field_names())
    assert field_in("青铜峡市国有土地上房屋征收与补偿领域基层政务公开标准目录") == "国有土地上房屋征收与补偿"
    assert (field_in("没有"), field_of("乡村振兴"), field_of("本地领域")) == ("", "扶贫", "本地领域")


def test_it_passes_the_checks_of_every_row_and_survives_its_own_spreadsheet() -> None:
    found = catalogue.read(catalogue.write(standard()), "目录.xlsx", day=DAY, region=REGION)

    assert found.faults == ()
    assert found.items == standard()


@pytest.mark.parametrize("item", [i for i in standard() if i.rule], ids=lambda item: item.level2)
def test_a_limit_has_the_number_of_its_rule(item: Item) -> None:
    held = rule(item.rule).at(DAY, REGION)
    kinds = {"within": "limit", "before": "before", "posting": "posting"}
    values = {(kinds.get(p.kind), p.value, p.upto or None, p.unit) for p in item.limit.parts}

    assert (all_rules()[item.rule].kind, held.value, held.upto, held.unit) in values


def test_what_has_no_rule_states_no_number() -> None:
    assert not [item.limit.text for item in standard() if not item.rule and any(p.value for p in item.limit.parts)]


def test_channels_are_those_of_the_check_list() -> None:
    assert all(set(item.channels) <= set(CHANNELS) for item in standard())
