"""Fictional notices: for the generated tests of every kind and for the demonstration county. Codes lie in 999901."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:3846a873af3316bc35890e3a78af9d492ded751feef8a13c3405ba557b97147f",
}

_PROJECT = {
    "project_no": "YS-CG-2019-001",
    "project_name": "公共图书馆阅览设备采购（演示）",
    "method": "公开招标",
    "category": "货物",
    "purchaser": "青铜峡市公共图书馆（演示）",
    "purchaser_address": "演示路1号",
    "purchaser_contact": "办公室（演示）",
    "agency": "演示招标代理有限公司",
    "agency_address": "演示路9号",
    "agency_contact": "项目部（演示）",
    "budget": "200000",
    "documents_from": "2019-08-05",
    "submit_by": "2019-08-26",
    "shown_until": "",
    "decided_on": "",
    "contract_no": "",
    "signed_on": "",
    "contract_amount": "",
}
_SUPPLIERS = (
    {
        "lot": "1",
        "name": "演示家具有限公司",
        "uscc": "91999901MA7000A11W",
        "address": "演示园区1号",
        "amount": "96000",
    },
    {
        "lot": "2",
        "name": "演示电子有限公司",
        "uscc": "91999901MA7000B263",
        "address": "演示园区2号",
        "amount": "87,500.50",
    },
)
_ITEMS = (
    {
        "lot": "1",
        "name": "阅览桌",
        "specification": "1400×700毫米",
        "quantity": "80",
        "unit": "张",
        "price": "800",
        "amount": "64000",
        "service": "质保三年",
    },
    {
        "lot": "1",
        "name": "阅览椅",
        "specification": "实木",
        "quantity": "160",
        "unit": "把",
        "price": "200",
        "amount": "32000",
        "service": "质保三年",
    },
    {
        "lot": "2",
        "name": "自助借还机",
        "specification": "立式",
        "quantity": "1",
        "unit": "台",
        "price": "87500.50",
        "amount": "87500.50",
        "service": "安装调试，质保五年",
    },
)
_MEMBERS = (
    {"name": "示例甲", "capacity": "评审专家", "employer": "", "post": ""},
    {"name": "示例乙", "capacity": "评审专家", "employer": "", "post": ""},
    {"name": "示例丙", "capacity": "评审专家", "employer": "", "post": ""},
    {"name": "示例丁", "capacity": "评审专家", "employer": "", "post": ""},
    {"name": "示例戊", "capacity": "采购人代表", "employer": "", "post": ""},
)

SAMPLES: tuple[Mapping[str, Any], ...] = (
    _PROJECT
    | {
        "title": "公共图书馆阅览设备采购中标结果公告（演示）",
        "formed_on": "2019-09-18",
        "summary": "演示数据：两个包的中标供应商、主要标的、单价和评审专家名单，单位和数字均为虚构。",
        "notice": "中标（成交）结果公告",
        "decided_on": "2019-09-18",
        "body": "<p>本项目评审工作已经结束，现将结果公告如下。</p>",
        "suppliers": _SUPPLIERS,
        "items": _ITEMS,
        "members": _MEMBERS,
    },
    _PROJECT
    | {
        "title": "公共图书馆阅览设备采购合同公告（演示）",
        "formed_on": "2019-09-20",
        "summary": "演示数据：第1包的合同编号、签订日期、合同金额和供应商，均为虚构。",
        "notice": "合同公告",
        "decided_on": "2019-09-18",
        "contract_no": "YS-HT-2019-001",
        "signed_on": "2019-09-19",
        "contract_amount": "96000",
        "body": "<p>合同文本见附件，其中涉及商业秘密的内容已按规定删去。</p>",
        "suppliers": _SUPPLIERS[:1],
        "items": _ITEMS[:2],
        "members": (),
    },
    _PROJECT
    | {
        "title": "公共图书馆阅览设备采购招标公告（演示）",
        "formed_on": "2019-08-05",
        "summary": "演示数据：公开招标的预算金额、文件发出日期和投标截止日期，均为虚构。",
        "notice": "招标公告",
        "body": "<p>投标人应当具备政府采购法第二十二条规定的条件。</p>",
        "suppliers": (),
        "items": (),
        "members": (),
    },
)
