"""索引号: the patterns of real platforms, and what is none."""

from __future__ import annotations

import pytest

from mingchuang.norms import indexnumber

SEEN = (
    "000014349/2018-00226", "11441700007280420Y/2021-00050", "113715250044422281/2021-26757114",
    "11370322004222241N/2021-5135380", "6107280000/2024-001005", "0142768-8/2022-00185",
    "113701037059525546-A/2024-6581217", "43060000/2020-1717120", "6207250038/2021-00022",
    "011336909/2020-12335", "035210000/2025-00016",
)  # fmt: skip


@pytest.mark.parametrize("text", SEEN)
def test_what_platforms_write_is_read_and_written_back(text: str) -> None:
    found = indexnumber.parse(text)
    assert found is not None and str(found) == text
    assert indexnumber.faults(text, 2026) == []


def test_width_blanks_and_dashes_are_one_writing() -> None:
    assert str(indexnumber.parse(" ０００014349／2018－00226 ")) == "000014349/2018-00226"
    assert str(indexnumber.parse("11441700007280420y/2021—00050")) == "11441700007280420Y/2021-00050"


@pytest.mark.parametrize("text", ["", "无", "000014349/2018", "000014349-2018-00226", "000014349/18-00226", "x" * 200])
def test_another_form_is_named(text: str) -> None:
    (said,) = indexnumber.faults(text, 2026)
    assert "不是索引号的写法" in said and indexnumber.EXAMPLE in said


def test_year_and_serial() -> None:
    assert "不晚于2026年" in indexnumber.faults("000014349/2027-00001", 2026)[0]
    assert "流水号" in indexnumber.faults("000014349/2026-00000", 2026)[0]
