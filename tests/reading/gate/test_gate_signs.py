"""The arrays that tell where a rule has to look: they leave out nothing that the patterns alone would find."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.gate.personal_score import LINES

from mingchuang.norms.identifiers import id_check_character
from mingchuang.reading.gate import candidates, check_text, personal, wording
from mingchuang.reading.gate.finding import Source
from mingchuang.reading.gate.folding import fold
from mingchuang.reading.gate.lists import Lists, SensitiveWord
from mingchuang.reading.gate.personal_numbers import CANDIDATE
from mingchuang.reading.gate.signs import BLOCK, Signs

TODAY = date(2026, 11, 24)
BODY = "99990119900101001"
ID = BODY + id_check_character(BODY)
MOBILE = "13812345678"
SOURCE = Source.of(b"", "a.txt")
FILLER = "各部门、各单位要结合实际认真落实。" * 40  # long enough for arrays


def kinds(text: str) -> set[str]:
    return {hit.kind for hit in personal.find(text, TODAY)}


def test_every_place_of_the_labelled_lines_is_looked_at() -> None:
    text = personal.half_width(FILLER.join(row["text"] for row in json.loads(LINES.read_text("utf-8"))))
    found = [match.span() for match in candidates.numbers(Signs(text))]
    assert found == [match.span() for match in CANDIDATE.finditer(text)]
    assert len(found) > 500


@given(st.text("0189 ()（）-AZＡ·.组队号户室楼单元栋幢\n，", max_size=80))
def test_places_of_numbers_are_those_of_the_pattern(piece: str) -> None:
    text = piece + FILLER + piece
    assert [m.span() for m in candidates.numbers(Signs(text))] == [m.span() for m in CANDIDATE.finditer(text)]


@given(st.text(st.sampled_from("一1\n·-  𝟏𠀀\ud800\u200b\U000e0041豈\ufad0Ａ"), max_size=60))
def test_a_unit_stands_for_each_code_point_and_the_fold_leads_back(text: str) -> None:
    units = Signs(text).units
    assert len(units) % BLOCK == 0
    assert not units[len(text) :].any() and len(units) > len(text)
    assert all(unit == ord(sign) for unit, sign in zip(units.tolist(), text, strict=False) if ord(sign) < 0x10000)
    folded = fold(text)
    assert [fold(text[slice(*folded.span(at, at + 1))]).text for at in range(len(folded.text))] == list(folded.text)


@given(st.text("〔〕《》（）【】字\n", max_size=60))
def test_brackets_without_a_partner_are_those_that_pairing_one_by_one_leaves(text: str) -> None:
    left: list[tuple[str, int]] = []
    lonely = []
    partner = dict(zip("〕》）】", "〔《（【", strict=True))
    for at, mark in ((m.start(), m.group()) for m in re.finditer("[〔〕《》（）【】]", text)):
        if mark not in partner:
            left.append((mark, at))
        elif left and left[-1][0] == partner[mark]:
            left.pop()
        else:
            lonely.append(at)
    told = [one.place.span[0] for one in wording.brackets(Signs(text), SOURCE) if one.place.span]
    expected = lonely[:20] + [at for _, at in left][: max(0, 20 - len(lonely))]
    assert told == expected


@pytest.mark.parametrize("shift", range(4))
@pytest.mark.parametrize(
    "written",
    ["13⑧①②③④5⑥78", "138一二三四5六七八", "138壹贰叁肆5陆7捌", "\u200b".join("①③⑧①②③④⑤⑥⑦⑧")],
    ids=["circled", "han", "capital", "with something unseen between"],
)
def test_mixed_digits_are_found_wherever_they_stand(written: str, shift: int) -> None:
    assert "mobile" in kinds(FILLER + "。" * shift + written + FILLER)


@pytest.mark.parametrize("written", ["/".join(ID), ID[:6] + "-" + ID[6:14] + "-" + ID[14:]])
def test_a_han_digit_beside_it_hides_no_broken_number(written: str) -> None:
    assert "id_number" in kinds("第壹份身份证" + "壹" + written + "，共一二三四五六七八九十份")
    assert "id_number" in kinds(FILLER + "壹贰叁肆伍陆柒捌玖壹贰叁，壹" + written + FILLER)


def test_half_a_pair_stops_no_search() -> None:
    lists = Lists(sensitive=(SensitiveWord("试验词"),))
    found = check_text("坏字符\ud800后的试验词。", "a.txt", lists, today=TODAY)
    assert "politics.sensitive" in {one.rule.id for one in found}
