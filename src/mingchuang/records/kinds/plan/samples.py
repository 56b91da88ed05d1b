"""A fictional plan: for the generated tests of every kind and for the demonstration county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:07aff4364f84dc9426b91f0a07a9f59fd9e735275a7b460fb5bdb0d75f7c761b",
}

SAMPLES: tuple[Mapping[str, Any], ...] = (
    {
        "title": "青铜峡市2019年政务公开工作计划",
        "doc_number": "",
        "formed_on": "2019-09-10",
        "summary": "演示数据：2019年政务公开的四项任务和截至九月初的进展。",
        "issuer": "青铜峡市人民政府办公室",
        "level": "annual",
        "start_on": "2019-01-01",
        "end_on": "2019-12-31",
        "approver": "青铜峡市人民政府",
        "approved_on": "2019-03-01",
        "replaces": "",
        "progress_on": "2019-09-05",
        "keywords": "政务公开；工作计划",
        "body": "<h2>一、总体要求</h2><p>坚持以公开为常态、不公开为例外。</p>",
        "progress": (
            {
                "task": "更新公开指南和目录",
                "target": "全部部门",
                "owner": "各部门",
                "due_on": "2019-08-31",
                "state": "done",
                "percent": "100",
                "done": "已全部更新",
            },
            {
                "task": "设置政府信息查阅点",
                "target": "3处",
                "owner": "青铜峡市人民政府办公室",
                "due_on": "2019-11-30",
                "state": "going",
                "percent": "33.3",
                "done": "已设置1处",
            },
            {
                "task": "培训工作人员",
                "target": "2次",
                "owner": "青铜峡市人民政府办公室",
                "due_on": "2019-06-30",
                "state": "late",
                "percent": "50",
                "done": "第二次培训因场地原因推迟到十月",
            },
        ),
    },
)
