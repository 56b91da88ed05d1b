"""The real notice, damaged as converters, scanners and tired typists damage it: the duties stay, the damage is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import mingchuang.site.demo
from mingchuang.reading import Reading, read

TEXT = (Path(mingchuang.site.demo.__file__).parent / "notice-2019-60.txt").read_text("utf-8")
INNER_TITLE = " 青铜峡市 2019 年政务公开工作要点\n"
WHOLE = read(TEXT.encode(), "whole.txt")
REFS = [duty.ref for duty in WHOLE.duties]
CONTENTS = (
    "目  录\n\n一、紧盯重点领域，拓展公开范围……1\n\n（一）推进行政决策公开……1\n\n二、完善平台功能，提升公开成效……7\n\n"
)
ANNEX = "\n附件\n\n评估指标\n\n一、主动公开\n\n（一）更新及时得10分。\n\n（二）解读规范得10分。\n"
IMPRINT = "\n\n抄送：市委各部门。\n\n青铜峡市人民政府办公室 2019 年 8 月 19 日印发\n"

# What is done to the text, and the codes of the warnings that come on top of those of the whole notice.
DAMAGE: dict[str, tuple[Callable[[str], str], list[str]]] = {
    "half-width brackets": (lambda t: t.replace("（", "(").replace("）", ")"), []),
    "half-width marks": (lambda t: t.replace("，", ",").replace("：", ":").replace("；", ";"), []),
    "1、": (lambda t: re.sub(r"(?m)^(\s*)(\d)\.", r"\1\2、", t), []),
    "1．": (lambda t: re.sub(r"(?m)^(\s*)(\d)\.", r"\1\2．", t), []),
    "a lost opening bracket": (lambda t: t.replace("（三）推动", "三）推动"), ["number_lost_brackets"]),
    "a lost closing bracket": (lambda t: t.replace("（三）推动", "（三推动"), ["number_lost_brackets"]),
    "both brackets lost": (lambda t: t.replace("（三）推动", "三推动"), ["number_lost_brackets"]),
    "a lost point": (lambda t: t.replace("2.加大审计", "2加大审计"), ["number_lost_point"]),
    "a doubled section number": (lambda t: t.replace("（四）", "（四）（四）"), ["number_doubled"]),
    "a doubled chapter number": (lambda t: t.replace("二、完善", "二、二、完善"), ["number_doubled"]),
    "a clause not closed": (lambda t: t.replace("司法局负责落实）", "司法局负责落实"), ["unclosed_mark"]),
    "a clause not opened": (lambda t: t.replace("（市司法局负责落实", "市司法局负责落实"), ["unclosed_mark"]),
    "page numbers": (lambda t: t.replace("\n ", "\n\n— 3 —\n\n "), []),
    "form feeds": (lambda t: t.replace("\n ", "\n\f "), []),
    "no line breaks": (lambda t: re.sub(r"\s", "", t), []),
    "a contents list": (lambda t: t.replace(INNER_TITLE, INNER_TITLE + CONTENTS, 1), []),
    "a signature below a full line": (lambda t: t.rstrip() + "\n\n青铜峡市人民政府办公室\n\n2019 年 8 月 19 日\n", []),
    "an imprint": (lambda t: t.rstrip() + IMPRINT, []),
    "an annex with its own numbers": (lambda t: t + ANNEX, ["annex_without_owners"]),
    "an unreadable date": (lambda t: t.replace("8 月 19 日", "8 月  日"), ["date_unreadable"]),
    "a day that is none": (lambda t: t.replace("8 月 19 日", "13 月 19 日"), ["date_unreadable"]),
    "a date in Chinese numerals": (lambda t: t.replace("2019 年 8 月 19 日", "二○一九年八月十九日"), []),
    "no title": (
        lambda t: t.replace(t[t.index("青铜峡市人民政府办公室\n\n关于") : t.index("各镇人民政府、")], "", 1),
        ["title_missing"],
    ),
    "no covering letter": (lambda t: t[t.index(INNER_TITLE) :], ["date_missing", "issuer_missing", "number_missing"]),
}


def clauses(reading: Reading) -> int:
    return len({a.span for duty in reading.duties for a in duty.assignments})


@pytest.mark.parametrize("name", DAMAGE)
def test_the_duties_stay_and_the_damage_is_told(name: str) -> None:
    damage, told = DAMAGE[name]
    text = damage(TEXT)
    assert text != TEXT
    reading = read(text.encode(), "damaged.txt")
    assert [duty.ref for duty in reading.duties] == REFS
    assert clauses(reading) == 21
    assert sorted(w.code for w in reading.warnings) == sorted([*(w.code for w in WHOLE.warnings), *told])


def test_a_covering_letter_alone() -> None:
    reading = read(TEXT[: TEXT.index(INNER_TITLE)].encode(), "letter.txt")
    assert (reading.duties, [w.code for w in reading.warnings]) == ((), ["contents_missing"])
    assert reading.number == WHOLE.number


@pytest.mark.parametrize("at", [700, 1500, 3000, 4700, 6000])
def test_a_text_that_breaks_off(at: int) -> None:
    reading = read(TEXT[:at].encode(), "cut.txt")
    numbered = [duty.ref for duty in reading.duties]
    assert numbered == REFS[: len(numbered)]
    assert "truncated_end" in {w.code for w in reading.warnings}


def test_a_number_left_out() -> None:
    reading = read(TEXT.replace("（六）回应", "（七）回应").encode(), "gap.txt")
    assert [d.ref for d in reading.duties if d.ref not in REFS] == ["一（七）"]
    assert {"number_gap", "number_repeated"} <= {w.code for w in reading.warnings}


def test_a_heading_that_lost_its_number_restarts_the_list() -> None:
    reading = read(TEXT.replace("（四）推进重点领域公开", "推进重点领域公开").encode(), "lost.txt")
    assert len(reading.duties) == 27 and clauses(reading) == 21
    assert "number_restarted" in {w.code for w in reading.warnings}
