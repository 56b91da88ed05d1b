"""The columns of a budget or final account, and the rows of its tables. Money is in 万元 with two places."""

from __future__ import annotations

from typing import Any

from django.db import models

from mingchuang.records.models import Content, Row


def _money(label: str) -> models.DecimalField[Any, Any]:
    return models.DecimalField(label, max_digits=18, decimal_places=2, null=True)


class Document(models.TextChoices):
    """What is published: whose figures, planned or final."""

    GOVERNMENT_BUDGET = "gov_budget", "政府预算"
    GOVERNMENT_ACCOUNTS = "gov_accounts", "政府决算"
    DEPARTMENT_BUDGET = "dept_budget", "部门预算"
    DEPARTMENT_ACCOUNTS = "dept_accounts", "部门决算"
    UNIT_BUDGET = "unit_budget", "单位预算"
    UNIT_ACCOUNTS = "unit_accounts", "单位决算"


class Side(models.TextChoices):
    """Which side of the balance a line stands on."""

    INCOME = "income", "收入"
    CARRIED_IN = "carried_in", "上年结转"
    SPENDING = "spending", "支出"
    CARRIED_OUT = "carried_out", "结转下年"


class PublicSpending(models.TextChoices):
    """“三公”经费: vehicles are told in two parts (地方预决算公开操作规程)."""

    ABROAD = "abroad", "因公出国（境）费"
    VEHICLE_PURCHASE = "vehicle_purchase", "公务用车购置费"
    VEHICLE_RUNNING = "vehicle_running", "公务用车运行维护费"
    RECEPTION = "reception", "公务接待费"


class BudgetDocument(Content):
    """One budget or final account."""

    document = models.CharField("公开内容", max_length=20, choices=Document.choices, blank=True)
    fiscal_year = models.IntegerField("预算年度", null=True)
    approved_on = models.DateField("批准（批复）日期", null=True)
    approver = models.CharField("批准（批复）机关", max_length=200, blank=True)
    public_total = _money("“三公”经费合计")
    empty_tables = models.CharField("空表说明", max_length=500, blank=True)
    explanation = models.TextField("情况说明", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "预算和决算"

    def __str__(self) -> str:
        return f"{self.get_document_display()} {self.fiscal_year}"


class Balance(Row):
    """A line of 收支总表."""

    side = models.CharField("方向", max_length=12, choices=Side.choices, blank=True)
    item = models.CharField("项目", max_length=100, blank=True)
    amount = _money("金额")

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "收支总表"


class Spending(Row):
    """A line of 支出表 by functional class: 类 (3 digits), 款 (5), 项 (7)."""

    code = models.CharField("科目编码", max_length=7, blank=True)
    item = models.CharField("科目名称", max_length=100, blank=True)
    basic = _money("基本支出")
    project = _money("项目支出")
    total = _money("合计")

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "支出功能分类表"


class Economic(Row):
    """A line of 基本支出表 by economic class: 类 (3 digits), 款 (5)."""

    code = models.CharField("科目编码", max_length=5, blank=True)
    item = models.CharField("科目名称", max_length=100, blank=True)
    amount = _money("金额")

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "基本支出经济分类表"


class PublicMoney(Row):
    """A line of “三公”经费表."""

    item = models.CharField("项目", max_length=20, choices=PublicSpending.choices, blank=True)
    amount = _money("金额")
    before = _money("上年金额")
    reason = models.CharField("增减原因", max_length=300, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "“三公”经费表"
