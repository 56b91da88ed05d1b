"""Fictional notices: for the generated tests of every kind and for the demonstration county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:8d4ed6654907a477e534f6cf84695e2792c3b3fd6c6cb98842bfee1675d2679d",
}

SAMPLES: tuple[Mapping[str, Any], ...] = (
    {
        "title": "关于2019年政府信息查阅点设置方案的公示",
        "doc_number": "",
        "formed_on": "2019-09-19",
        "summary": "演示数据：公示拟设置的三处政府信息查阅点，公示期内可以提出意见。",
        "issuer": "青铜峡市人民政府办公室",
        "category": "posting",
        "basis": "演示依据：查阅场所管理办法",
        "posted_from": "2019-09-20",
        "posted_to": "2019-09-27",
        "posting_days": "5",
        "counting": "workday",
        "contact": "青铜峡市政务公开办公室",
        "telephone": "0000-0000000",
        "address": "演示路1号",
        "keywords": "公示；查阅点",
        "body": "<p>拟在档案馆、图书馆和政务服务大厅设置政府信息查阅点，现予公示。</p>",
    },
    {
        "title": "关于政府网站暂停服务的公告",
        "doc_number": "",
        "formed_on": "2019-09-18",
        "summary": "演示数据：政府网站因机房检修暂停服务两小时。",
        "issuer": "青铜峡市人民政府办公室",
        "category": "announcement",
        "basis": "",
        "posted_from": "",
        "posted_to": "",
        "posting_days": "",
        "counting": "",
        "contact": "",
        "telephone": "",
        "address": "",
        "keywords": "",
        "body": "<p>因机房检修，政府网站于夜间暂停服务两小时。</p>",
    },
)
