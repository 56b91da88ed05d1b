"""Catalogue spreadsheets as offices make them, for the tests: 200 items, fictional content, any order of columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import xlsxwriter

FIELDS = ("财政预决算", "扶贫", "生态环境", "就业", "义务教育")
GENERAL = "《中华人民共和国政府信息公开条例》（国务院令第711号）第二十条"
LIMIT = "信息形成或者变更之日起20个工作日内公开"


@dataclass
class Line:
    """One row of the sheet: column → text."""

    cells: dict[str, str]


@dataclass
class Order:
    """Columns of a sheet: (group, head, column). An empty group: a head over two lines."""

    columns: Sequence[tuple[str, str, str]] = field(
        default_factory=lambda: (
            ("", "序号", "number"),
            ("", "领域", "field"),
            ("公开\n事项", "一级事项", "level1"),
            ("公开\n事项", "二级事项", "level2"),
            ("", "公开内容（要素）", "elements"),
            ("", "公开依据", "basis"),
            ("", "公开时限", "limit"),
            ("", "公开主体", "organ"),
            ("", "公开渠道和载体", "channels"),
            ("公开对象", "全社会", "public"),
            ("公开对象", "特定群众（请写明）", "group"),
            ("公开方式", "主动", "proactive"),
            ("公开方式", "依申请公开", "on_request"),
            ("公开层级", "县级", "county"),
            ("公开层级", "乡级", "township"),
        )
    )

    def letter(self, column: str) -> str:
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[[name for *_, name in self.columns].index(column)]

    def shuffled(self) -> Order:
        """Groups of columns in the opposite order, columns of a group too."""
        return Order(tuple(reversed(self.columns)))


def lines(count: int = 200) -> list[Line]:
    """Items in every usual way of writing; each is in order."""
    made = []
    for number in range(count):
        place = number % 8
        cells = {
            "number": str(number + 1),
            "field": FIELDS[number // 40 % len(FIELDS)],
            "level1": f"第{number // 4 + 1}类事项",
            "level2": f"事项{number + 1:03d}",
            "elements": ELEMENTS[place % len(ELEMENTS)],
            "basis": BASES[place % len(BASES)] if place != 3 else "同上",
            "limit": LIMITS[place],
            "organ": "青铜峡市财政局" if place not in (1, 3) else "同上",
            "channels": CHANNELS[place % len(CHANNELS)],
            "public": "" if place == 5 else TICKS[place % len(TICKS)],
            "group": "√（享受政策的困难家庭）" if place == 5 else "",
            "proactive": "" if place == 6 else "√",
            "on_request": "√" if place == 6 else "",
            "county": "√",
            "township": "√" if place % 2 else "",
        }
        made.append(Line(cells))
    return made


ELEMENTS = (
    "1.●政策文件\n2.●政策解读\n3.○咨询方式",
    "1.申请条件；2.申请材料；3.办理流程；4.咨询电话",
    "●年度计划\n○分项指标",
    "项目名称、实施单位、资金安排",
    "1.第3.5版方案\n2.公示\n结果",
)
BASES = (
    GENERAL,
    f"{GENERAL}、《中华人民共和国预算法》第十四条",
    "1.《中华人民共和国预算法》第十四条\n2.《中华人民共和国预算法\n实施条例》第六条；3.青政办发〔2019〕60号",
    "《关于印发〈测试用工作规程〉的通知》（青政办发〔2019〕60号）",
)
LIMITS = (
    LIMIT,
    "自批准之日起二十日内",
    "及时公开",
    "长期公示",
    "每季度公开一次",
    "公示期不少于10个工作日",
    "自信息形成或变更之日起20个工作日内（法律、法规另有规定的，从其规定）",
    "作出决定后7个工作日内",
)
CHANNELS = (
    "■政府网站 □政府公报\n■两微一端 □发布会/听证会\n□广播电视 □纸质媒体\n□公开查阅点 ■政务服务中心\n□其他____",
    "√政府网站\n口政府公报\n口两微一端\n√社区/企事业单位/村公示栏（电子屏）",
    "☑政府网站 □入户／现场 ☑其他 12345热线 □精准推送",
    "政府网站、公开查阅点",
)
TICKS = ("√", "✓", "✔", "☑", "■")


def workbook(rows: Sequence[Line], order: Order | None = None, title: str = "青铜峡市基层政务公开标准目录") -> bytes:
    """The sheet with a title, a note line, heads of two lines, and merged first levels."""
    columns = (order or Order()).columns
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("标准目录")
    style = book.add_format({"border": 1})
    sheet.merge_range(0, 0, 0, len(columns) - 1, title, style)
    sheet.write_string(1, 0, "填报单位：测试单位", style)
    _heads(sheet, columns, style)
    spans = _spans(rows)
    for offset, line in enumerate(rows):
        row = FIRST_ROW - 1 + offset
        for place, (_, _, name) in enumerate(columns):
            text = line.cells.get(name, "")
            if name == "number":
                sheet.write_number(row, place, int(text), style)
            elif name == "level1" and spans[offset] > 1:
                sheet.merge_range(row, place, row + spans[offset] - 1, place, text, style)
            elif text and not (name == "level1" and spans[offset] == 0):
                sheet.write_string(row, place, text, style)
    book.close()
    return target.getvalue()


def _spans(rows: Sequence[Line]) -> list[int]:
    """For each row the number of rows over which its first level is merged; 0 for those that an earlier one covers."""
    names = [line.cells["level1"] for line in rows]
    spans = []
    for place, name in enumerate(names):
        if place and name == names[place - 1]:
            spans.append(0)
        else:
            end = next((at for at in range(place, len(names)) if names[at] != name), len(names))
            spans.append(end - place)
    return spans


#: The row (from 1) of the first item.
FIRST_ROW = 5


def _heads(sheet: xlsxwriter.worksheet.Worksheet, columns: Sequence[tuple[str, str, str]], style: object) -> None:
    place = 0
    while place < len(columns):
        group, head, _ = columns[place]
        if not group:
            sheet.merge_range(2, place, 3, place, head, style)
            place += 1
            continue
        span = sum(1 for other, *_ in columns if other == group)
        sheet.merge_range(2, place, 2, place + span - 1, group, style)
        for offset in range(span):
            sheet.write_string(3, place + offset, columns[place + offset][1], style)
        place += span


def comma_file(rows: Sequence[Line], order: Order | None = None) -> bytes:
    """What a spreadsheet program saves as CSV in GB18030: merged cells keep their text in the first line only."""
    columns = (order or Order()).columns
    target = io.StringIO()
    writer = csv.writer(target)
    groups = [group for group, *_ in columns]
    firsts = [group and groups.index(group) == place for place, group in enumerate(groups)]
    writer.writerow(
        [
            group if group and first else (head if not group else "")
            for (group, head, _), first in zip(columns, firsts, strict=True)
        ]
    )
    writer.writerow([head if group else "" for group, head, _ in columns])
    for line, span in zip(rows, _spans(rows), strict=True):
        skipped = "" if span else "level1"
        writer.writerow([line.cells[name] if name != skipped else "" for *_, name in columns])
    return target.getvalue().encode("gb18030")


#: A fault to plant: the number of the item, the column, what to write there, the columns told, the rule found.
Plant = tuple[int, str, str, tuple[str, ...], str]
PLANTED: tuple[Plant, ...] = (
    (3, "level2", "", ("level2",), "catalogue.level2"),
    (17, "elements", "", ("elements",), "catalogue.elements"),
    (24, "basis", "", ("basis",), "catalogue.basis"),
    (41, "basis", "《测试用管理办法》", ("basis",), "catalogue.basis_cited"),
    (58, "limit", "按有关规定", ("limit",), "catalogue.limit"),
    (73, "limit", "信息形成之日起30个工作日内", ("limit",), "catalogue.limit_long"),
    (88, "organ", "青铜峡市财政局、青铜峡市审计局", ("organ",), "catalogue.organ_one"),
    (104, "channels", "□政府网站 □政府公报 □其他____", ("channels",), "catalogue.channels"),
    (121, "group", "√（退役军人）", ("public", "group"), "catalogue.audience"),
    (138, "proactive", "", ("proactive", "on_request"), "catalogue.mode"),
    (161, "county", "", ("county", "township"), "catalogue.level"),
    (190, "level2", "事项189", ("level2",), "catalogue.twice"),
)


def planted(rows: list[Line]) -> list[Line]:
    """The rows with the twelve faults."""
    spoilt = [replace(line, cells=dict(line.cells)) for line in rows]
    for number, column, text, _, _ in PLANTED:
        spoilt[number - 1].cells[column] = text
        if column == "limit" and "30" in text:
            spoilt[number - 1].cells["basis"] = GENERAL
        if column in ("county",):
            spoilt[number - 1].cells["township"] = ""
    return spoilt


def expected(order: Order) -> set[tuple[int, str, str]]:
    """(row, column letters, rule) of each planted fault."""
    return {
        (FIRST_ROW + number - 1, "、".join(sorted(order.letter(name) for name in told)), rule)
        for number, _, _, told, rule in PLANTED
    }
