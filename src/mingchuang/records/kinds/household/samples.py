"""Fictional people: for the generated tests of every kind and for the demonstration county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:e5c2558570654d94e4630f3d802a3c00cbf85c43bbe84aec87a7c2e526595fe6",
}

SAMPLES: tuple[Mapping[str, Any], ...] = (
    {
        "title": "示例镇示例村2019年第三季度最低生活保障对象公示",
        "formed_on": "2019-09-16",
        "summary": "演示数据：示例村本季度最低生活保障对象，只在村公示栏公示七天，人名均为虚构。",
        "matter": "minimum",
        "issuer": "示例镇人民政府",
        "area": "示例镇示例村",
        "basis": "按本年度城乡最低生活保障标准确定",
        "until": "2019-09-27",
        "contact": "示例镇民生服务中心",
        "households": (
            {"name": "甲一", "minor": "否", "group": "一组", "persons": "2", "category": "农村低保", "amount": "640"},
            {"name": "乙某", "minor": "是", "group": "三组", "persons": "1", "category": "农村低保", "amount": "410.5"},
        ),
    },
)
