"""How a duty is named and begun: never more than the text says, never a word lost that is not folded beside it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mingchuang.portal import duty_words

TEXTS = st.text(alphabet="一二1（）。，；、公开政府信息及时落实", max_size=400)


def test_a_heading_is_the_name() -> None:
    assert duty_words.name("健全会议公开制度", "1.健全会议公开制度。全面落实……") == "健全会议公开制度"


def test_without_one_the_first_clause_is() -> None:
    assert duty_words.name("", "1.加大督查工作公开力度，围绕自治区") == "加大督查工作公开力度"
    assert duty_words.name("", "短句。") == "短句。"
    assert duty_words.name("", "公开" * 30) == "公开" * 11 + "……"


def test_number_and_heading_are_not_repeated() -> None:
    told, folded = duty_words.gist("加强行政执法结果公开", "3.加强行政执法结果公开。" + "按照谁执法谁公示的原则，" * 20)
    assert folded
    assert told.startswith("按照谁执法谁公示的原则")
    assert told.endswith("……")


@given(heading=st.sampled_from(["", "公开政府信息", "落实"]), text=TEXTS)
def test_what_is_not_folded_is_whole(heading: str, text: str) -> None:
    told, folded = duty_words.gist(heading, text)
    assert folded or told == text
    assert len(told) <= duty_words.SHORT
    assert told.removesuffix("……") in text
    assert duty_words.name(heading, text).removesuffix("……") in (heading or text)
