"""Tokens: what is adjacent in the text is adjacent in the index, and offsets lead back to the original."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from mingchuang.search.tokens import HAN, fold, fold_with_origin, segments, tokenize, units_pattern

TEXT = st.text(
    alphabet=st.sampled_from("政务公开青铜峡喆𠮷〇 \n\r\t，。〔〕（）“”AbcＡ１2019.-_㎡①é\ud800\x00"), max_size=60
)


@given(TEXT)
def test_every_two_adjacent_han_characters_are_one_token(text: str) -> None:
    tokens = set(tokenize(text).grams.split())
    for pair in re.findall(f"(?=([{HAN}]{{2}}))", fold(text)):
        assert pair in tokens


@given(TEXT)
def test_every_unit_is_among_the_words(text: str) -> None:
    words = set(tokenize(text).words.split())
    assert {unit for units in segments(fold(text)) for unit in units} <= words


@given(TEXT)
def test_folded_offsets_lead_back_to_the_character_they_came_from(text: str) -> None:
    folded = fold_with_origin(text)
    for place in range(len(folded.text)):
        start, end = folded.span(place, place + 1)
        assert end == start + 1
        assert folded.text[place] in fold(text[start]) + "\r\n"


@given(TEXT)
def test_a_stretch_is_found_again_by_its_pattern(text: str) -> None:
    folded = fold_with_origin(text)
    for units in segments(fold(text)):
        assert re.search(units_pattern(units), folded.text)


def test_blanks_brackets_and_single_line_ends_are_transparent() -> None:
    assert segments(fold("行 政\n处罚（决定）")) == [list("行政处罚决定")]
    assert tokenize("青政办发〔2019〕60号").grams == tokenize("青政办发[2019] 60 号").grams


def test_sentences_and_paragraphs_break() -> None:
    assert segments(fold("公开。务工\n\n会议")) == [list("公开"), list("务工"), list("会议")]
    assert "开务" not in tokenize("公开，务工").grams.split()


def test_runs_stay_whole_and_apart() -> None:
    assert segments(fold("ＡＢＣ-12型")) == [["abc", "12", "型"]]
    assert "20_19" in tokenize("20 19").grams.split()
    assert re.search(units_pattern(["60"]), "1960") is None
    assert re.search(units_pattern(["app"]), "apple") is None
