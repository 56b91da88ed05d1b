"""Fictional notices: for the generated tests of every kind and for the demonstration county. Nobody in them exists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:cebe990959e0023603951841ea0b2f50c29bb51fb85189d8de23f82215a0edfc",
}

_POSTS = (
    {
        "code": "YS01",
        "unit": "演示事业单位",
        "name": "档案管理",
        "headcount": "1",
        "education": "大学专科及以上",
        "major": "档案学（演示）",
        "conditions": "",
        "ratio": "1:3",
    },
    {
        "code": "YS02",
        "unit": "演示事业单位",
        "name": "财务",
        "headcount": "2",
        "education": "大学本科及以上",
        "major": "会计学（演示）",
        "conditions": "",
        "ratio": "1:3",
    },
)


def _candidate(ticket: str, post_code: str, *told: str) -> dict[str, str]:
    written, interview, total, rank, conclusion = told
    return {
        "ticket": ticket,
        "name": "",
        "partial_id": "",
        "post_code": post_code,
        "written": written,
        "interview": interview,
        "total": total,
        "rank": rank,
        "conclusion": conclusion,
    }


_RECRUITMENT = {
    "employer": "事业单位",
    "recruitment": "青铜峡市2019年事业单位公开招聘（演示）",
    "issuer": "青铜峡市人力资源和社会保障局",
    "contact": "事业单位人事管理科（演示）",
}

SAMPLES: tuple[Mapping[str, Any], ...] = (
    _RECRUITMENT
    | {
        "title": "青铜峡市2019年事业单位公开招聘拟聘人员公示（演示）",
        "formed_on": "2019-09-18",
        "summary": "演示数据：拟聘人员的准考证号、职位和成绩，均为虚构。",
        "stage": "拟录用（聘用）公示",
        "apply_from": "",
        "apply_until": "",
        "exam_on": "",
        "until": "2019-09-29",
        "body": "<p>公示期内有异议的，请向监督单位反映。</p>",
        "posts": _POSTS,
        "candidates": (
            _candidate("演示20190001", "YS01", "78.50", "82.00", "80.25", "1", "拟录用（聘用）"),
            _candidate("演示20190007", "YS02", "81.00", "80.00", "80.50", "1", "拟录用（聘用）"),
            _candidate("演示20190012", "YS02", "77.00", "79.00", "78.00", "2", "拟录用（聘用）"),
        ),
    },
    _RECRUITMENT
    | {
        "title": "青铜峡市2019年事业单位公开招聘公告（演示）",
        "formed_on": "2019-06-03",
        "summary": "演示数据：招聘职位、名额、报考条件和报名时间，均为虚构。",
        "stage": "招考公告",
        "apply_from": "2019-06-10",
        "apply_until": "2019-06-14",
        "exam_on": "2019-07-13",
        "until": "",
        "body": "<h2>一、报名办法</h2><p>网上报名，逾期不补。</p>",
        "posts": _POSTS,
        "candidates": (),
    },
)
