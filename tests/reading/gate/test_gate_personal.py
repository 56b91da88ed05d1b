"""Personal data: recall and precision on the half that was set aside; hard cases; nothing of a value gets out."""

from __future__ import annotations

import itertools
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.gate import make_personal_lines, personal_score

from mingchuang.norms.identifiers import id_check_character
from mingchuang.reading import gate
from mingchuang.reading.gate import personal
from mingchuang.reading.gate.cleaning import text as masking

TODAY = date(2026, 11, 24)
ID_17 = "99990119900307001"
ID = ID_17 + id_check_character(ID_17)


def test_the_lines_are_those_the_generator_makes() -> None:
    assert json.loads(personal_score.LINES.read_text("utf-8")) == json.loads(json.dumps(make_personal_lines.lines()))


def test_held_out_half_recall_and_precision() -> None:
    rows = personal_score.rows_of(held=True)
    assert len(rows) > 500
    right, missed, wrong, faults = personal_score.score(rows)
    print("\n".join(personal_score.table(right, missed, wrong)))
    assert right.total() / (right.total() + missed.total()) >= 0.99, faults
    assert right.total() / (right.total() + wrong.total()) >= 0.97, faults


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"身份证{ID}", ["id_number"]),
        (" ".join(ID), ["id_number"]),
        (f"甲\t{ID}\t乙", ["id_number"]),
        (f"1{ID}", []),
        ("12640381454850034N", []),
        ("13812345678元", []),
        ("１３８ １２３４ ５６７８", ["mobile"]),
        ("138\n1234\n5678", []),
        ("1 " * 40, []),
    ],
)
def test_hard_cases(text: str, kinds: list[str]) -> None:
    assert [hit.kind for hit in personal.find(text, TODAY)] == kinds


def test_a_birth_after_today_makes_no_id_number() -> None:
    first = "99990120261125001"
    code = first + id_check_character(first)
    assert personal.find(code, TODAY) == []
    assert personal.find(code, date(2026, 11, 25)) != []


def test_no_value_in_any_output() -> None:
    phone = "13800009999"
    name = f"{ID}_{phone}.txt"
    text = f"测某，身份证号{ID[:6]} {ID[6:14]} {ID[14:]}，电话{phone}。复印件{ID}。"
    findings = gate.check(text.encode(), name, today=TODAY)
    said = json.dumps([one.to_json() for one in findings], ensure_ascii=False) + repr(findings)
    assert ID not in said and phone not in said
    assert [one.result for one in findings if one.rule.id == "privacy.id_number"] == ["fail"] * 3
    hashes = {one.text_hash for one in findings if one.rule.id == "privacy.id_number"}
    assert len(hashes) == 1, "equal values have equal hashes within one file, however they are spaced"
    other = gate.check(text.encode() + b" ", name, today=TODAY)
    assert hashes.isdisjoint(one.text_hash for one in other)
    assert ID not in repr(personal.find(text, TODAY))


def test_masking_by_the_table() -> None:
    text = f"测某{ID}，电话13800009999，宁A12345，家庭住址：试验县测河镇虚构街1号2号楼3单元401室"
    assert masking.mask(text, TODAY) == "测某***，电话***，宁A***45，家庭住址：试验县测河镇***"
    listed = masking.mask(text, TODAY, "list")
    assert ID[:4] + "*" * 10 + ID[-4:] in listed and "138****9999" in listed
    assert "1990" not in listed


@given(st.text(alphabet="0123456789 -Xx宁A·号室楼村路１２@.a（）\n\t", max_size=80))
def test_masked_text_has_nothing_proven_left_and_spans_are_in_order(text: str) -> None:
    hits = personal.find(text, TODAY)
    assert all(a.end <= b.start for a, b in itertools.pairwise(hits))
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    masked = masking.mask(text, TODAY)
    for hit in hits:
        if hit.kind in personal.PROVEN and len(hits) == 1:
            assert text[hit.start : hit.end] not in masked
