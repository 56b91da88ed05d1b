"""重大建设项目: for each project how many pieces of each of the eight classes are public."""

from __future__ import annotations

from datetime import date

from mingchuang.records.figures import Figures, Line, Sheet, counted
from mingchuang.records.kinds.construction.models import InformationClass
from mingchuang.records.kinds.construction.progress import projects


def _sheet(year: int, day: date) -> Sheet:
    found = projects()
    lines = tuple(
        Line(one.project_code, one.project_name, tuple(counted(records) for _, records in one.pieces)) for one in found
    )
    whole = sum(not one.missing for one in found)
    sentence = f"{len(found)} 个项目，{whole} 个的八类信息都已公开；没有公开的是否到了该公开的阶段，请人工核对。"
    return Sheet(("项目", *InformationClass.labels), lines, sentence)


FIGURES = Figures(
    id="construction",
    title="重大建设项目",
    rule="国办发〔2017〕94号",
    how="按项目代码归并，每一类公开了几条。",
    years=None,
    build=_sheet,
)
