"""A fictional batch: for the generated tests of every kind and for the demonstration county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:1f41ff4a99fcf865e1f865edd7bc8386966b5138ec2dbf2cdec577c5fdbdb0f0",
}


def _step(step: str, starts_on: str, ends_on: str = "", place: str = "", result: str = "") -> dict[str, str]:
    return {
        "step": step,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "number": "",
        "place": place,
        "result": result,
    }


_BOARDS = "演示镇、演示村及第一、第二村民小组公示栏"

SAMPLES: tuple[Mapping[str, Any], ...] = (
    {
        "title": "青铜峡市2019年第9批次建设用地征收信息（演示）",
        "formed_on": "2019-09-10",
        "summary": "演示数据：演示镇演示村集体土地2.35公顷的征收预公告、方案公告和各环节日期，均为虚构。",
        "batch": "2019年第9批次建设用地（演示）",
        "places": "演示镇演示村第一、第二村民小组",
        "hectares": "2.35",
        "area": "东至演示渠，西至演示路，南至演示沟，北至演示林带。",
        "purpose": "农村供水设施建设",
        "survey_plan": "2019年7月29日至8月2日由自然资源局会同镇人民政府开展。",
        "present_state": "水浇地2.10公顷，农村道路0.25公顷。",
        "compensation": "执行自治区公布的区片综合地价，地上附着物和青苗另行补偿。",
        "resettlement": "货币安置。",
        "social_security": "符合条件的被征地农民纳入养老保险补贴范围。",
        "registration": "2019年9月6日前持权属证明到演示镇人民政府办理",
        "objection": "青铜峡市自然资源局征地科（演示）",
        "objected": "否",
        "approval_no": "",
        "approver": "",
        "approved_on": "",
        "received_on": "",
        "body": "<p>依照土地管理法的规定，现将本批次土地征收信息公布如下。</p>",
        "steps": (
            _step("征收土地预公告", "2019-07-15", "2019-07-29", _BOARDS),
            _step("土地现状调查", "2019-07-29", "2019-08-02", "", "权属清楚，无争议"),
            _step("社会稳定风险评估", "2019-07-30", "2019-08-05", "", "低风险"),
            _step("征地补偿安置方案公告", "2019-08-07", "2019-09-06", _BOARDS),
            _step("补偿登记", "2019-08-07", "2019-09-06", "", "已登记"),
        ),
    },
)
