"""The customer's lists: format, importer with all faults at once, and the neutral lists."""

from __future__ import annotations

import io

import openpyxl
import pytest

from mingchuang.norms.outcome import Refused
from mingchuang.reading.gate.lists import FORMS, NEUTRAL, Leader, Slot, read_list


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
