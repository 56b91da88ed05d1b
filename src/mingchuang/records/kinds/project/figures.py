"""确保均有项目向社会公开: which departments have published projects of a budget year, and which have not."""

from __future__ import annotations

from datetime import date

from mingchuang.records.figures import Figures, Line, Sheet, counted
from mingchuang.records.kinds.project.coverage import coverage, years


def _sheet(year: int, day: date) -> Sheet:
    found = coverage(year, day)
    lines = tuple(Line(one.code, one.name, (counted(one.records, wanted=True),)) for one in found.departments)
    if found.complete:
        sentence = f"{len(lines)} 个部门都有 {year} 年度的财政绩效项目公开。"
    else:
        sentence = f"{len(lines)} 个部门，{len(found.missing)} 个没有公开 {year} 年度的财政绩效项目。"
    return Sheet(("部门", "已公开的项目"), lines, sentence)


FIGURES = Figures(
    id="projects",
    title="财政绩效项目",
    rule="青政办发〔2019〕60号 一（四）4",
    how="有上级单位的行政机关，连同它下面的事业单位，在这个预算年度公开了几个项目。",
    years=years,
    build=_sheet,
)
