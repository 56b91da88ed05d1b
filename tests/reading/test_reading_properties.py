"""What holds for every text: nothing lost, nothing invented, spans right, no exception, the same answer twice."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingchuang.reading import Reading, Unreadable, read
from mingchuang.reading.codes import WARNING_CODES

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "read.schema.json").read_text("utf-8"))
NOTICES = sorted((Path(__file__).parent / "notices").glob("*.txt"))
PIECES = (
    "一、",
    "二、",
    "（一）",
    "（二）",
    "(三)",
    "1.",
    "2．",
    "2. 2.",
    "（1）",
    "①",
    "第一条",
    "第二章",
    "一是",
    "。",
    "，",
    "；",
    "：",
    "\n",
    "\n\n",
    "　　",
    " ",
    "（",
    "）",
    "【",
    "】",
    "《",
    "》",
    "“",
    "”",
    "责任单位：",
    "牵头单位：",
    "完成时限：",
    "市财政局",
    "各乡（镇）",
    "等相关部门",
    "负责落实",
    "牵头",
    "配合",
    "按职责分工",
    "7个工作日内",
    "年底前",
    "2月30日前",
    "达到80%以上",
    "每季度",
    "不少于2次",
    "不得",
    "严禁",
    "及时",
    "定期",
    "附件1",
    "附件：",
    "目录",
    "明河县人民政府办公室",
    "2024年5月6日",
    "（此件公开发布）",
    "现将《要点》印发给你们",
    "各单位要抓好落实",
    "序号\t任务\t责任单位",
    "1\t公开\t县财政局",
    "|",
    "明政办发〔2024〕3号",
    "关于印发要点的通知",
    "政务公开工作要点",
    "公开信息",
    "abc",
    "12",
    "3.5",
    "\u200b",
    "\u3000",
)


def check(reading: Reading, text: str) -> None:
    assert reading.text == text
    pieces = reading.pieces()
    assert "".join(reading.text[a:b] for (a, b), _ in pieces) == text
    data = reading.to_json()
    jsonschema.validate(data, SCHEMA)
    assert len({d.ref for d in reading.duties}) == len(reading.duties)
    tight = "".join(text.split())
    pages = [span for span, node in pieces if node.kind == "furniture"]
    for duty in reading.duties:
        _within(duty.span, text)
        for name in duty.suggested_units:
            assert name in tight
        for assignment in duty.assignments:
            assert assignment.raw == text[assignment.span[0] : assignment.span[1]]
            assert set(assignment.lead) <= set(assignment.units)
            assert all(unit in tight for unit in assignment.units)
        for part in (*duty.subtasks, *duty.measures):
            _within(part.span, text)
            assert _tight_without(pages, part.span, text) == part.text
    for warning in reading.warnings:
        assert warning.message.endswith("。")
        if warning.span:
            _within(warning.span, text)


def _tight_without(pages: list[tuple[int, int]], span: tuple[int, int], text: str) -> str:
    """The characters of a span, without white space and without the page numbers that stand inside it."""
    inside = [at for at in range(*span) if not any(start <= at < end for start, end in pages)]
    return "".join("".join(text[at] for at in inside).split())


def _within(span: tuple[int, int], text: str) -> None:
    assert 0 <= span[0] < span[1] <= len(text)
    assert not text[span[0]].isspace() and not text[span[1] - 1].isspace()


@settings(max_examples=250, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=60).map("".join).filter(lambda text: text.strip()))
def test_any_text_made_of_the_words_of_notices(text: str) -> None:
    visible = text.replace("\u200b", "")
    check(read(visible.encode(), "any.txt"), visible) if visible.strip() else None


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=300))
def test_any_text_at_all(text: str) -> None:
    try:
        reading = read(text.encode(), "any.txt")
    except Unreadable as error:
        assert error.message.endswith("。")
        return
    assert "".join(reading.text[a:b] for (a, b), _ in reading.pieces()) == reading.text
    jsonschema.validate(reading.to_json(), SCHEMA)


@pytest.mark.parametrize("path", NOTICES, ids=[path.stem for path in NOTICES])
def test_every_notice(path: Path) -> None:
    reading = read(path.read_bytes(), path.name)
    check(reading, reading.text)
    assert reading.to_json() == read(path.read_bytes(), path.name).to_json()


@pytest.mark.parametrize("path", NOTICES[:6], ids=[path.stem for path in NOTICES[:6]])
def test_a_notice_cut_off_anywhere(path: Path) -> None:
    text = read(path.read_bytes(), path.name).text
    for at in range(5, len(text), 37):
        if text[:at].strip():
            check(read(text[:at].encode(), "cut.txt"), text[:at])


def test_the_schema_lists_every_code_of_the_grammar() -> None:
    listed = SCHEMA["properties"]["warnings"]["items"]["properties"]["code"]["anyOf"][0]["enum"]
    assert sorted(listed) == sorted(WARNING_CODES)


def test_every_code_given_is_listed() -> None:
    given_codes = {w.code for path in NOTICES for w in read(path.read_bytes(), path.name).warnings}
    assert given_codes <= set(WARNING_CODES)
