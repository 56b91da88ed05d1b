"""The query language: everything typed is understood in some way."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.search.figures import find_dates, find_numbers, number_keys
from mingchuang.search.language import MOST_PARTS, parse
from mingchuang.search.tokens import fold


def words(typed: str) -> list[str]:
    return ["".join(part.word or ()) for part in parse(typed).wanted]


def test_a_stretch_is_cut_into_words_and_kept_whole_for_ranking() -> None:
    parsed = parse("青铜峡市政务公开工作要点")
    assert words("青铜峡市政务公开工作要点") == ["青铜峡市", "政务", "公开", "工作", "要点"]
    assert parsed.together == (tuple("青铜峡市政务公开工作要点"),)


@pytest.mark.parametrize(
    "typed", ["“政务公开”", '"政务公开"', "「政务公开」", "『政务公开』", "＂政务公开＂", "”政务公开”"]
)
def test_phrases_in_any_quotation_marks(typed: str) -> None:
    assert parse(typed).wanted[0].phrases == ((tuple("政务公开"),),)
    assert len(parse(typed).wanted) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "青政办发〔2019〕60号",
        "青政办发[2019]60号",
        "青政办发（2019） 60 号",
        "青政办发 【２０１９】６０号",
        "青政办发2019年第60号",
        "青政办发〔2019〕60",
        "转发青政办发〔2019〕60号",
    ],
)
def test_a_document_number_in_any_form_has_the_stored_key(typed: str) -> None:
    stored = number_keys("青政办发〔2019〕60号")
    assert "青政办发2019-60" in stored
    assert set(find_numbers(fold(typed))[0].keys) & set(stored)


def test_years_and_quantities_are_no_document_numbers() -> None:
    assert find_numbers("2019年9月26日") == []
    assert find_numbers("60号") == []


@pytest.mark.parametrize(
    "typed", ["2019-09-26", "2019.9.26", "2019/09/26", "2019年9月26日", "20190926", "2019年09月26"]
)
def test_a_day_in_any_form(typed: str) -> None:
    (found,) = find_dates(fold(typed))
    assert (found.first, found.last) == (dt.date(2019, 9, 26), dt.date(2019, 9, 26))
    assert ("2019", "年", "9", "月", "26") in found.phrases
    assert tuple("二〇一九年九月二十六日") in found.phrases


def test_a_month_is_its_days_and_an_impossible_day_is_text() -> None:
    (found,) = find_dates("2020年2月")
    assert (found.first, found.last) == (dt.date(2020, 2, 1), dt.date(2020, 2, 29))
    assert find_dates("2019-13-40") == []
    assert find_dates("2019年2月30日") == []


def test_exclusion_needs_something_else_to_be_wanted() -> None:
    parsed = parse("公开 -考核 -“绩效评估”")
    assert [part.phrases for part in parsed.excluded] == [((tuple("考核"),),), ((tuple("绩效评估"),),)]
    alone = parse("-考核")
    assert (words("-考核"), alone.excluded) == (["考核"], ())
    assert alone.notes == ("只写了要排除的词，已改为检索这些词。",)
    assert parse("2019-60").excluded == ()


def test_single_characters_join_their_neighbours_and_binding_ones_fall_away() -> None:
    assert words("A4纸 60号 covid19") == ["a4纸", "60号", "covid19"]
    assert "的" not in words("公开的通知")
    assert words("的") == ["的"]


def test_blank_and_punctuation_alone() -> None:
    assert parse(" \n\u3000").blank
    assert parse("。，“”（）") == parse("。，“”（）")
    assert parse("。，“”（）").notes == ("没有可以检索的文字，请输入汉字、字母或数字。",)


@given(st.text(max_size=80))
def test_nothing_typed_is_an_error(typed: str) -> None:
    parsed = parse(typed)
    assert len(parsed.wanted) + len(parsed.excluded) <= MOST_PARTS
    assert all(stretch for part in parsed.wanted for phrase in part.phrases for stretch in phrase)


def test_ten_megabytes_on_one_line_are_cut_and_said() -> None:
    parsed = parse("政务 公开" * 2_000_000)
    assert len(parsed.wanted) <= MOST_PARTS
    assert any("输入过长" in note for note in parsed.notes)
