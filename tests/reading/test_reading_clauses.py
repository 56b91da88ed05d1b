"""Responsibility clauses in all their shapes."""

from __future__ import annotations

import pytest

from mingchuang.reading.clauses import clauses_in
from mingchuang.reading.projection import Projection
from mingchuang.reading.units import joined_names, looks_like_unit


def clauses(text: str) -> list[tuple[list[str], list[str], str, bool]]:
    projection = Projection(text)
    found = [c.assignment(projection, (0, 1)) for c in clauses_in(projection, 0, len(projection))]
    return [(list(a.units), list(a.lead), a.mode, a.open) for a in found]


@pytest.mark.parametrize(
    ("text", "units", "lead", "mode", "is_open"),
    [
        ("公开。（市财政局、审计局负责落实）", "市财政局 审计局", "", "joint", False),
        (
            "公开。（市财政局、农业农村局（扶贫办）、生态环境分局负责落实）",
            "市财政局 农业农村局（扶贫办） 生态环境分局",
            "",
            "joint",
            False,
        ),
        ("（各镇人民政府、农林场，市司法局分别负责落实）", "各镇人民政府 农林场 市司法局", "", "respective", False),
        ("（市直各部门按照职责分工具体落实）", "市直各部门", "", "by_duty", False),
        ("（市财政局、教育局等相关部门按照工作职能具体落实）", "市财政局 教育局", "", "by_duty", True),
        ("（市财政局牵头，市审计局、各乡（镇）配合）", "市财政局 市审计局 各乡（镇）", "市财政局", "lead", False),
        (
            "（市发展改革委会同市财政局、市住房和城乡建设局负责）",
            "市发展改革委 市财政局 市住房和城乡建设局",
            "市发展改革委",
            "lead",
            False,
        ),
        (
            "（责任单位：县司法局，各县（市、区）人民政府；完成时限：2019年11月底前）",
            "县司法局 各县（市、区）人民政府",
            "",
            "joint",
            False,
        ),
        (
            "【牵头单位：县司法局；配合单位：各乡镇、县直各部门】",
            "县司法局 各乡镇 县直各部门",
            "县司法局",
            "lead",
            False,
        ),
        ("[责任单位:县司法局,各乡镇]", "县司法局 各乡镇", "", "joint", False),
        ("(办公室牵头,各科室配合)", "办公室 各科室", "办公室", "lead", False),
        ("（市财政局（牵头）、市审计局）", "市财政局 市审计局", "市财政局", "lead", False),
        ("（市政府办公室牵头市审计局配合）", "市政府办公室 市审计局", "市政府办公室", "lead", False),
        ("（省政府办公厅为牵头单位，省司法厅为配合单位）", "省政府办公厅 省司法厅", "省政府办公厅", "lead", False),
        ("（由县政府办公室牵头，相关部门配合）", "县政府办公室", "县政府办公室", "lead", True),
        ("（各有关部门按职责分工负责）", "各有关部门", "", "by_duty", True),
        ("（市财政局和审计局及相关部门负责）", "市财政局 审计局", "", "joint", True),
        ("公开。（县财政局、县审计局）", "县财政局 县审计局", "", "joint", False),
        ("责任单位：县政府办公室、各股室。完成时限：年底前。", "县政府办公室 各股室", "", "joint", False),
        ("公开。责任单位：区市场监管局、区综合执法局", "区市场监管局 区综合执法局", "", "joint", False),
        ("责任领导：王某某  责任科室：财务科", "财务科", "", "joint", False),
        (
            "（牵头单位：区政府办公室 配合单位：区大数据局、区司法局）",
            "区政府办公室 区大数据局 区司法局",
            "区政府办公室",
            "lead",
            False,
        ),
        ("（縣審計局牽頭，縣財政局配合）", "縣審計局 縣財政局", "縣審計局", "lead", False),
        (
            "（市卫生健康委、市医保局等部门分别负责，2024年6月底前完成）",
            "市卫生健康委 市医保局",
            "",
            "respective",
            True,
        ),
        (
            "公开。（市人力资源和社会\n保障局、市文化和旅游\n局负责落实）",
            "市人力资源和社会保障局 市文化和旅游局",
            "",
            "joint",
            False,
        ),
        ("公开。（市司法局负责落实", "市司法局", "", "joint", False),
        ("公开。市司法局、审计局负责落实）", "市司法局 审计局", "", "joint", False),
    ],
)
def test_clause(text: str, units: str, lead: str, mode: str, is_open: bool) -> None:
    assert clauses(text) == [(units.split(), lead.split(), mode, is_open)]


@pytest.mark.parametrize(
    "text",
    [
        "成立政务公开领导小组（以下简称领导小组）。",
        "市市场监管局（知识产权局）要做好公开。",
        "根据《意见》（宁政办发〔2019〕38号）精神。",
        "各乡（镇）要抓好落实。",
        "公开范围（含下属单位）明确。",
        "试点（第一批）单位。",
        "由市财政局牵头，市审计局配合，做好公开。",
        "（责任单位：）",
        "（此件公开发布）",
    ],
)
def test_no_clause(text: str) -> None:
    assert clauses(text) == []


def test_several_clauses_and_their_places() -> None:
    projection = Projection("甲。（市司法局负责）乙。（市财政局负责）")
    found = clauses_in(projection, 0, len(projection))
    assert [projection.clean(c.start, c.end) for c in found] == ["（市司法局负责）", "（市财政局负责）"]


def test_and_joins_only_whole_names() -> None:
    def parts(name: str) -> list[str]:
        return [name[a:b] for a, b in joined_names(name)]

    assert parts("市财政局和审计局") == ["市财政局", "审计局"]
    assert parts("人力资源和社会保障局") == ["人力资源和社会保障局"]
    assert parts("住房和城乡建设局及各乡镇") == ["住房和城乡建设局", "各乡镇"]


def test_shapes_of_names() -> None:
    assert all(map(looks_like_unit, ("市财政局", "各村（社区）", "农林场", "区12345中心", "县委编办", "驻青吴属单位")))
    assert not any(map(looks_like_unit, ("", "及时公开", "长期坚持", "公开。市财政局")))
