"""The columns of an answer to a proposal of the people's congress (建议) or the consultative conference (提案)."""

from __future__ import annotations

from django.db import models

from mingchuang.records.fields import YES_NO
from mingchuang.records.models import Content


class Category(models.TextChoices):
    """Who proposed."""

    SUGGESTION = "suggestion", "人大代表建议"
    PROPOSAL = "proposal", "政协提案"


class Grade(models.TextChoices):
    """How far what was proposed can be done."""

    A = "A", "A类：已经解决或者基本解决"
    B = "B", "B类：列入计划逐步解决"
    C = "C", "C类：因条件限制留作参考"


class Satisfaction(models.TextChoices):
    """What the proposer said about the answer."""

    CONTENT = "content", "满意"
    FAIRLY = "fairly", "基本满意"
    NOT = "not", "不满意"


class Reply(Content):
    """One answer."""

    issuer = models.CharField("承办单位", max_length=200, blank=True)
    category = models.CharField("类别", max_length=12, choices=Category.choices, blank=True)
    number = models.CharField("建议提案编号", max_length=40, blank=True)
    session = models.CharField("届次", max_length=100, blank=True)
    subject = models.CharField("建议提案题目", max_length=300, blank=True)
    proposer = models.CharField("提出人", max_length=100, blank=True)
    agrees = models.CharField("提出人是否同意公开", max_length=4, choices=YES_NO, blank=True)
    handed_on = models.DateField("交办日期", null=True)
    answered_on = models.DateField("答复日期", null=True)
    grade = models.CharField("办理结果", max_length=4, choices=Grade.choices, blank=True)
    promised_on = models.DateField("计划完成日期", null=True)
    together = models.CharField("协办单位", max_length=200, blank=True)
    satisfaction = models.CharField("提出人意见", max_length=8, choices=Satisfaction.choices, blank=True)
    contact = models.CharField("联系单位", max_length=100, blank=True)
    telephone = models.CharField("联系电话", max_length=60, blank=True)
    keywords = models.CharField("关键词", max_length=200, blank=True)
    body = models.TextField("复文", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "建议提案复文"

    def __str__(self) -> str:
        return f"answer to {self.number}"
