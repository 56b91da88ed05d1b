"""A fictional organ: for the generated tests of every kind and for the demonstration county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:27c32d6ea1424ce3fdc12bc3d6d33ab88503f2a01450991ec5c01cb51675bb7e",
}

SAMPLES: tuple[Mapping[str, Any], ...] = (
    {
        "title": "青铜峡市人民政府办公室机构职能",
        "formed_on": "2019-09-02",
        "summary": "演示数据：办公室的主要职责、内设机构、领导分工和联系方式，人员均为虚构。",
        "issuer": "青铜峡市人民政府办公室",
        "nature": "department",
        "basis": "演示文件：职能配置、内设机构和人员编制规定",
        "address": "演示路1号",
        "hours": "工作日 8:30—12:00，14:30—18:30（法定节假日除外）",
        "telephone": "0000-0000000",
        "fax": "",
        "mail": "demo@example.invalid",
        "postcode": "000000",
        "website": "",
        "body": "<ol><li><p>协助市政府领导组织起草或者审核文件。</p></li>"
        "<li><p>组织、指导、监督全市政府信息公开工作。</p></li></ol>",
        "leaders": (
            {"name": "甲某", "post": "演示主任", "division": "主持全面工作"},
            {"name": "乙某", "post": "演示副主任", "division": "分管政务公开、政府网站"},
        ),
        "offices": (
            {"name": "综合科", "duties": "文电、会务、机要、档案", "telephone": "0000-0000001"},
            {"name": "政务公开科", "duties": "政府信息公开、政策解读、依申请公开", "telephone": "0000-0000002"},
        ),
    },
)
