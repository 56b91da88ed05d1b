"""Fictional appointments: for the generated tests of every kind and for the demonstration county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:b01b174b8c1fccabd6a843482632b86d72f58ed424bc761411c2ea4632dd03cc",
}

SAMPLES: tuple[Mapping[str, Any], ...] = (
    {
        "title": "关于甲某等同志任免职的通知（演示）",
        "doc_number": "青政干发〔2019〕901号",
        "formed_on": "2019-09-05",
        "summary": "演示数据：两名虚构人员的任免。",
        "issuer": "青铜峡市人民政府",
        "category": "decision",
        "meeting": "演示会议：市人民政府第××次常务会议",
        "decided_on": "2019-09-03",
        "posted_from": "",
        "posted_to": "",
        "contact": "",
        "telephone": "",
        "body": "<p>经研究，决定：</p>",
        "people": (
            {
                "name": "甲某",
                "deed": "appoint",
                "post": "演示单位副主任",
                "present": "",
                "probation": "yes",
                "remark": "试用期一年",
            },
            {
                "name": "乙某",
                "deed": "remove",
                "post": "演示单位副主任",
                "present": "",
                "probation": "",
                "remark": "",
            },
        ),
    },
    {
        "title": "干部任前公示（演示）",
        "doc_number": "",
        "formed_on": "2019-09-20",
        "summary": "演示数据：一名虚构人员的任前公示。",
        "issuer": "演示组织部门",
        "category": "posting",
        "meeting": "",
        "decided_on": "",
        "posted_from": "2019-09-20",
        "posted_to": "2019-09-27",
        "contact": "演示组织部门",
        "telephone": "0000-0000003",
        "body": "",
        "people": (
            {
                "name": "丙某",
                "deed": "intend",
                "post": "演示单位主任",
                "present": "演示单位副主任",
                "probation": "",
                "remark": "",
            },
        ),
    },
)
