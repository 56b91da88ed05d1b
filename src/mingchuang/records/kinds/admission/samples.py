"""Fictional texts: for the generated tests of every kind and for the demonstration county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:d27e630d5efd25c6856ac52813d260504667e32208d7ad8638eed302664b2668",
}


def _school(name: str, level: str, nature: str, *told: str) -> dict[str, str]:
    address, teachers, classes, seats, inspection = told
    return {
        "name": name,
        "level": level,
        "nature": nature,
        "address": address,
        "teachers": teachers,
        "classes": classes,
        "seats": seats,
        "inspection": inspection,
    }


_NOTHING: Mapping[str, Any] = {
    "issuer": "青铜峡市教育局",
    "registration_from": "",
    "registration_until": "",
    "admitted_on": "",
    "plan": "",
    "districts": (),
    "schools": (),
    "results": (),
    "aids": (),
    "contacts": (
        {
            "office": "青铜峡市教育局基础教育科（演示）",
            "telephone": "办公电话（演示）",
            "hours": "工作日",
            "address": "",
        },
    ),
}

SAMPLES: tuple[Mapping[str, Any], ...] = (
    {
        **_NOTHING,
        "title": "青铜峡市2019年秋季义务教育补录招生信息（演示）",
        "formed_on": "2019-09-18",
        "summary": "演示数据：补录招生的方案、片区划分、学校情况和咨询方式，学校和数字均为虚构。",
        "sector": "义务教育",
        "part": "招生信息（综合）",
        "year": "2019",
        "registration_from": "2019-11-11",
        "registration_until": "2019-11-15",
        "plan": "<h2>一、对象</h2><p>年满六周岁、尚未入学的适龄儿童。</p>"
        "<h2>二、办法</h2><p>就近入学，网上报名，现场核验。</p>",
        "districts": (
            {"school": "演示第一小学", "area": "演示路以东、示例街以北"},
            {"school": "演示第二小学", "area": "演示路以西"},
        ),
        "schools": (
            _school("演示第一小学", "小学", "公办", "演示路1号", "62", "4", "180", ""),
            _school("演示第二小学", "小学", "公办", "示例街2号", "38", "2", "90", ""),
        ),
    },
    {
        **_NOTHING,
        "title": "青铜峡市2019年秋季义务教育招生结果（演示）",
        "formed_on": "2019-09-05",
        "summary": "演示数据：各学校的计划数、报名数、录取数和班数，均为虚构。",
        "sector": "义务教育",
        "part": "招生结果",
        "year": "2019",
        "admitted_on": "2019-09-02",
        "results": (
            {"school": "演示第一小学", "planned": "180", "applied": "176", "admitted": "176", "classes": "4"},
            {"school": "演示第二小学", "planned": "90", "applied": "84", "admitted": "84", "classes": "2"},
        ),
    },
    {
        **_NOTHING,
        "title": "青铜峡市2019年幼儿园情况一览（演示）",
        "formed_on": "2019-09-03",
        "summary": "演示数据：幼儿园分布、师资、班额和监督结果，均为虚构。",
        "sector": "学前教育",
        "part": "学校情况",
        "year": "2019",
        "schools": (
            _school("演示幼儿园", "幼儿园", "公办", "演示路3号", "24", "3", "90", "年检合格"),
            _school("示例幼儿园", "幼儿园", "普惠性民办", "示例街4号", "16", "2", "50", "年检合格，已整改一项"),
        ),
    },
    {
        **_NOTHING,
        "title": "青铜峡市2019年中等职业教育奖助学金政策（演示）",
        "formed_on": "2019-09-04",
        "summary": "演示数据：中等职业学校国家奖学金、助学金和免学费政策，标准均为虚构。",
        "sector": "中等职业教育",
        "part": "奖助学金政策",
        "year": "2019",
        "aids": (
            {"name": "演示助学金", "entitled": "符合条件的一、二年级学生", "amount": "1000", "apply": "向学校申请"},
        ),
    },
)
