"""Numbers that character recognition took for something else: read where the list proves them, told, text unchanged."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import mingchuang.site.demo
from mingchuang.reading import read

TEXT = (Path(mingchuang.site.demo.__file__).parent / "notice-2019-60.txt").read_text("utf-8")
WHOLE = read(TEXT.encode(), "whole.txt")
REFS = [duty.ref for duty in WHOLE.duties]

# What recognition does to the notice, and what the numbers look like afterwards.
MISREAD: dict[str, tuple[Callable[[str], str], str, str]] = {
    "a comma for 、": (lambda t: t.replace("二、完善", "二，完善"), "二，", "二、"),
    "a full stop for 、": (lambda t: t.replace("二、完善", "二。完善"), "二。", "二、"),
    "a stroke for 、": (lambda t: t.replace("二、完善", "二丶完善"), "二丶", "二、"),
    "an equals sign for 二": (lambda t: t.replace("二、完善", "=、完善"), "=、", "二、"),
    "a dash for 一": (lambda t: re.sub(r"(?m)^(\s*)一、紧盯", r"\1—、紧盯", t), "—、", "一、"),
    "a square closing bracket": (lambda t: t.replace("（四）推进", "（四]推进"), "（四]", "（四）"),
    "a square opening bracket": (lambda t: t.replace("（四）推进", "[四）推进"), "[四）", "（四）"),
    "both brackets square": (lambda t: t.replace("（四）推进", "［四］推进"), "［四］", "（四）"),
    "half and full brackets": (lambda t: t.replace("（四）推进", "(四〕推进"), "(四〕", "（四）"),
    "a letter for 1": (lambda t: re.sub(r"(?m)^(\s*)1\.(加大)", r"\1l.\2", t), "l.", "1."),
    "a middle dot for the point": (lambda t: t.replace("2.加大审计", "2·加大审计"), "2·", "2."),
}


@pytest.mark.parametrize("name", MISREAD)
def test_a_misread_number_is_read_where_the_list_proves_it(name: str) -> None:
    damage, written, meant = MISREAD[name]
    text = damage(TEXT)
    if text == TEXT:
        pytest.fail("the damage changes nothing")
    found = read(text.encode(), "scan.txt")
    assert [duty.ref for duty in found.duties] == REFS
    assert found.text == text.replace("\r\n", "\n"), "the text is never repaired"
    told = [w for w in found.warnings if w.code == "number_misread"]
    assert [found.text[slice(*w.span)] for w in told if w.span] == [written]
    assert f"“{written}”" in told[0].message and f"“{meant}”" in told[0].message
    others = sorted(w.code for w in found.warnings if w.code != "number_misread")
    assert others == sorted(w.code for w in WHOLE.warnings)
    for before, after in zip(WHOLE.duties, found.duties, strict=True):
        assert before.heading == after.heading


def test_every_number_of_a_scan_at_once() -> None:
    text = "明河县2021年工作要点\nl.巡河。每月巡河。\n2·护水。每月护水。\n3，植树。每年植树。\n4。清淤。每年清淤。\n"
    found = read(text.encode(), "scan.txt")
    assert [duty.ref for duty in found.duties] == ["1", "2", "3", "4"]
    assert [w.code for w in found.warnings].count("number_misread") == 3  # 3， is known from tired typists


@pytest.mark.parametrize(
    "text",
    [
        "一、巡河。每月巡河。\n三，植树。每年植树。\n",  # not the next one
        "一、巡河。每月巡河。\nl.植树。每年植树。\n",  # a first number without a second
        "l.植树是每年的工作。\n各单位要抓好落实。\n",
        "（一）巡河。每月巡河。\n（三]植树。每年植树。\n",
    ],
)
def test_nothing_is_made_a_number_without_proof(text: str) -> None:
    found = read(("明河县2021年工作要点\n" + text).encode(), "scan.txt")
    assert "number_misread" not in {w.code for w in found.warnings}
