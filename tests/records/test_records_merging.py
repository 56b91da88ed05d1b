"""Two changes of one body, put together: nothing of either is lost, whatever was changed; and within a bounded time."""

from __future__ import annotations

import random
import time

import pytest

from mingchuang.records import alignment, blocks
from mingchuang.records.merging import merge

pytestmark = pytest.mark.db  # the room's package needs its models


def body(*paragraphs: str) -> str:
    return "".join(text if text.startswith("<") else f"<p>{text}</p>" for text in paragraphs)


BASE = ("总则", "甲段", "乙段", "丙段", "附则")
TABLE = "<table><tbody><tr><th>项目</th><th>金额</th></tr><tr><td>道路</td><td>10</td></tr></tbody></table>"


def test_what_only_one_side_changed_is_taken_without_a_question() -> None:
    found = merge(
        body(*BASE), body("总则", "甲段改", "乙段", "丙段", "附则"), body("总则", "甲段", "乙段", "附则", "签署")
    )
    assert not found.conflicts
    assert found.html() == body("总则", "甲段改", "乙段", "附则", "签署")
    assert [len(found.changed(side)) for side in ("mine", "theirs")] == [1, 2]


def test_neighbouring_paragraphs_are_two_places() -> None:
    found = merge(body(*BASE), body("总则", "甲段改", *BASE[2:]), body("总则", "甲段", "乙段改", "丙段", "附则"))
    assert found.html() == body("总则", "甲段改", "乙段改", "丙段", "附则")


def test_an_insertion_stands_before_whatever_became_of_the_paragraph() -> None:
    found = merge(body(*BASE), body("总则", "新段", *BASE[1:]), body("总则", "甲段改", *BASE[2:]))
    assert not found.conflicts
    assert found.html() == body("总则", "新段", "甲段改", *BASE[2:])


def test_the_same_change_on_both_sides_is_taken_once() -> None:
    both = body("总则", "甲段改", *BASE[2:])
    assert merge(body(*BASE), both, both).html() == both


@pytest.mark.parametrize(
    ("choice", "stands"),
    [("mine", ("我的",)), ("theirs", ("他的",)), ("both", ("我的", "他的"))],
)
def test_one_place_changed_by_both_is_for_a_person_to_decide(choice: str, stands: tuple[str, ...]) -> None:
    found = merge(body(*BASE), body("总则", "我的", *BASE[2:]), body("总则", "他的", *BASE[2:]))
    (part,) = found.conflicts
    assert found.open_conflicts({}) == (part,) and found.open_conflicts({part.key: "nonsense"}) == (part,)
    assert not found.open_conflicts({part.key: choice})
    assert found.html({part.key: choice}) == body("总则", *stands, *BASE[2:])


def test_what_one_deleted_and_the_other_changed_is_asked_about() -> None:
    found = merge(body(*BASE), body("总则", *BASE[2:]), body("总则", "甲段改", *BASE[2:]))
    (part,) = found.conflicts
    assert (part.mine, [block.text for block in part.theirs]) == ((), ["甲段改"])
    assert found.html({part.key: "both"}) == body("总则", "甲段改", *BASE[2:])


def test_two_insertions_at_one_place_are_asked_about() -> None:
    found = merge(body("甲"), body("甲", "我加的"), body("甲", "他加的"))
    (part,) = found.conflicts
    assert found.html({part.key: "both"}) == body("甲", "我加的", "他加的")


def test_a_table_is_one_block() -> None:
    mine, theirs = TABLE.replace(">10<", ">11<"), TABLE.replace("道路", "桥梁")
    found = merge(body("前", TABLE, "后"), body("前", mine, "后"), body("前改", theirs, "后"))
    (part,) = found.conflicts
    assert [block.html for block in part.mine] == [mine] and part.mine[0].is_table
    assert found.html({part.key: "theirs"}) == body("前改", theirs, "后")


def test_a_key_holds_as_long_as_the_words_stand() -> None:
    one = merge(body(*BASE), body("总则", "我的", *BASE[2:]), body("总则", "他的", *BASE[2:]))
    other = merge(body(*BASE), body("总则", "我的", "乙段", "丙段改", "附则"), body("总则", "他的", *BASE[2:]))
    assert one.conflicts[0].key == other.conflicts[0].key
    third = merge(body(*BASE), body("总则", "我的", *BASE[2:]), body("总则", "又改了", *BASE[2:]))
    assert third.conflicts[0].key != one.conflicts[0].key


@pytest.mark.parametrize("seed", range(60))
def test_whatever_two_people_do_every_word_of_both_is_in_the_merge(seed: int) -> None:
    dice = random.Random(seed)
    base = [f"段{dice.randrange(12)}" for _ in range(dice.randrange(14))]

    def edited(who: str) -> list[str]:
        found = list(base)
        for number in range(dice.randrange(5)):
            at = dice.randrange(len(found) + 1)
            deed = dice.choice(["add", "drop", "change"])
            if deed == "add":
                found.insert(at, f"{who}{number}")
            elif at < len(found):
                found[at : at + 1] = [] if deed == "drop" else [f"{who}{number}"]
        return found

    mine, theirs = edited("我"), edited("他")
    found = merge(body(*base), body(*mine), body(*theirs))
    both = found.html({part.key: "both" for part in found.conflicts})
    for text in (*mine, *theirs):
        if text[0] in "我他":
            assert f"<p>{text}</p>" in both
    assert found.html({part.key: "mine" for part in found.conflicts}) == both or found.conflicts
    if mine == base:
        assert found.html() == body(*theirs)
    if theirs == base:
        assert found.html() == body(*mine)


def test_blocks_joined_are_the_body() -> None:
    text = body("甲", TABLE, "<ul><li>一</li><li>二</li></ul>", "<h2>一、乙</h2>")
    assert blocks.join(blocks.split(text)) == text
    assert blocks.rows(blocks.split(text)[1]) == [("项目", "金额"), ("道路", "10")]


@pytest.mark.parametrize("seed", range(40))
def test_changes_make_one_sequence_of_the_other(seed: int) -> None:
    dice = random.Random(seed)
    a, b = ([dice.randrange(8) for _ in range(dice.randrange(40))] for _ in range(2))
    made, at = [], 0
    for change in alignment.changes(a, b):
        assert a[at : change.a_start] == b[len(made) : change.b_start]
        made += a[at : change.a_start] + b[change.b_start : change.b_end]
        at = change.a_end
    assert made + a[at:] == b


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (["同"] * 20_000, ["同"] * 30_000),
        (["甲", "乙"] * 10_000, ["乙", "甲"] * 10_000),
        ([f"{n}" for n in range(30_000)], [f"{n}" for n in reversed(range(30_000))]),
        ([f"{n % 700}" for n in range(20_000)], [f"{n % 701}" for n in range(20_000)]),
    ],
    ids=["one line over and over", "two in turn", "upside down", "in cycles"],
)
def test_no_sequence_keeps_a_page_waiting(a: list[str], b: list[str]) -> None:
    began = time.monotonic()
    alignment.changes(a, b)
    assert time.monotonic() - began < 5
