"""One thing in many forms: index codes with and without separators, traditional characters, full and half width; and
what is no thing at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from mingchuang.search.entry import Entry
from mingchuang.search.index import Index
from mingchuang.search.query import Query
from mingchuang.search.tokens import fold
from mingchuang.search.traditional import SIMPLIFIED

CODE = "11999901MB0X00019K/2019-00012"


@pytest.fixture
def coded(indexed: Callable[..., Index], documents: tuple[Entry, ...]) -> Index:
    other = replace(documents[3], key="r:9", codes=("11999901MB0X00019K/2019-00013",))
    return indexed([replace(documents[0], codes=(CODE,)), *documents[1:], other])


def keys(index: Index, typed: str) -> list[str]:
    return [hit.key for hit in index.query(Query(text=typed)).hits]


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        "11999901MB0X00019K201900012",
        "11999901MB0X00019K 2019 00012",
        "11999901MB0X00019K／2019－00012",
        "１１９９９９０１ＭＢ０Ｘ０００１９Ｋ/2019-00012",
        "11999901 MB0X00019K-2019-00012",
        "索引号：11999901MB0X00019K/2019-00012",
        "索引号 11999901MB0X00019K201900012",
    ],
)
def test_an_index_code_in_any_form(coded: Index, typed: str) -> None:
    assert keys(coded, typed) == ["r:1"]


def test_an_index_code_beside_a_word(coded: Index) -> None:
    assert keys(coded, "11999901MB0X00019K201900012 政务公开") == ["r:1"]


@pytest.mark.parametrize("typed", ["青銅峽市政務公開", "政務公開", "“政務公開工作要點”", "行政許可", "審計結果"])
def test_traditional_characters_find_simplified_text(index: Index, typed: str) -> None:
    simplified = typed.translate({ord(old): new for old, new in SIMPLIFIED.items()})
    assert typed != simplified
    found = index.query(Query(text=typed))
    assert [hit.key for hit in found.hits] == keys(index, simplified) != []
    assert found.notes == ()


def test_simplified_characters_find_traditional_text_and_mark_it_as_it_stands(indexed: Callable[..., Index]) -> None:
    entry = Entry(key="t:1", kind="k", unit="u", title="關於信息公開的通知", url="/t/", body="請各單位遵照執行。")
    index = indexed([entry])
    hit = index.query(Query(text="信息公开")).hits[0]
    assert ("信息公開", True) in hit.title


def test_the_table_of_traditional_characters_is_single_valued_and_settled() -> None:
    assert len(SIMPLIFIED) > 1300
    assert all(len(old) == len(new) == 1 and old != new for old, new in SIMPLIFIED.items())
    assert not set(SIMPLIFIED) & set(SIMPLIFIED.values()), "what is folded once is folded for good"
    assert fold("資訊公開，後續徵求意見") == "资讯公开,后续征求意见"


@pytest.mark.parametrize(
    ("full", "half"),
    [("ＡＢＣ－１２", "ABC-12"), ("ｃｏｖｉｄ１９", "COVID19"), ("Ａ４纸", "a4纸"), ("３．５％", "3.5%")],
)
def test_full_and_half_width_are_one(index: Index, full: str, half: str) -> None:
    assert keys(index, full) == keys(index, half) == ["r:3"]


@pytest.mark.parametrize("typed", ["饕餮公吃", "鬱蒼停魑魅", "魃水 魍公 魉政", "公 魃", "嘤嘤水嘤"])
def test_nonsense_finds_nothing_by_a_single_character(index: Index, typed: str) -> None:
    found = index.query(Query(text=typed))
    assert (found.hits, found.total) == ((), 0)


def test_a_part_that_says_something_is_still_found_when_the_rest_is_nowhere(index: Index) -> None:
    found = index.query(Query(text="停水公告 魃"))
    assert [hit.key for hit in found.hits] == ["r:4"]
    assert any("一部分" in note for note in found.notes)
    loosened = index.query(Query(text="公 停水公告 魃"))
    assert [hit.key for hit in loosened.hits] == ["r:4"], "documents that merely share 公 are no result"
