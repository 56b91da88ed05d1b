"""Fictional projects: for the generated tests of every kind and for the demonstration county. Codes lie in 999901."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:9a987b727aaeab30189eac14f381668c26872045ae59170513f9997d1380da2c",
}

_PROJECT = {
    "doc_number": "",
    "project_code": "2019-999901-78-01-000001",
    "project_name": "演示河滨步道工程",
    "site": "演示镇河滨路",
    "owner": "青铜峡市住房和城乡建设局（演示）",
    "investment": "1,860.00",
    "is_licence": "否",
    "tender_step": "",
    "reported_on": "",
    "shown_until": "",
    "accepted_on": "",
    "acceptance": "",
    "filing_no": "",
    "final_cost": "",
    "body": "",
    "approvals": (),
    "parties": (),
}

SAMPLES: tuple[Mapping[str, Any], ...] = (
    _PROJECT
    | {
        "title": "关于演示河滨步道工程可行性研究报告的批复",
        "doc_number": "青审管发〔2019〕901号",
        "formed_on": "2019-09-10",
        "summary": "演示数据：同意演示河滨步道工程可行性研究报告，总投资1860万元，均为虚构。",
        "information": "批准结果信息",
        "stage": "前期",
        "issuer": "青铜峡市审批服务管理局",
        "approvals": (
            {
                "item": "可行性研究报告审批",
                "number": "青审管发〔2019〕901号",
                "authority": "青铜峡市审批服务管理局",
                "decided_on": "2019-09-10",
                "result": "同意",
            },
        ),
    },
    _PROJECT
    | {
        "title": "演示河滨步道工程施工中标候选人公示",
        "formed_on": "2019-09-17",
        "summary": "演示数据：施工标段的两名中标候选人及报价，单位和数字均为虚构。",
        "information": "招标投标信息",
        "stage": "前期",
        "issuer": "青铜峡市公共资源交易中心（演示）",
        "tender_step": "中标候选人公示",
        "reported_on": "2019-09-17",
        "shown_until": "2019-09-20",
        "body": "<p>对评标结果有异议的，请在公示期内向招标人提出。</p>",
        "parties": (
            {
                "role": "中标候选人",
                "name": "演示建设有限公司",
                "uscc": "91999901MA7000C307",
                "qualification": "市政公用工程施工总承包二级",
                "head": "示例甲",
                "offer": "1,720.50",
            },
            {
                "role": "中标候选人",
                "name": "演示市政工程有限公司",
                "uscc": "91999901MA7000B263",
                "qualification": "市政公用工程施工总承包二级",
                "head": "示例乙",
                "offer": "1,735.00",
            },
        ),
    },
)
