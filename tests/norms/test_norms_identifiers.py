"""Codes of organisations and persons, and named hashes."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingchuang.norms import identifiers

GOOD_USCC = [
    "91110000600037341L",
    "11640381010854325B",
    "91640381MA75W00171",
    "52640381MJX000122C",
    "12640381454850034N",
    "N2640381MF5000004E",
    "91640381MA76D1A29N",
]


def codes(issues, severity="error"):
    return [issue.code for issue in issues if issue.severity == severity]


@pytest.mark.parametrize("code", GOOD_USCC)
def test_good_credit_codes(code):
    assert codes(identifiers.check_uscc(code)) == []
    assert identifiers.check_uscc(f" {code[:8].lower()}-{code[8:]} ") == identifiers.check_uscc(code)


@pytest.mark.parametrize("code", GOOD_USCC)
def test_every_other_last_character_fails(code):
    others = [char for char in identifiers.USCC_ALPHABET if char != code[-1]]
    assert all(codes(identifiers.check_uscc(code[:-1] + char)) == ["uscc.check"] for char in others)


def test_forbidden_letters_are_named_with_their_place_and_never_replaced():
    issues = identifiers.check_uscc("91640381MA75W0017O")
    assert codes(issues) == ["uscc.character"]
    assert "第18位“O”" in issues[0].message


def test_look_alikes_are_suggested_only_when_the_code_becomes_good():
    issues = identifiers.check_uscc("9164O381MA75W00171")
    assert issues[-1].context["suggestion"] == "91640381MA75W00171"
    assert issues[-1].severity == "remark"
    assert identifiers.suggest_uscc("91640381MA75W0017O") is None
    assert identifiers.suggest_uscc("91640381MA75W00171") is None


def test_wrong_length_and_wrong_characters_are_said_together():
    assert codes(identifiers.check_uscc("9164?")) == ["uscc.length", "uscc.character"]
    assert codes(identifiers.check_uscc(" ")) == ["uscc.empty"]


def test_an_old_inner_code_is_a_warning():
    first17 = "91640381MA75W0018"
    code = first17 + identifiers.uscc_check_character(first17)
    issues = identifiers.check_uscc(code)
    assert codes(issues) == []
    assert codes(issues, "warning") == ["uscc.organisation"]


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "360426199101010071", "640381199003070018", "640381200012318885"]
)
def test_good_id_numbers(number):
    assert identifiers.check_id_number(number) == []
    assert identifiers.check_id_number(number.lower()) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("640321198502290014", "id.birth"),  # the check character fits; 1985 had no 29 February
        ("640381200023018888", "id.birth"),
        ("640381199003070019", "id.check"),
        ("64038119900307001", "id.form"),
        ("", "id.empty"),
    ],
)
def test_bad_id_numbers(number, code):
    assert codes(identifiers.check_id_number(number)) == [code]


def test_old_numbers_of_fifteen_digits():
    assert identifiers.id_to_18("110105491231002") == "11010519491231002X"
    assert codes(identifiers.check_id_number("110105491231002"), "warning") == ["id.old"]
    assert codes(identifiers.check_id_number("110105491331002")) == ["id.birth"]


def test_births_in_the_future_and_unknown_provinces():
    assert codes(identifiers.check_id_number("640381200012318885", today=date(2000, 12, 30))) == ["id.future"]
    first17 = "99990119900307001"
    number = first17 + identifiers.id_check_character(first17)
    assert codes(identifiers.check_id_number(number), "warning") == ["id.area"]


@settings(deadline=None)
@given(st.text(max_size=40))
def test_checks_take_any_text(text):
    identifiers.check_uscc(text)
    identifiers.check_id_number(text)
