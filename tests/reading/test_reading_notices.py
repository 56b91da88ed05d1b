"""Notices of other counties, towns, departments and a province, invented, in the shapes that real ones have."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.reading.notice_summary import summary

from mingchuang.reading import read

FOLDER = Path(__file__).parent / "notices"
NOTICES = sorted(path.stem for path in FOLDER.glob("*.txt"))


def test_there_are_notices_and_each_has_its_expectation() -> None:
    assert len(NOTICES) >= 20
    expected = sorted(path.stem for path in FOLDER.glob("*.json"))
    assert expected == NOTICES


@pytest.mark.parametrize("name", NOTICES)
def test_notice(name: str) -> None:
    path = FOLDER / f"{name}.txt"
    assert summary(read(path.read_bytes(), path.name)) == json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("name", NOTICES)
def test_nothing_is_lost(name: str) -> None:
    reading = read((FOLDER / f"{name}.txt").read_bytes(), name)
    assert "".join(reading.text[a:b] for (a, b), _ in reading.pieces()) == reading.text


def test_two_hundred_pages() -> None:
    """Six hundred sections, ten sentences each: read whole, every one with its owner."""
    body = "及时公开办理情况，接受社会监督，做到应公开尽公开。" * 10
    sections = [f"（{_han(n)}）第{n}类事项公开。{body}（县政府办公室、第{n}局负责落实）" for n in range(1, 100)]
    chapters = "".join(f"{_han(c)}、第{c}章\n" + "\n".join(sections) + "\n" for c in range(1, 7))
    reading = read(f"明河县2024年政务公开工作要点\n{chapters}".encode(), "long.txt")
    assert len(reading.text) > 150_000
    assert len(reading.duties) == 6 * 99
    assert all(d.assignments[0].units[0] == "县政府办公室" and len(d.subtasks) == 10 for d in reading.duties)


def _han(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else digits[tens] + "十"
    return head + (digits[ones] if ones or not tens else "")
