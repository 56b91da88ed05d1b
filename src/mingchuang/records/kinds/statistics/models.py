"""The columns of statistics beyond the catalogue's, and the rows of indicators and of revised figures."""

from __future__ import annotations

from typing import Any

from django.db import models

from mingchuang.records.models import Content, Row


class Period(models.TextChoices):
    """The length of time that the figures are about."""

    YEAR = "year", "年度"
    HALF = "half", "半年"
    QUARTER = "quarter", "季度"
    MONTH = "month", "月度"
    CENSUS = "census", "普查"
    ONCE = "once", "专项调查"


class Standing(models.TextChoices):
    """How firm the figures are."""

    EARLY = "early", "初步统计数"
    CHECKED = "checked", "初步核实数"
    FINAL = "final", "最终核实数"


class Comparison(models.TextChoices):
    """How a change is meant."""

    NOMINAL = "nominal", "按现价"
    REAL = "real", "按可比价"
    POINTS = "points", "百分点"


def _figure(label: str) -> models.DecimalField[Any, Any]:
    return models.DecimalField(label, max_digits=20, decimal_places=4, null=True)


class Statistics(Content):
    """Figures of one period, where they come from, and what they are worth."""

    issuer = models.CharField("发布机关", max_length=200, blank=True)
    period = models.CharField("统计周期", max_length=8, choices=Period.choices, blank=True)
    start_on = models.DateField("统计期开始日期", null=True)
    end_on = models.DateField("统计期结束日期", null=True)
    standing = models.CharField("数据性质", max_length=8, choices=Standing.choices, blank=True)
    source = models.CharField("数据来源", max_length=300, blank=True)
    method = models.CharField("统计制度或者方法", max_length=300, blank=True)
    next_on = models.DateField("下次发布日期", null=True)
    revises = models.CharField("修订的统计信息", max_length=60, blank=True, db_index=True)
    keywords = models.CharField("关键词", max_length=200, blank=True)
    body = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "统计信息"

    def __str__(self) -> str:
        return f"statistics of {self.start_on}–{self.end_on}"


class Indicator(Row):
    """One figure of the period, the one before, and the change."""

    name = models.CharField("指标", max_length=200, blank=True)
    unit = models.CharField("计量单位", max_length=40, blank=True)
    value = _figure("本期数")
    before = _figure("上年同期数")
    change = models.DecimalField("增减", max_digits=10, decimal_places=2, null=True)
    comparison = models.CharField("增减口径", max_length=8, choices=Comparison.choices, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "指标数据"


class Revised(Row):
    """An earlier figure that is told otherwise now, and why."""

    name = models.CharField("指标", max_length=200, blank=True)
    period = models.CharField("所属时期", max_length=60, blank=True)
    unit = models.CharField("计量单位", max_length=40, blank=True)
    earlier = _figure("原公布数")
    now = _figure("修订后数")
    reason = models.CharField("修订原因", max_length=300, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "以前数据的修订"
