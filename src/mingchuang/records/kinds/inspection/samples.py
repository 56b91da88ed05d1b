"""A fictional result: for the generated tests of every kind and for the demonstration county. Codes lie in 999901."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:9dc2527c687efda974fc9ae6c4b070df67caa705ebeeab82d675e7812b5c471d",
}


def _object(name: str, uscc: str, inspected_on: str, finding: str, *told: str) -> dict[str, str]:
    detail, followed = told or ("", "")
    return {
        "name": name,
        "uscc": uscc,
        "inspected_on": inspected_on,
        "finding": finding,
        "detail": detail,
        "followed": followed,
    }


SAMPLES: tuple[Mapping[str, Any], ...] = (
    {
        "title": "青铜峡市2019年食品经营单位双随机抽查结果（演示）",
        "formed_on": "2019-09-12",
        "summary": "演示数据：从60户中随机抽取3户检查的结果，单位和代码均为虚构。",
        "plan_name": "青铜峡市市场监督管理局2019年度抽查工作计划（演示）",
        "plan_record": "",
        "task_no": "YS-SSJ-2019-003",
        "item": "食品经营许可和食品安全管理情况检查",
        "item_kind": "重点检查事项",
        "basis": "《演示食品管理条例》第九条",
        "authority": "青铜峡市市场监督管理局",
        "joint": "",
        "manner": "现场检查",
        "pool": "60",
        "drawn": "3",
        "ratio": "5",
        "drawn_on": "2019-08-26",
        "draw_record": "用双随机抽查系统抽取，纪检人员现场监督，过程记录存档案室（演示）",
        "inspected_from": "2019-09-02",
        "inspected_until": "2019-09-10",
        "body": "",
        "objects": (
            _object("演示食品有限公司", "91999901MA7000A11W", "2019-09-03", "未发现问题"),
            _object("示例餐饮有限公司", "91999901MA7000B263", "2019-09-04", "发现问题已责令改正", "台账不全", "已补齐"),
            _object(
                "示例商贸有限公司",
                "91999901MA7000C307",
                "2019-09-10",
                "通过登记的住所（经营场所）无法联系",
                "现场无人经营",
                "列入经营异常名录",
            ),
        ),
        "inspectors": (
            {"certificate": "演示30010001", "unit": "青铜峡市市场监督管理局"},
            {"certificate": "演示30010002", "unit": "青铜峡市市场监督管理局"},
        ),
    },
)
