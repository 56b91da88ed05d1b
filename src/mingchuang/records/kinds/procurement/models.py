"""The columns of a notice of government procurement and the rows of its tables. Money is in 元 with two places."""

from __future__ import annotations

from typing import Any

from django.db import models

from mingchuang.records.models import Content, Row


def _money(label: str) -> models.DecimalField[Any, Any]:
    return models.DecimalField(label, max_digits=18, decimal_places=2, null=True)


class Notice(models.TextChoices):
    """What is announced, in the order of a procurement."""

    INTENTION = "intention", "采购意向"
    PREQUALIFICATION = "prequal", "资格预审公告"
    TENDER = "tender", "招标公告"
    NEGOTIATION = "negotiation", "谈判、磋商、询价公告"
    SINGLE_SOURCE = "single", "单一来源采购公示"
    CORRECTION = "correction", "更正公告"
    RESULT = "result", "中标（成交）结果公告"
    TERMINATION = "termination", "终止（废标）公告"
    CONTRACT = "contract", "合同公告"
    ACCEPTANCE = "acceptance", "履约验收结果公告"
    COMPLAINT = "complaint", "投诉处理结果公告"


class Method(models.TextChoices):
    """采购方式 (政府采购法 art. 26)."""

    OPEN = "open", "公开招标"
    INVITED = "invited", "邀请招标"
    NEGOTIATED = "negotiated", "竞争性谈判"
    CONSULTED = "consulted", "竞争性磋商"
    QUOTED = "quoted", "询价"
    SINGLE = "single", "单一来源"
    FRAMEWORK = "framework", "框架协议"


class Category(models.TextChoices):
    """What is bought (政府采购法 art. 2)."""

    GOODS = "goods", "货物"
    WORKS = "works", "工程"
    SERVICES = "services", "服务"


class Capacity(models.TextChoices):
    """For whom a member of the committee sits."""

    EXPERT = "expert", "评审专家"
    PURCHASER = "purchaser", "采购人代表"


class ProcurementNotice(Content):
    """One notice of one procurement project."""

    notice = models.CharField("公告类型", max_length=12, choices=Notice.choices, blank=True)
    project_no = models.CharField("项目编号", max_length=60, blank=True, db_index=True)
    project_name = models.CharField("项目名称", max_length=200, blank=True)
    method = models.CharField("采购方式", max_length=12, choices=Method.choices, blank=True)
    category = models.CharField("采购类别", max_length=10, choices=Category.choices, blank=True)
    purchaser = models.CharField("采购人", max_length=200, blank=True)
    purchaser_address = models.CharField("采购人地址", max_length=200, blank=True)
    purchaser_contact = models.CharField("采购人联系方式", max_length=100, blank=True)
    agency = models.CharField("采购代理机构", max_length=200, blank=True)
    agency_address = models.CharField("代理机构地址", max_length=200, blank=True)
    agency_contact = models.CharField("代理机构联系方式", max_length=100, blank=True)
    budget = _money("预算金额")
    documents_from = models.DateField("采购文件发出日期", null=True)
    submit_by = models.DateField("提交投标（响应）文件截止日期", null=True)
    shown_until = models.DateField("公示截止日期", null=True)
    decided_on = models.DateField("中标（成交）供应商确定日期", null=True)
    contract_no = models.CharField("合同编号", max_length=60, blank=True)
    signed_on = models.DateField("合同签订日期", null=True)
    contract_amount = _money("合同金额")
    body = models.TextField("公告内容", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "政府采购公告"

    def __str__(self) -> str:
        return f"{self.get_notice_display()} {self.project_no}"


class Supplier(Row):
    """Who won a lot, or signed."""

    lot = models.CharField("包号", max_length=20, blank=True)
    name = models.CharField("供应商名称", max_length=200, blank=True)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    address = models.CharField("供应商地址", max_length=200, blank=True)
    amount = _money("中标（成交）金额")

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "供应商"


class Item(Row):
    """What is bought, at which price."""

    lot = models.CharField("包号", max_length=20, blank=True)
    name = models.CharField("标的名称", max_length=200, blank=True)
    specification = models.CharField("规格型号", max_length=300, blank=True)
    quantity = models.DecimalField("数量", max_digits=14, decimal_places=3, null=True)
    unit = models.CharField("单位", max_length=20, blank=True)
    price = _money("单价")
    amount = _money("总价")
    service = models.CharField("服务要求", max_length=500, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "标的"


class Member(Row):
    """Who sat on the committee."""

    name = models.CharField("姓名", max_length=40, blank=True)
    capacity = models.CharField("身份", max_length=12, choices=Capacity.choices, blank=True)
    employer = models.CharField("工作单位", max_length=200, blank=True)
    post = models.CharField("职称", max_length=60, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "评审专家名单"
