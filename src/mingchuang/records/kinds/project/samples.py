"""Fictional projects: for the generated tests of every kind and for the demonstration county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:e04225c678611d548a11f4fa55e784ecdf865f8514214d3b158bcb9334cfe2b5",
}


def _indicator(aspect: str, part: str, name: str, target: str, weight: str, *result: str) -> dict[str, str]:
    actual, score, reason = result or ("", "", "")
    return {
        "aspect": aspect,
        "part": part,
        "name": name,
        "target": target,
        "actual": actual,
        "weight": weight,
        "score": score,
        "reason": reason,
    }


_FUNDING = (
    {"source": "自治区财政", "item": "管网更换", "amount": "120"},
    {"source": "本级财政", "item": "管网更换", "amount": "60.5"},
    {"source": "本级财政", "item": "监理和检测", "amount": "19.5"},
)
_BUDGET = {
    "title": "青铜峡市水务局2019年农村供水管网改造项目（演示）",
    "formed_on": "2019-03-04",
    "summary": "演示数据：更换老旧供水管网的立项依据、预算安排和绩效目标，单位、数字均为虚构。",
    "stage": "随预算公开",
    "fiscal_year": "2019",
    "project_code": "YS-2019-0001",
    "approved_on": "2019-03-04",
    "department": "青铜峡市水务局",
    "implementer": "青铜峡市水务局农村供水站（演示）",
    "starts_on": "2019-04-01",
    "ends_on": "2019-11-30",
    "basis": "演示文件《农村供水保障规划（演示）》\n演示会议纪要第9号",
    "amount": "200",
    "executed": "",
    "goal": "更换老旧管网12公里，让演示村镇1500户村民用上水压稳定的自来水。",
    "self_score": "",
    "self_evaluation": "",
    "evaluator": "",
    "grade": "",
    "evaluation": "",
    "funding": _FUNDING,
    "indicators": (
        _indicator("产出指标", "数量指标", "更换管网长度", "12公里", "50"),
        _indicator("效益指标", "社会效益指标", "受益户数", "1500户", "30"),
        _indicator("满意度指标", "服务对象满意度指标", "用水户满意度", "不低于90%", "10"),
    ),
}
_ACCOUNTS = _BUDGET | {
    "title": "青铜峡市水务局2018年农村供水管网改造项目绩效（演示）",
    "formed_on": "2019-09-10",
    "summary": "演示数据：更换老旧供水管网的执行情况、绩效自评结果和绩效评价报告，数字均为虚构。",
    "stage": "随决算公开",
    "fiscal_year": "2018",
    "approved_on": "2019-09-10",
    "starts_on": "2018-04-01",
    "ends_on": "2018-11-30",
    "executed": "190",
    "self_score": "97.5",
    "self_evaluation": "<p>年度目标基本完成，管网长度少于计划。</p>",
    "evaluator": "演示绩效评价中心",
    "grade": "优",
    "evaluation": "<p>项目决策合理，资金使用规范，效益明显。</p>",
    "indicators": (
        _indicator("产出指标", "数量指标", "更换管网长度", "12公里", "50", "11.5公里", "48", "一处穿越段调整了线路"),
        _indicator("效益指标", "社会效益指标", "受益户数", "1500户", "30", "1510户", "30", ""),
        _indicator("满意度指标", "服务对象满意度指标", "用水户满意度", "不低于90%", "10", "95%", "10", ""),
    ),
}

SAMPLES: tuple[Mapping[str, Any], ...] = (_BUDGET, _ACCOUNTS)
