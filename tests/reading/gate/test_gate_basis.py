"""Every article that a rule of the gate names is one whose words were read, or the rule says that nobody has."""

from __future__ import annotations

import re

import pytest

from mingchuang.norms.law import all_laws
from mingchuang.reading.gate import declared, wording

_CITED = re.compile(
    r"《(?P<law>[^》]+)》(?:（[^）]*）)?(?P<articles>(?:第[一二三四五六七八九十百千]+条(?:、|(?=[；（：]|$)))+)"
)
_UNREAD = "依据待核"


def words_of(law: str, article: str) -> list[str]:
    names = [one for one in all_laws().values() if law in {one.title, one.title.removeprefix("中华人民共和国")}]
    return [one.articles[article] for one in names if article in one.articles]


@pytest.mark.parametrize(
    "rule", [one for one in declared() if re.search("第.{1,6}条", one.basis)], ids=lambda one: one.id
)
def test_a_cited_article_was_read_or_is_marked(rule) -> None:
    named = list(_CITED.finditer(rule.basis))
    assert named, rule.basis
    for match in named:
        marked = rule.basis[match.end() :].startswith(f"（{_UNREAD}")
        for article in match["articles"].rstrip("、").split("、"):
            assert marked or words_of(match["law"], article), (match["law"], article)


def test_a_row_of_the_table_quotes_its_source_or_says_that_it_was_not_read() -> None:
    for row in wording.table():
        assert ("：“" in row.source) != row.source.endswith(_UNREAD), row
    assert any(row.old == "国务院扶贫办" and row.new.startswith("国家乡村振兴局") for row in wording.table())


def test_names_that_an_organ_still_bears_are_no_fault() -> None:
    """自然资源部对外保留国家海洋局牌子；农业农村部加挂国家乡村振兴局牌子。"""
    old = {row.old for row in wording.table()}
    assert not old & {"国家海洋局", "国家乡村振兴局"}
