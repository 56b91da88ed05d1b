"""统计核对: figures that know their records; shares with honest denominators; nothing in a CSV is a formula."""

from __future__ import annotations

import datetime

import pytest
from tests.record_faults import Faults

from mingchuang.core import now
from mingchuang.records.figures import NOTHING, WHOLE, Cell, Line, Sheet, all_figures, as_csv, counted, share
from mingchuang.records.kind import kind

DAY = datetime.date(2019, 9, 20)


def test_a_share_tells_what_is_missing_and_is_never_rounded_up():
    assert share([], []) == Cell(NOTHING)
    assert share([1, 2], [1, 2]) == Cell(WHOLE, (1, 2))
    assert share(range(1, 3000), range(1, 3001)) == Cell("99.9%", (3000,))
    assert share([1], [1, 2], least=80) == Cell("50.0%", (2,), attention=True)
    assert counted([3, 3, 4]) == Cell("2", (3, 4))
    assert counted([], wanted=True).attention


def test_no_cell_of_a_csv_is_a_formula():
    sheet = Sheet(("单位", "数"), (Line("x", "=HYPERLINK(1)", (Cell("-1"),)),), "")
    text = as_csv(sheet).decode("utf-8-sig")
    assert text.splitlines()[1] == "'=HYPERLINK(1),'-1"


def test_every_table_says_what_it_counts_and_why():
    assert {one.id for one in all_figures()} == {"admission", "construction", "interpretation", "projects"}
    assert all(one.rule and one.how for one in all_figures())


@pytest.mark.db
def test_rates_of_interpretation(cast):
    policies = Faults("policy", kind("policy").samples[1], DAY)
    explained = policies.published(cast, "A", doc_number="青政发〔2019〕951号")
    policies.published(cast, "A", doc_number="青政发〔2019〕952号")
    said = Faults("interpretation", kind("interpretation").samples[0], DAY)
    told = {"interprets": explained.index_number, "form": "picture", "head_of_unit": "yes"}
    record = said.published(cast, "A", **told)
    figures = next(one for one in all_figures() if one.id == "interpretation")
    assert list(figures.years()) == [2019]
    sheet = figures.build(2019, DAY)
    line = sheet.lines[-1]
    assert [cell.text for cell in line.cells] == ["2", "1", "50.0%", "100.0%", "100.0%", "1"]
    assert line.cells[1].records == (explained.pk,) and line.cells[5].records == (record.pk,)
    assert line.cells[2].attention, "the notice asks for all of them in 2019"
    # Three working days later the other one is overdue and counts.
    assert figures.build(2019, DAY + datetime.timedelta(weeks=1)).lines[-1].cells[3].text == "50.0%"
    with now.travel(DAY):
        assert sheet.sentence.startswith("2019 年公开政策文件 2 件，已解读 1 件")
