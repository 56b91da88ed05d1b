"""Fictional reports: for the generated tests of every kind and for the demonstration county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:85a049211f22c2e119a36efff2ea1903fdcb92cb6953c6ed240576e8723cd963",
}

SAMPLES: tuple[Mapping[str, Any], ...] = (
    {
        "title": "关于2018年度演示资金的审计结果",
        "doc_number": "",
        "formed_on": "2019-08-30",
        "summary": "演示数据：演示资金审计发现的两个问题和整改情况，单位和数字均为虚构。",
        "issuer": "青铜峡市审计局",
        "category": "audit",
        "about_year": "2018",
        "delivered_to": "青铜峡市人民政府",
        "delivered_on": "2019-08-30",
        "rectifies": "",
        "keywords": "审计；整改",
        "body": "<h2>一、基本情况</h2><p>审计了演示资金的收支。</p><h2>二、发现的问题</h2><p>见问题和整改清单。</p>",
        "findings": (
            {
                "number": "演2019-1",
                "unit": "演示单位甲",
                "finding": "项目资金未及时拨付",
                "amount": "12.5",
                "demand": "尽快拨付",
                "due_on": "2019-10-31",
                "state": "done",
                "result": "已全部拨付",
            },
            {
                "number": "演2019-2",
                "unit": "演示单位乙",
                "finding": "固定资产未入账",
                "amount": "",
                "demand": "清查入账",
                "due_on": "2019-12-31",
                "state": "going",
                "result": "正在清查",
            },
        ),
    },
    {
        "title": "2019年政府工作报告（演示）",
        "doc_number": "",
        "formed_on": "2019-01-10",
        "summary": "演示数据：上一年工作回顾和本年安排。",
        "issuer": "青铜峡市人民政府",
        "category": "government",
        "about_year": "2018",
        "delivered_to": "演示届次人民代表大会",
        "delivered_on": "2019-01-10",
        "rectifies": "",
        "keywords": "政府工作报告",
        "body": "<h2>一、工作回顾</h2><p>演示文字。</p>",
        "findings": (),
    },
)
