"""The columns of a budget project and the rows of its tables. Money is in 万元 with two places."""

from __future__ import annotations

from typing import Any

from django.db import models

from mingchuang.records.models import Content, Row


def _money(label: str) -> models.DecimalField[Any, Any]:
    return models.DecimalField(label, max_digits=18, decimal_places=2, null=True)


def _points(label: str) -> models.DecimalField[Any, Any]:
    return models.DecimalField(label, max_digits=5, decimal_places=2, null=True)


class Stage(models.TextChoices):
    """With the budget a project is announced; with the final account it tells what came of it."""

    BUDGET = "budget", "随预算公开"
    ACCOUNTS = "accounts", "随决算公开"


class Source(models.TextChoices):
    """Whose money it is."""

    CENTRAL = "central", "中央财政"
    REGIONAL = "regional", "自治区财政"
    CITY = "city", "设区的市财政"
    COUNTY = "county", "本级财政"
    BOND = "bond", "政府债券"
    OTHER = "other", "其他资金"


class Aspect(models.TextChoices):
    """一级指标."""

    OUTPUT = "output", "产出指标"
    COST = "cost", "成本指标"
    BENEFIT = "benefit", "效益指标"
    SATISFACTION = "satisfaction", "满意度指标"


class Grade(models.TextChoices):
    """Which grade an evaluation gave."""

    EXCELLENT = "excellent", "优"
    GOOD = "good", "良"
    FAIR = "fair", "中"
    POOR = "poor", "差"


class BudgetProject(Content):
    """One project of one year: why, who, how much, to what end, and what came of it."""

    stage = models.CharField("公开阶段", max_length=10, choices=Stage.choices, blank=True)
    fiscal_year = models.IntegerField("预算年度", null=True)
    project_code = models.CharField("项目编码", max_length=40, blank=True)
    approved_on = models.DateField("预算（决算）批复日期", null=True)
    department = models.CharField("主管部门", max_length=200, blank=True)
    implementer = models.CharField("实施主体", max_length=200, blank=True)
    starts_on = models.DateField("开始日期", null=True)
    ends_on = models.DateField("完成日期", null=True)
    basis = models.TextField("立项依据", blank=True)
    amount = _money("预算安排")
    executed = _money("全年执行数")
    goal = models.TextField("绩效目标", blank=True)
    self_score = _points("自评得分")
    self_evaluation = models.TextField("绩效自评结果", blank=True)
    evaluator = models.CharField("评价机构", max_length=200, blank=True)
    grade = models.CharField("评价等级", max_length=10, choices=Grade.choices, blank=True)
    evaluation = models.TextField("绩效评价报告", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "财政绩效项目"

    def __str__(self) -> str:
        return f"project of revision {self.pk}"


class Funding(Row):
    """A line of the money: from where, for what."""

    source = models.CharField("资金来源", max_length=10, choices=Source.choices, blank=True)
    item = models.CharField("支出内容", max_length=200, blank=True)
    amount = _money("金额")

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "预算安排明细"


class Indicator(Row):
    """A line of the performance goals: what is measured, what was wanted, what was reached."""

    aspect = models.CharField("一级指标", max_length=12, choices=Aspect.choices, blank=True)
    part = models.CharField("二级指标", max_length=60, blank=True)
    name = models.CharField("三级指标", max_length=200, blank=True)
    target = models.CharField("指标值", max_length=100, blank=True)
    actual = models.CharField("实际完成值", max_length=100, blank=True)
    weight = _points("分值")
    score = _points("得分")
    reason = models.CharField("偏差原因", max_length=300, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "绩效指标表"
