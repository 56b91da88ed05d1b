"""任务分工表 and 责任分解表 in every format, with merged cells, two heading rows, and without a grid."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from tests.reading import documents

from mingchuang.reading import Reading, read

TITLE = "明河县2024年政务公开任务分工表"
PLAIN = [
    ["序号", "工作任务", "责任单位", "完成时限"],
    ["1", "公开年度重点工作进展，每季度公布1次。", "县政府办公室、各乡镇", "年底前"],
    ["2", "提前1个月公布招生方案。", "县教育局牵头，各乡镇配合", "6月底前"],
    ["3", "开展业务培训不少于2次。", "县政府办公室等", "12月31日前"],
]
MERGED = [
    ["序号", "重点任务", "具体措施", "责任单位", "", "完成时限"],
    ["", "", "", "牵头单位", "配合单位", ""],
    ["一、推进决策公开", "", "", "", "", ""],
    [
        "1",
        "健全会议公开制度",
        "会后5个工作日内公开会议信息。邀请公众代表列席。",
        "县政府办公室",
        "县司法局、各乡镇",
        "6月底前",
    ],
    ["2", "", "公开重大决策事项目录。", "县司法局", "各有关部门", "2024年3月底前"],
    ["二、强化政策解读", "", "", "", "", ""],
    ["3", "同步解读", "解读率达到100%。", "县政府办公室", "县直各部门\n各乡镇", "长期"],
]
MERGES = [
    (0, 3, 0, 4),
    (2, 0, 2, 5),
    (5, 0, 5, 5),
    (3, 1, 4, 1),
    (0, 0, 1, 0),
    (0, 1, 1, 1),
    (0, 2, 1, 2),
    (0, 5, 1, 5),
]


def rows(reading: Reading) -> list[tuple[str, str | None, str, list[tuple[tuple[str, ...], tuple[str, ...], bool]]]]:
    return [(d.ref, d.heading, d.text, [(a.units, a.lead, a.open) for a in d.assignments]) for d in reading.duties]


def merged_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = document.add_table(rows=len(MERGED), cols=6)
    for row, values in enumerate(MERGED):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    for a, b, c, d in MERGES:
        table.cell(a, b).merge(table.cell(c, d))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


PLAIN_FORMATS: dict[str, Callable[[], bytes]] = {
    "plan.docx": lambda: documents.docx_table(PLAIN, [documents.Paragraph(TITLE)]),
    "plan.pdf": lambda: documents.pdf_table(PLAIN, before=TITLE),
    "plan.html": lambda: documents.html_table(PLAIN),
    "plan.xlsx": lambda: documents.xlsx_table([[TITLE, "", "", ""], *PLAIN], [(0, 0, 0, 3)]),
    "tabs.txt": lambda: "\n".join([TITLE, *("\t".join(row) for row in PLAIN)]).encode(),
    "blanks.txt": lambda: "\n".join([TITLE, *("  ".join(row) for row in PLAIN)]).encode(),
    "bars.txt": lambda: "\n".join([TITLE, *("| " + " | ".join(row) + " |" for row in PLAIN)]).encode(),
    "lines.txt": lambda: "\n".join([TITLE, *(cell for row in PLAIN for cell in row)]).encode(),
}


@pytest.mark.parametrize("name", PLAIN_FORMATS)
def test_plain_table(name: str) -> None:
    reading = read(PLAIN_FORMATS[name](), name)
    assert rows(reading) == [
        ("1", None, "公开年度重点工作进展，每季度公布1次。", [(("县政府办公室", "各乡镇"), (), False)]),
        ("2", None, "提前1个月公布招生方案。", [(("县教育局", "各乡镇"), ("县教育局",), False)]),
        ("3", None, "开展业务培训不少于2次。", [(("县政府办公室",), (), True)]),
    ]
    assert [[m.text for m in d.measures] for d in reading.duties] == [
        ["每季度公布1次", "年底前"],
        ["提前1个月", "6月底前"],
        ["不少于2次", "12月31日前"],
    ]
    if name != "plan.html":  # that page has no title but its window's
        assert reading.title == TITLE
        assert reading.duties[1].measures[1].value == "2024-06-30"


@pytest.mark.parametrize(
    ("name", "data"), [("merged.docx", merged_docx), ("merged.xlsx", lambda: documents.xlsx_table(MERGED, MERGES))]
)
def test_merged_cells_two_heading_rows_and_chapters(name: str, data: Callable[[], bytes]) -> None:
    office, law = "县政府办公室", "县司法局"
    assert rows(read(data(), name)) == [
        (
            "一1",
            "健全会议公开制度",
            "会后5个工作日内公开会议信息。邀请公众代表列席。",
            [((office, law, "各乡镇"), (office,), False)],
        ),
        ("一2", "健全会议公开制度", "公开重大决策事项目录。", [((law, "各有关部门"), (law,), True)]),
        ("二3", "同步解读", "解读率达到100%。", [((office, "县直各部门", "各乡镇"), (office,), False)]),
    ]


def test_groups_in_a_column_and_numbers_in_the_task() -> None:
    table = [
        ["工作任务", "具体要求", "责任部门"],
        ["一、做好财政信息公开。", "1.公开预算、决算。", "财务科"],
        ["二、做好网站公开。", "2.更新网站。", "办公室"],
        ["", "3.反馈意见。", "各科室"],
    ]
    found = rows(read(documents.docx_table(table), "groups.docx"))
    assert [(ref, heading) for ref, heading, *_ in found] == [
        ("一1", "做好财政信息公开"),
        ("二2", "做好网站公开"),
        ("二3", "做好网站公开"),
    ]


def test_one_task_over_several_owner_rows_is_one_duty() -> None:
    table = [
        ["序号", "任务", "责任单位"],
        ["1", "公开预算。", "县财政局"],
        ["1", "公开预算。", "各乡镇"],
        ["2", "公开决算。", "县审计局"],
    ]
    merged = documents.xlsx_table(table, [(1, 0, 2, 0), (1, 1, 2, 1)])
    found = rows(read(merged, "owners.xlsx"))
    assert [(ref, [a[0] for a in owners]) for ref, _, _, owners in found] == [
        ("1", [("县财政局",), ("各乡镇",)]),
        ("2", [("县审计局",)]),
    ]


def test_a_table_that_is_no_plan_is_text_without_duties() -> None:
    table = [["姓名", "电话", "地址"], ["某人", "0000", "某地"]]
    reading = read(documents.docx_table(table, [documents.Paragraph("通讯录")]), "people.docx")
    assert reading.duties == ()
    assert "".join(reading.text[a:b] for (a, b), _ in reading.pieces()) == reading.text


def test_running_text_inside_a_frame_is_read_as_text() -> None:
    table = [["明河县2024年政务公开工作要点\n一、加强公开\n（一）公开会议。及时公开会议信息。（县政府办公室负责）"]]
    reading = read(documents.docx_table(table), "frame.docx")
    assert [(d.ref, d.assignments[0].units) for d in reading.duties] == [("一（一）", ("县政府办公室",))]
