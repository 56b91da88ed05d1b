"""The columns of a list of subsidies paid, and its rows."""

from __future__ import annotations

from django.db import models

from mingchuang.records.models import Content, Row


class SubsidyList(Content):
    """One list of one subsidy, for one time of payment."""

    subsidy = models.CharField("补贴名称", max_length=100, blank=True)
    issuer = models.CharField("发放单位", max_length=200, blank=True)
    basis = models.CharField("政策依据", max_length=300, blank=True)
    standard = models.CharField("补贴标准", max_length=300, blank=True)
    paid_on = models.DateField("发放日期", null=True)
    total = models.DecimalField("发放总额", max_digits=16, decimal_places=2, null=True)
    until = models.DateField("公示至", null=True)
    contact = models.CharField("咨询和异议", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "补贴发放名单"

    def __str__(self) -> str:
        return self.subsidy


class Receiver(Row):
    """One household or enterprise that was paid."""

    name = models.CharField("姓名（名称）", max_length=100, blank=True)
    tail = models.CharField("证件号（遮盖）", max_length=18, blank=True)
    area = models.CharField("村（社区）", max_length=60, blank=True)
    quantity = models.DecimalField("补贴数量", max_digits=12, decimal_places=2, null=True)
    amount = models.DecimalField("补贴金额", max_digits=14, decimal_places=2, null=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "补贴发放名单各户"
