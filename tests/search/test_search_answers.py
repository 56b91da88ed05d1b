"""Answers: what is found, in which order, with which marks and counts."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingchuang.search.entry import Entry
from mingchuang.search.index import Index
from mingchuang.search.query import Query, Results, count_text
from mingchuang.search.tokens import HAN, fold


def keys(results: Results) -> list[str]:
    return [hit.key for hit in results.hits]


def find(index: Index, text: str, **kwargs: object) -> list[str]:
    return keys(index.query(Query.of(text, **kwargs)))  # type: ignore[arg-type]


def test_every_two_adjacent_han_characters_find_their_document(index: Index, documents: tuple[Entry, ...]) -> None:
    for entry in documents:
        text = fold("\n\n".join((entry.title, entry.number, entry.summary, entry.body)))
        for pair in set(re.findall(f"(?=([{HAN}]{{2}}))", text)):
            assert entry.key in find(index, pair), pair
        for single in set(re.findall(f"[{HAN}]", text)):
            assert entry.key in find(index, single), single


def test_any_stretch_of_a_document_finds_it(index: Index, documents: tuple[Entry, ...]) -> None:
    drawn = random.Random(20191)
    for _ in range(300):
        entry = drawn.choice(documents)
        stretches = re.findall(f"[{HAN}]+", entry.title + "。" + entry.body)
        stretch = drawn.choice(stretches)
        start = drawn.randrange(len(stretch))
        piece = stretch[start : start + drawn.randint(1, 12)]
        results = index.query(Query(piece))
        assert entry.key in keys(results), piece
        assert not results.notes, (piece, results.notes)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("政务", {"r:1"}),
        ("行政处罚", {"r:1", "r:3"}),  # the title of r:3 is letter-spaced
        ("公开", {"r:1", "r:2"}),  # broken over a line end in r:1
        ("喆", {"r:2"}),
        ("李某喆", {"r:2"}),
        ("abc-12", {"r:3"}),
        ("ＡＢＣ", {"r:3"}),
        ("COVID", {"r:3"}),
        ("A4纸", {"r:3"}),
        ("3.5%", {"r:3"}),
        ("停水 -检修", set()),
        ("停水 -政务", {"r:4"}),
        ("“依法行政”", {"r:3"}),
        ("“行政依法”", set()),
        ("2020年3月5日", {"r:2", "r:3"}),  # own date and Chinese numerals; figures with dashes
        ("2019年9月", {"r:1"}),
    ],
)
def test_words_phrases_and_figures(index: Index, typed: str, found: set[str]) -> None:
    assert set(find(index, typed)) == found


@pytest.mark.parametrize(
    "typed", ["青政办发〔2019〕60号", "青政办发[2019]60 号", "青政办发（2019）60号", "青政办发2019年第60号"]
)
def test_a_number_finds_its_document_first_and_those_that_cite_it(index: Index, typed: str) -> None:
    assert find(index, typed) == ["r:1", "r:2"]


def test_a_number_without_issuer_finds_it_and_another_issuers_number_is_not_meant(index: Index) -> None:
    assert set(find(index, "〔2019〕60号")) == {"r:1", "r:2"}
    assert find(index, "青审发〔2020〕60号") == ["r:2"]
    assert find(index, "青审发〔2019〕60号") == []


def test_a_word_ranks_above_accidental_neighbours_and_a_title_above_a_body(indexed: Callable[..., Index]) -> None:
    plain = Entry(key="x", kind="k", unit="u", title="通知", url="/x", body="")
    index = indexed(
        [
            dataclasses.replace(plain, key="accident", body="依法行政，行政务必规范。" * 3),
            dataclasses.replace(plain, key="body", body="推进政务公开。" + "其他内容说明。" * 9),
            dataclasses.replace(plain, key="title", title="政务公开通知", body="其他内容说明。" * 9),
            *(dataclasses.replace(plain, key=f"more{n}", body="政务大厅，" + "办事指南，" * n) for n in range(30, 40)),
        ]
    )
    assert find(index, "政务 公开")[:2] == ["title", "body"]
    single = find(index, "政务", size=50)
    assert single[0] == "title"
    assert single[-1] == "accident"
    assert len(single) == 13
    # The page that ends with the accident is found by the full ranking, the ones before by the short one: same order.
    assert [key for page in (1, 2, 3, 4) for key in find(index, "政务", size=4, page=page)] == single


def test_titles_bodies_and_accidents_stand_in_one_order_on_pages_of_any_size(indexed: Callable[..., Index]) -> None:
    """Pages are found by three queries, whichever fills the page; the seams between them must not show."""
    drawn = random.Random(3)
    entries = []
    for n in range(120):
        title = "政务" * drawn.randint(1, 2) + "通知" * drawn.randint(0, 4) if n < 30 else "通知" * drawn.randint(1, 5)
        body = "政务大厅。" * drawn.randint(0, 9) if n < 90 else "依法行政，行政务必规范。"
        entries.append(Entry(f"d:{n}", "k", "u", title, "/", body=body + "办事指南。" * drawn.randint(0, 30)))
    index = indexed(entries)
    whole = find(index, "政务", size=100) + find(index, "政务", size=100, page=2)
    assert set(whole[:30]) == {f"d:{n}" for n in range(30)}
    assert set(whole[-30:]) == {f"d:{n}" for n in range(90, 120)}
    for size in (1, 4, 7, 10, 32):
        pages = range(1, index.query(Query("政务", size=size)).pages + 1)
        paged = [key for page in pages for key in find(index, "政务", size=size, page=page)]
        assert paged == whole, size


def test_all_words_are_wanted_and_loosening_is_said(index: Index) -> None:
    assert find(index, "审计 公开") == ["r:2"]
    loosened = index.query(Query("停水 审计"))
    assert set(keys(loosened)) == {"r:2", "r:4"}
    assert loosened.notes == ("没有同时含有全部检索词的信息，下面是含有其中一部分的。",)


def test_nothing_typed_lists_everything_newest_first(index: Index) -> None:
    results = index.query(Query(""))
    assert keys(results) == ["r:3", "r:2", "r:1", "r:4"]
    assert (results.total, results.pages, results.position) == (4, 1, 1)


def test_sort_by_date_and_date_filters(index: Index) -> None:
    assert find(index, "公开", sort="date") == ["r:2", "r:1"]
    assert keys(index.query(Query("", since=dt.date(2020, 3, 6)))) == ["r:3"]
    assert keys(index.query(Query("", until=dt.date(2019, 12, 31), since=dt.date(2019, 1, 1)))) == ["r:1"]


def _many(count: int) -> list[Entry]:
    drawn = random.Random(7)
    return [
        Entry(
            key=f"m:{n}",
            kind=drawn.choice(("policy", "notice", "penalty")),
            unit=drawn.choice(("u1", "u2")),
            unit_name="改名前" if n < 10 else "现名",
            title=f"第{n}件",
            url=f"/{n}",
            body="政务公开" if n % 3 else "财政预算",
            date=dt.date(drawn.choice((2019, 2020, 2021)), 1, 1 + n % 28) if n % 17 else None,
        )
        for n in range(count)
    ]


def test_facets_and_totals_equal_counting_by_hand(indexed: Callable[..., Index]) -> None:
    entries = _many(200)
    index = indexed(entries)
    for chosen in ({}, {"units": ["u1"]}, {"units": ["u1"], "kinds": ["policy", "notice"]}, {"years": ["2019"]},
                   {"units": ["u2"], "kinds": ["penalty"], "years": ["2020", "2021"]}):  # fmt: skip
        results = index.query(Query.of("公开", **chosen))  # type: ignore[arg-type]
        matching = [entry for entry in entries if "公开" in entry.body]
        values = {"units": lambda e: e.unit, "kinds": lambda e: e.kind, "years": lambda e: e.filed_year}
        for facet, name in (("unit", "units"), ("kind", "kinds"), ("year", "years")):
            others = {key: value for key, value in chosen.items() if key != name}
            left = [e for e in matching if all(values[key](e) in value for key, value in others.items())]
            expected = Counter(values[name](e) for e in left if values[name](e))
            assert {bucket.value: bucket.count for bucket in results.facets[facet]} == expected
            assert {b.value for b in results.facets[facet] if b.chosen} <= set(chosen.get(name, ()))
        within = [e for e in matching if all(values[key](e) in value for key, value in chosen.items())]
        assert results.total == len(within)
    assert [bucket.label for bucket in index.query(Query("")).facets["unit"]] == ["现名", "现名"]
    assert [bucket.value for bucket in index.query(Query("")).facets["year"]] == ["2021", "2020", "2019"]


def test_pages_partition_the_answer_and_stay_in_range(indexed: Callable[..., Index]) -> None:
    index = indexed(_many(57))
    for sort in ("relevance", "date"):
        pages = [find(index, "公开", sort=sort, page=page, size=7) for page in range(1, 7)]
        assert sorted(key for page in pages for key in page) == sorted(f"m:{n}" for n in range(57) if n % 3)
    far = index.query(Query.of("公开", page="999999999", size="7"))
    assert (far.page, far.pages, len(far.hits)) == (6, 6, 38 - 5 * 7)
    assert index.query(Query.of("公开", page="-3", size="x")).page == 1


def test_counts_beyond_ten_thousand_are_capped(indexed: Callable[..., Index]) -> None:
    index = indexed(Entry(key=f"c:{n}", kind="k", unit="u", title="公告", url="/", body="停水") for n in range(10_050))
    results = index.query(Query("停水", page=10**9))
    assert (results.total, results.capped, results.total_text) == (10_000, True, "10,000+")
    assert (results.page, results.pages, len(results.hits)) == (1000, 1000, 10)
    assert results.facets["unit"][0].count_text == "10,000+"
    assert (count_text(10_000), count_text(9)) == ("10,000", "9")


def test_marks_are_text_and_join_to_the_original(index: Index) -> None:
    hit = index.query(Query("政务公开")).hits[0]
    assert hit.title == (("青铜峡市2019年", False), ("政务公开", True), ("工作要点", False))
    assert hit.plain_title == "青铜峡市2019年政务公开工作要点"
    spaced = next(hit for hit in index.query(Query("“行政处罚”")).hits if hit.key == "r:3")
    assert spaced.title == (("行 政 处 罚", True), (" 决 定 书", False))
    broken = next(hit for hit in index.query(Query("公开")).hits if hit.key == "r:1")
    assert ("公 开", True) in broken.fragment  # 公\n开 in the body


def test_the_fragment_is_where_most_of_the_query_stands(index: Index) -> None:
    hit = index.query(Query("停水 抄表")).hits[0]
    assert [text for text, is_hit in hit.fragment if is_hit] in (["停水"], ["抄表"])
    late = index.query(Query("供水站 抄表")).hits[0].fragment
    assert [text for text, is_hit in late if is_hit] == ["供水站", "抄表"]
    assert late[0] == ("…", False)


def test_marks_never_lose_characters_whatever_stands_in_the_text(indexed: Callable[..., Index]) -> None:
    body = "<script>alert('政务')</script> ㎡政务① & \x00\ud800𠮷政 务"
    index = indexed([Entry(key="s", kind="k", unit="u", title="<b>政务</b>", url="/", body=body)])
    hit = index.query(Query("政务")).hits[0]
    assert hit.title == (("<b>", False), ("政务", True), ("</b>", False))
    assert "".join(text for text, _ in hit.fragment) == body.replace("\ud800", "?")
    assert [text for text, is_hit in hit.fragment if is_hit] == ["政务", "政务", "政 务"]


def test_withdrawal_leaves_nothing(index: Index) -> None:
    with index.writer() as writer:
        writer.remove(["r:1", "unknown"])
        writer.commit(2)
    for typed in ("政务", "青政办发〔2019〕60号", "2019年9月26日", "“政务公开工作”", ""):
        results = index.query(Query(typed))
        assert "r:1" not in keys(results)
        assert sum(bucket.count for bucket in results.facets.get("unit", ())) == results.total
    assert index.query(Query("")).total == 3
    assert [bucket.value for bucket in index.query(Query("")).facets["year"]] == ["2020"]
    assert index.status().documents == 3


def test_writing_again_replaces(index: Index, documents: tuple[Entry, ...]) -> None:
    changed = dataclasses.replace(documents[0], body="全新内容", title="改过的标题", number="")
    with index.writer() as writer:
        writer.write([changed, changed])
        writer.commit(5)
    assert find(index, "政务") == []
    assert find(index, "全新内容") == ["r:1"]
    assert (index.query(Query("")).total, index.position()) == (4, 5)


HOSTILE = [
    '"', "“", "-", "- -", '-"', "NEAR(", "title:x", "a AND OR NOT", "(((", "*", "?", "~2", "^9", "[1 TO 2]", "\\",
    "\x00",     "\ud800", "政\ud800务", "-政务", "'; DROP TABLE x; --", "%_%", "../../etc", "𠮷" * 600, "政" * 600,
    "a" * 600, "9" * 600, '"' * 600, "-a " * 300, "2019-99-99", "〔2019〕", "号" * 50,
    "\u202e政务", "e\u0301", "＂", "政务\u200b公开", "🀄️",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_text_is_answered(index: Index, typed: str) -> None:
    results = index.query(Query(typed))
    assert 0 <= results.total <= 4
    assert len(results.hits) == results.total


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(typed=st.text(max_size=40), unit=st.text(max_size=8), year=st.text(max_size=5), page=st.integers(-5, 10**12))
def test_anything_at_all_is_answered(index: Index, typed: str, unit: str, year: str, page: int) -> None:
    assert len(index.query(Query(typed, page=page)).hits) <= 10
    assert index.query(Query(typed, units=(unit,), years=(year,), kinds=(typed,))).total <= 4


def test_ten_megabytes_are_answered(index: Index) -> None:
    results = index.query(Query("政务公开" * 2_500_000))
    assert any("输入过长" in note for note in results.notes)


def test_a_query_needs_no_django() -> None:
    script = "import sys, mingchuang.search.index; sys.exit(any(m.split('.')[0] == 'django' for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
