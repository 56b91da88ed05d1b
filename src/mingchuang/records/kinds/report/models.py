"""The columns of a report beyond the catalogue's, and the rows of what an audit or a supervision found."""

from __future__ import annotations

from django.db import models

from mingchuang.records.models import Content, Row


class Category(models.TextChoices):
    """What is reported."""

    AUDIT = "audit", "审计工作报告、审计结果"
    RECTIFICATION = "rectification", "审计整改情况"
    SUPERVISION = "supervision", "督查情况"
    ANNUAL = "annual", "年度工作报告"
    GOVERNMENT = "government", "政府工作报告"
    OTHER = "other", "其他报告"


class State(models.TextChoices):
    """What became of a finding (审计法 art. 52)."""

    DONE = "done", "已整改"
    PARTLY = "partly", "部分整改"
    GOING = "going", "持续整改"
    NOT_BEGUN = "none", "尚未整改"


class Report(Content):
    """One report: to whom, about which year, and for a rectification about which audit."""

    issuer = models.CharField("报告机关", max_length=200, blank=True)
    category = models.CharField("报告类型", max_length=16, choices=Category.choices, blank=True)
    about_year = models.IntegerField("报告年度", null=True)
    delivered_to = models.CharField("报告对象", max_length=200, blank=True)
    delivered_on = models.DateField("报告日期", null=True)
    rectifies = models.CharField("所整改的审计报告", max_length=60, blank=True, db_index=True)
    keywords = models.CharField("关键词", max_length=200, blank=True)
    body = models.TextField("正文", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "工作报告"

    def __str__(self) -> str:
        return f"report of revision {self.pk}"


class Finding(Row):
    """One finding with what was asked and what became of it."""

    number = models.CharField("问题编号", max_length=40, blank=True)
    unit = models.CharField("被审计（督查）单位", max_length=200, blank=True)
    finding = models.CharField("发现的问题", max_length=1000, blank=True)
    amount = models.DecimalField("涉及金额", max_digits=18, decimal_places=2, null=True)
    demand = models.CharField("整改要求", max_length=500, blank=True)
    due_on = models.DateField("整改期限", null=True)
    state = models.CharField("整改状态", max_length=8, choices=State.choices, blank=True)
    result = models.CharField("整改结果", max_length=1000, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "问题和整改清单"
