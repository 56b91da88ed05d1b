"""XLSX: sheets as tables, values as typed."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest
from tests.reading.documents import xlsx_table

from mingchuang.reading.formats import Extract, Place, Unreadable, extract
from mingchuang.reading.formats.sheet import cell_text


def _saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cells(read: Extract) -> dict[Place, str]:
    return {block.place: read.text_of(block) for block in read.blocks if block.place is not None}


def test_a_task_table_with_merged_cells() -> None:
    rows = [["任务分工表", ""], ["任务", "单位"], ["公开", "司法局"], ["", "财政局"]]
    read = extract(xlsx_table(rows, merges=[(0, 0, 0, 1), (2, 0, 3, 0)]), "tasks.xlsx")
    assert read.source_format == "xlsx"
    assert _cells(read) == {
        Place(0, 0, 0, 1, 2): "任务分工表",
        Place(0, 1, 0): "任务",
        Place(0, 1, 1): "单位",
        Place(0, 2, 0, 2, 1): "公开",
        Place(0, 2, 1): "司法局",
        Place(0, 3, 1): "财政局",
    }
    assert read.text == "任务分工表\n任务\t单位\n公开\t司法局\n财政局"


def test_places_are_those_of_the_sheet() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["C5"] = "公开"
    assert _cells(extract(_saved(book), "a.xlsx")) == {Place(0, 4, 2): "公开"}


def test_hidden_sheets_are_listed_apart() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "公开"
    hidden = book.create_sheet("底稿")
    hidden.append(["甲", "乙"])
    hidden.sheet_state = "hidden"
    read = extract(_saved(book), "a.xlsx")
    assert read.text == "公开"
    assert [(item.text, item.reason) for item in read.dropped] == [("甲\t乙", "hidden")]
    assert "底稿" in read.warnings[0].message


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (0.8, "0.8"),
        (-3.0, "-3"),
        (7, "7"),
        (True, "是"),
        ("  公开 ", "  公开 "),
        (datetime.date(2021, 11, 30), "2021-11-30"),
        (datetime.datetime(2021, 11, 30), "2021-11-30"),
        (datetime.datetime(2021, 11, 30, 9, 5), "2021-11-30 09:05:00"),
        (datetime.time(9, 5), "09:05:00"),
    ],
)
def test_values_as_typed(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_long_codes_stored_as_numbers_are_told() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["B2"] = 123456789012345678
    read = extract(_saved(book), "a.xlsx")
    assert [warning.code for warning in read.warnings] == ["inexact_number"]
    assert "第 2 行第 2 列" in read.warnings[0].message
    assert read.warnings[0].span == read.blocks[0].span


def test_two_far_corners_are_refused() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "甲"
    book.active["XFD1048576"] = "乙"
    with pytest.raises(Unreadable) as refusal:
        extract(_saved(book), "a.xlsx")
    assert refusal.value.code in {"too_large_table", "too_complex", "damaged"}


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        extract(_saved(openpyxl.Workbook()), "a.xlsx")
    assert refusal.value.code == "empty"
