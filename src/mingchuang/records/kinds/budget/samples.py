"""Fictional figures: for the generated tests of every kind and for the demonstration county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_BALANCE = (
    {"side": "income", "item": "一般公共预算拨款收入", "amount": "1,250.00"},
    {"side": "carried_in", "item": "上年结转", "amount": "30.5"},
    {"side": "spending", "item": "一般公共服务支出", "amount": "1,180.50"},
    {"side": "spending", "item": "社会保障和就业支出", "amount": "100"},
)
_SPENDING = (
    {"code": "201", "item": "一般公共服务支出", "basic": "900.50", "project": "280", "total": "1,180.50"},
    {
        "code": "20103",
        "item": "政府办公厅（室）及相关机构事务",
        "basic": "900.50",
        "project": "280",
        "total": "1,180.50",
    },
    {"code": "2010301", "item": "行政运行", "basic": "900.50", "project": "", "total": "900.50"},
    {
        "code": "2010399",
        "item": "其他政府办公厅（室）及相关机构事务支出",
        "basic": "",
        "project": "280",
        "total": "280",
    },
    {"code": "208", "item": "社会保障和就业支出", "basic": "100", "project": "", "total": "100"},
)
_ECONOMIC = (
    {"code": "301", "item": "工资福利支出", "amount": "800"},
    {"code": "302", "item": "商品和服务支出", "amount": "200.50"},
)
_PUBLIC_MONEY = (
    {"item": "因公出国（境）费", "amount": "0", "before": "0", "reason": ""},
    {"item": "公务用车购置费", "amount": "0", "before": "18", "reason": "上年更新公务用车一辆，本年没有购置计划"},
    {"item": "公务用车运行维护费", "amount": "6.20", "before": "6.20", "reason": ""},
    {"item": "公务接待费", "amount": "1.80", "before": "2.00", "reason": "从严控制接待"},
)

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:f1bd1ccabe095f2033f2de02b7ea03a91810c82fa71fdd35b00ef5abf478a1d7",
}

SAMPLES: tuple[Mapping[str, Any], ...] = (
    {
        "title": "青铜峡市人民政府办公室2019年部门预算",
        "formed_on": "2019-03-04",
        "summary": "演示数据：政府办公室2019年的收支预算、基本支出和项目支出、“三公”经费及增减原因，数字均为虚构。",
        "document": "dept_budget",
        "fiscal_year": "2019",
        "approved_on": "2019-03-04",
        "approver": "青铜峡市财政局",
        "public_total": "8",
        "empty_tables": "",
        "explanation": "<h2>一、机关运行经费</h2><p>本年机关运行经费安排200.50万元。</p>"
        "<h2>二、政府采购</h2><p>本年政府采购预算60万元，均为货物类。</p>",
        "balance": _BALANCE,
        "spending": _SPENDING,
        "economic": _ECONOMIC,
        "public_money": _PUBLIC_MONEY,
    },
)
