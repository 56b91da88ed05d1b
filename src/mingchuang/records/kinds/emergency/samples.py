"""A fictional emergency: for the generated tests of every kind and for the demonstration county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:8367165b9718ef9d91ba6b2fca4ba7f6cef0a3e8b23df78eb8474f8712dae5fb",
}

SAMPLES: tuple[Mapping[str, Any], ...] = (
    {
        "title": "关于演示路段道路积水的情况通报",
        "formed_on": "2019-09-19",
        "summary": "演示数据：强降雨造成演示路段积水，交通管制两小时，没有人员伤亡。",
        "issuer": "青铜峡市应急管理局",
        "category": "natural",
        "level": "4",
        "stage": "first",
        "place": "演示路与示范街交叉口",
        "happened_at": "2019-09-19 06:10",
        "released_at": "2019-09-19 07:40",
        "conference_at": "",
        "response": "防汛四级应急响应",
        "follows": "",
        "advice": "请绕行演示路段，不要驶入积水区域。\n低洼处住户请把贵重物品移到高处。",
        "hotline": "0000-0000004",
        "body": "<p>9月19日6时10分许，演示路段出现积水，有关部门已到场处置。</p>",
        "releases": (
            {"at": "2019-09-19 07:40", "channel": "政务新媒体", "content": "发布绕行提示"},
            {"at": "2019-09-19 09:00", "channel": "政府网站", "content": "通报积水排除进展"},
        ),
    },
)
