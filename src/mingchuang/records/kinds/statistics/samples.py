"""Fictional statistics: for the generated tests of every kind and for the demonstration county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:59abb5290dcaf1dde055d8a41e43ed8951d304109141841af80ec476f3e1df3a",
}

SAMPLES: tuple[Mapping[str, Any], ...] = (
    {
        "title": "青铜峡市2019年上半年主要统计指标（演示）",
        "formed_on": "2019-08-20",
        "summary": "演示数据：上半年四项指标及与上年同期的比较，数字均为虚构。",
        "issuer": "青铜峡市统计局",
        "period": "half",
        "start_on": "2019-01-01",
        "end_on": "2019-06-30",
        "standing": "early",
        "source": "演示统计报表",
        "method": "演示统计制度",
        "next_on": "2020-02-20",
        "revises": "",
        "keywords": "统计；上半年",
        "body": "<p>增加值的增减按可比价计算。部分数据因四舍五入，合计与分项略有出入。</p>",
        "indicators": (
            {
                "name": "演示增加值",
                "unit": "亿元",
                "value": "62.5",
                "before": "60",
                "change": "3.8",
                "comparison": "real",
            },
            {
                "name": "演示零售额",
                "unit": "亿元",
                "value": "12.36",
                "before": "12",
                "change": "3",
                "comparison": "nominal",
            },
            {
                "name": "演示就业率",
                "unit": "%",
                "value": "95.2",
                "before": "94.7",
                "change": "0.5",
                "comparison": "points",
            },
            {"name": "演示户数", "unit": "户", "value": "1200", "before": "", "change": "", "comparison": ""},
        ),
        "revisions": (
            {
                "name": "演示零售额",
                "period": "2018年上半年",
                "unit": "亿元",
                "earlier": "12.1",
                "now": "12",
                "reason": "按普查结果修订",
            },
        ),
    },
)
