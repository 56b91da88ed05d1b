"""义务教育招生: which of the five elements of a year are public, and since when."""

from __future__ import annotations

from datetime import date

from mingchuang.records.figures import NOTHING, Cell, Figures, Line, Sheet, counted
from mingchuang.records.kinds.admission.elements import elements, years


def _sheet(year: int, day: date) -> Sheet:
    found = elements(year)
    lines = tuple(
        Line(
            f"element-{place}",
            one.title,
            (counted(one.records, wanted=True), Cell(one.since.isoformat() if one.since else NOTHING, one.records)),
        )
        for place, one in enumerate(found, 1)
    )
    missing = [one.title for one in found if one.since is None]
    sentence = f"{year} 年的五项要素都已公开。" if not missing else f"{year} 年还没有公开：{'、'.join(missing)}。"
    return Sheet(("要素", "已公开的信息", "最早公开日期"), lines, sentence)


FIGURES = Figures(
    id="admission",
    title="义务教育招生",
    rule="青政办发〔2019〕60号 一（四）",
    how="招生方案、片区划分、学校情况、招生结果、咨询方式各有几条信息公开；方案写全的，其余各项也算。",
    years=years,
    build=_sheet,
)
