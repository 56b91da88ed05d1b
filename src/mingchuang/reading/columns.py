"""The columns of a 任务分工表: what a heading cell says its column holds."""

from __future__ import annotations

import re
from typing import Literal

from mingchuang.reading.alternation import any_of

ColumnKind = Literal["number", "task", "lead", "main", "support", "time", "other"]
_NO_HEADING = re.compile(r"[。；，《》]|\d{2}|[表案点知单]$(?<!清单)")
_UNIT = "(?:单位|部门|科室|股室|处室|机构|主体|站所|股所|镇街|地区)"
_OTHER = any_of(
    "责任人 责任领导 负责人 分管领导 包抓领导 牵头领导 联系人 联系电话 备注 成果 完成情况 进展 依据 得分 分值 评分 佐证"
)
_MAIN = any_of("责任 落实 承办 实施 负责 主管 完成 执行 任务承担")
_TASK = any_of("任务 事项 内容 要求 措施 举措 目标 要点 工作 项目 类别 领域 指标 板块 名称")
_COLUMNS: tuple[tuple[ColumnKind, re.Pattern[str]], ...] = (
    ("number", re.compile(r"^(?:序号|编号|序|项目号|任务号|N[Oo]\.?)$")),
    ("other", re.compile(_OTHER)),
    ("lead", re.compile(rf"^(?:总?牵头|主办|主责|主要责任|第一责任)(?:责任|负责)?{_UNIT}?(?:（.*）)?$")),
    ("support", re.compile(rf"^(?:配合|协办|协同|参与|参加|协作|协助)(?:责任)?{_UNIT}?(?:（.*）)?$")),
    (
        "main",
        re.compile(rf"^(?:{_MAIN})(?:落实)?{_UNIT}(?:（.*）)?$|^(?:责任|任务)?分工$|^责任{_UNIT}?及.*$|^{_UNIT}$"),
    ),
    ("time", re.compile(r"时限|时间|期限|进度(?:安排|要求)|节点|截止")),
    ("task", re.compile(_TASK)),
)


def column_kind(heading: str) -> ColumnKind | None:
    """What a column holds, by the folded text of its heading cell; None for anything unknown or too long for one."""
    if not heading or len(heading) > 20 or _NO_HEADING.search(heading):
        return None
    return next((kind for kind, pattern in _COLUMNS if pattern.search(heading)), None)


def is_heading_row(headings: list[str]) -> bool:
    """Whether these cells head a table of duties: a task and who does it, or a task, its number and its date."""
    kinds = [column_kind(heading) for heading in headings]
    known = {kind for kind in kinds if kind}
    if "task" not in known or sum(kind is not None for kind in kinds) * 2 < len(kinds):
        return False
    return bool(known & {"lead", "main"}) or {"number", "time"} <= known
