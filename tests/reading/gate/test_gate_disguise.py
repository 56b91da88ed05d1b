"""A hostile clerk: numbers and words written so that a program passes over them, and how far the gate sees through."""

from __future__ import annotations

from datetime import date

import pytest

from mingchuang.norms.identifiers import id_check_character
from mingchuang.reading.gate import check_text, personal
from mingchuang.reading.gate.cleaning import text as masking
from mingchuang.reading.gate.lists import Lists, SensitiveWord

TODAY = date(2026, 11, 24)


def number(ending: str = "") -> str:
    """A valid number of the unassigned area; with that check character where one is asked for."""
    bodies = (f"99990119900101{order:03d}" for order in range(1, 999))
    return next(body + id_check_character(body) for body in bodies if id_check_character(body).endswith(ending))


ID, ID_X = number(), number("X")
MOBILE = "13812345678"
CIRCLED, HAN, CAPITAL = "⓪①②③④⑤⑥⑦⑧⑨", "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"


def spelt(digits: str, row: str) -> str:
    return "".join(row[int(sign)] if sign.isdigit() else sign for sign in digits)


def shifted(digits: str, first: int) -> str:
    return "".join(chr(first + int(sign)) if sign.isdigit() else sign for sign in digits)


def results(text: str, rule: str, lists: Lists | None = None) -> list[str]:
    found = check_text(text, "a.txt", lists or Lists(), today=TODAY)
    return [one.result for one in found if one.rule.id == rule]


@pytest.mark.parametrize(
    "written",
    [
        ID_X[:-1] + "x", shifted(ID, 0xFF10), ID_X[:-1] + "ｘ", ID_X[:-1] + "×", ID_X[:-1] + "Х", ID_X[:-1] + "ⅹ",
        *(
            sign.join(ID)
            for sign in "\u00ad\u180e\u200b\u200c\u200d\u200e\u2060\u2062\u202a\u2066\u20e3\u3164\ufe0f\ufeff\U000e0020"
        ),
        spelt(ID, CIRCLED), spelt(ID, HAN), spelt(ID, CAPITAL), spelt(ID, "⁰¹²³⁴⁵⁶⁷⁸⁹"),
        *(shifted(ID, first) for first in (0x0660, 0x06F0, 0x0F20)),
        ID[:6] + spelt(ID[6:], CIRCLED), " ".join(ID), "\u3000".join(ID),
    ],
    ids=lambda written: ascii(written)[:24],
)  # fmt: skip
def test_an_id_number_in_disguise_fails_and_is_masked(written: str) -> None:
    text = f"公示如下：测某，身份证号码{written}，请核对。"
    assert "fail" in results(text, "privacy.id_number")
    masked = masking.mask(text, TODAY)
    assert personal.find(masked, TODAY) == [] and written[6:14] not in masked
    assert masked.startswith("公示如下：测某，身份证号码***")


@pytest.mark.parametrize(
    "text",
    [
        f"测某 {ID[:6]}.{ID[6:14]}.{ID[14:]}", f"测某 {ID[:6]}·{ID[6:10]}·{ID[10:14]}·{ID[14:]}",
        f"测某 {ID[:6]}/{ID[6:14]}/{ID[14:]}", f"测某 {ID[:6]}_{ID[6:14]}_{ID[14:]}",
        f"身份证号{ID[:10]}\n{ID[10:]}", f"身份证号\t{ID[:6]}\t{ID[6:14]}\t{ID[14:]}",
        f"身份证号{ID[:6]}，{ID[6:14]}，{ID[14:]}", "身份证号\n" + "\n".join(ID), "测某\t" + "\t".join(ID),
        "测某：" + "、".join(ID),
    ],
    ids=lambda text: ascii(text)[-24:],
)  # fmt: skip
def test_an_id_number_in_pieces_is_for_a_person_to_look_at(text: str) -> None:
    assert results(text, "privacy.id_number") == ["uncertain"]


@pytest.mark.parametrize(
    "text", ["手机138.1234.5678", "手机：138\n12345678", "138_1234_5678", f"手机{'、'.join(MOBILE)}"]
)
def test_a_mobile_number_in_pieces_is_for_a_person_to_look_at(text: str) -> None:
    assert results(text, "privacy.mobile") == ["uncertain"]


@pytest.mark.parametrize(
    "written", [spelt(MOBILE, CIRCLED), spelt(MOBILE, CAPITAL), spelt(MOBILE, HAN), "\u200c".join(MOBILE)]
)
def test_a_mobile_number_in_disguise_fails(written: str) -> None:
    assert results(f"联系人测某，手机{written}。", "privacy.mobile") == ["fail"]
    assert results(f"手机{MOBILE}元", "privacy.mobile") == ["fail"], "an amount does not follow a label"


@pytest.mark.parametrize("written", ["ａｂｃ＠ｅｘａｍｐｌｅ．ｃｎ", "ab\u200bc@exam\u200dple.cn", "abc@example.cn"])
def test_an_address_of_mail_in_disguise(written: str) -> None:
    assert results(f"邮箱{written}，欢迎来信", "privacy.email") == ["uncertain"]


@pytest.mark.parametrize(
    "text",
    [
        "640381\t20190819\t1234\n640381\t20190820\t5678\n640381\t20190821\t9012",
        "1\t3\t5\t7\t9\t2\t4\t6\t8\t0\t1\t3\t5\t7\t9\t2\t4\t6", "2019.08.19，2019.08.20，2019.08.21，2019.08.22",
        "第一百二十三条、第四百五十六条、第七百八十九条、第一千二百三十四条", "①②③④⑤⑥⑦⑧⑨⑩共十项",
        "面积100m²、200m²、300m²、400m²、500m²", "二〇一九年八月十九日至二〇二〇年八月十九日",
        "编制数 138 1234 5678 9012", "1,381,234,567.89元，2,381,234,567.00元", "长×宽×高为1200×3400×5600×7800毫米",
    ],
)  # fmt: skip
def test_figures_dates_and_lists_are_no_persons(text: str) -> None:
    assert [hit.kind for hit in personal.find(text, TODAY)] == []


@pytest.mark.parametrize(
    "written",
    [
        "试\u202a验词\u2066甲", "试\ufe0f验\U000e0100词甲", "试\u3164验词甲", "试\u2063验词甲", "试\U000e0041验词甲",
        "试·验·词·甲",
        "试-验-词-甲", "试*验*词*甲", "试_验词甲", "试\u0301验词甲", "試驗詞甲", "试\n验\n词甲", "试　验 词\u200b甲",
    ],
    ids=ascii,
)  # fmt: skip
def test_a_word_of_a_list_in_disguise(written: str) -> None:
    lists = Lists(sensitive=(SensitiveWord("试验词甲"),))
    assert results(f"文中有{written}。", "politics.sensitive", lists) == ["uncertain"]


@pytest.mark.parametrize(
    "mark", ["机\u200b密★1年", "机密✭1年", "机密⭐1年", "机 密 ★ 1 年", "绝\u200d密☆长期", "⼼\n机密★2年"]
)
def test_a_mark_of_a_secret_in_disguise(mark: str) -> None:
    assert "fail" in results(f"{mark}\n关于某事的通知", "secrecy.mark")


def test_what_nobody_sees_is_said() -> None:
    assert results(f"身份证\u202e{ID[::-1]}\u202c。", "wording.invisible") == ["uncertain"]
    assert results("网页上复制的\u200b文字，\ufeff常有零宽空格。", "wording.invisible") == []
