"""A fictional answer: for the generated tests of every kind and for the demonstration county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:17710baa433e945a9a7ef71dbd0fb848680aa26d13b7d373a8fe9ffd0accafe7",
}

SAMPLES: tuple[Mapping[str, Any], ...] = (
    {
        "title": "对演示届次人大第三次会议第901号建议的答复",
        "doc_number": "",
        "formed_on": "2019-08-28",
        "summary": "演示数据：答复关于增加政府信息查阅点的建议。",
        "issuer": "青铜峡市人民政府办公室",
        "category": "suggestion",
        "number": "第901号",
        "session": "演示届次人大第三次会议",
        "subject": "关于增加政府信息查阅点的建议",
        "proposer": "某代表",
        "agrees": "yes",
        "handed_on": "2019-06-03",
        "answered_on": "2019-08-28",
        "grade": "B",
        "promised_on": "2019-12-31",
        "together": "",
        "satisfaction": "content",
        "contact": "政务公开科",
        "telephone": "0000-0000002",
        "keywords": "建议；查阅点",
        "body": "<p>某代表：</p><p>您提出的建议收悉，现答复如下。</p><p>拟在年底前新增两处查阅点。</p>",
    },
)
