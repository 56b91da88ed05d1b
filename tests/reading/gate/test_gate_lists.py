"""The customer's lists: format, importer with all faults at once, and the neutral lists."""

from __future__ import annotations

import io

import openpyxl
import pytest
from tests.record_files import pdf

from mingchuang.norms.outcome import Refused
from mingchuang.reading.formats import Unreadable
from mingchuang.reading.gate.lists import FORMS, MOST_ROWS, NEUTRAL, Leader, Lists, Slot, read_list


@pytest.mark.parametrize("slot", list(FORMS))
def test_every_slot_has_a_neutral_list(slot: Slot) -> None:
    assert read_list(slot, NEUTRAL[slot].encode("utf-8-sig"), "a.csv")
    assert read_list(slot, NEUTRAL[slot].encode("gb18030"), "a.csv")


def test_columns_in_another_order_and_as_a_workbook() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["任职起", "职务", "姓名", "排序"])
    sheet.append(["2024年1月1日", "试验市市长", "测甲某", 1])
    file = io.BytesIO()
    book.save(file)
    (row,) = read_list("leaders", file.getvalue(), "a.xlsx")
    assert isinstance(row, Leader)
    assert (row.name, row.post, row.order, str(row.since)) == ("测甲某", "试验市市长", 1, "2024-01-01")


def test_all_faults_by_row_and_column() -> None:
    text = (
        "姓名,职务,排序,任职起,任职止\n甲,市长,x,2024-01-01,\n,市长,1,2024-01-01,\n"
        "乙,市长,1,2024-13-01,\n丙,市长,1,2024-01-02,2023-01-01\n丁,市长,1,2024-01-01,\n丁,市长,1,2024-01-01,\n"
    )
    with pytest.raises(Refused) as refused:
        read_list("leaders", text.encode(), "a.csv")
    assert [issue.field for issue in refused.value.issues] == ["2:排序", "3:姓名", "4:任职起", "5:任职止", "7"]


def test_refusals_never_repeat_a_word() -> None:
    with pytest.raises(Refused) as refused:
        read_list("sensitive", "词语,建议\n试验词甲,\n试验词甲,\n".encode(), "a.csv")
    assert "试验词甲" not in str(refused.value)
    with pytest.raises(Refused) as refused:
        read_list("sensitive", "试验词甲,建议\n".encode(), "a.csv")
    assert "试验词甲" not in str(refused.value)


@pytest.mark.parametrize(
    ("slot", "text"),
    [
        ("sensitive", "试验词甲\n\n 试验词乙 \r\n"),
        ("sensitive", "\n\n词语\n试验词甲\n试验词乙\n"),
        ("map_numbers", "试S（2026）001号\n试S(2026)002号"),
        ("meetings", "试验市第六届人民代表大会第三次会议\n试验市第五届人民代表大会第一次会议\n"),
        ("sensitive", "词语\t建议\n试验词甲\t换一个\n试验词乙\n"),
    ],
)
def test_a_text_of_one_entry_a_line(slot: Slot, text: str) -> None:
    assert len(read_list(slot, text.encode("gb18030"), "名单.txt")) == 2


def test_rows_are_counted_as_a_spreadsheet_does_and_heads_may_stand_lower() -> None:
    text = "试验市敏感词,,\n\n词语,建议\n试验词甲,\n\n,只有建议\n试验词乙,,多出来的\n"
    with pytest.raises(Refused) as refused:
        read_list("sensitive", text.encode(), "a.csv")
    assert [issue.field for issue in refused.value.issues] == ["6:词语", "7:3"]


@pytest.mark.parametrize("text", ["词语,词语\n试验词甲,试验词乙\n", "试验词甲,试验词乙\n", "词语,等级\n试验词甲,高\n"])
def test_a_head_that_is_not_understood_is_refused_whole(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_list("sensitive", text.encode(), "a.csv")
    assert [issue.code for issue in refused.value.issues] == ["gate.list.columns"]
    assert "试验词" not in str(refused.value)


def test_nothing_is_cut_off() -> None:
    with pytest.raises(Refused) as refused:
        read_list("sensitive", "\n".join(f"词{n}" for n in range(MOST_ROWS + 1)).encode(), "a.txt")
    assert refused.value.issues[0].code == "gate.list.long"


def test_no_list_shows_itself() -> None:
    lists = Lists(sensitive=read_list("sensitive", NEUTRAL["sensitive"].encode(), "a.csv"))
    assert "试验词" not in repr(lists) + repr(lists.sensitive) + repr(lists.words)


@pytest.mark.parametrize(
    "data",
    [
        pdf("hello"),
        b"\xd0\xcf\x11\xe0" + b"a\n" * 300,
        b"<html><table><tr><td>a</td></tr></table></html>",
        b"{\\rtf1 a}",
    ],
    ids=["pdf", "xls", "html", "rtf"],
)
def test_what_is_no_table_fills_no_list(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_list("sensitive", data, "词表.txt")
