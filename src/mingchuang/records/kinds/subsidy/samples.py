"""Fictional people: for the generated tests of every kind and for the demonstration county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:a741192c6af649f381153378ae3731b253df117a404465d4d0f5e667df471657",
}

SAMPLES: tuple[Mapping[str, Any], ...] = (
    {
        "title": "示例镇2019年耕地地力保护补贴发放公示",
        "formed_on": "2019-09-10",
        "summary": "演示数据：示例镇本年度耕地地力保护补贴的标准、面积和金额，公示期满自动撤下，人名均为虚构。",
        "subsidy": "耕地地力保护补贴",
        "issuer": "示例镇人民政府",
        "basis": "本年度耕地地力保护补贴实施方案",
        "standard": "每亩 80 元",
        "paid_on": "2019-09-10",
        "total": "1,240",
        "until": "2019-12-31",
        "contact": "示例镇财政所",
        "receivers": (
            {"name": "甲一", "tail": "", "area": "示例村", "quantity": "10", "amount": "800"},
            {"name": "乙二", "tail": "9999**********0010", "area": "示例村", "quantity": "5.5", "amount": "440"},
        ),
    },
)
