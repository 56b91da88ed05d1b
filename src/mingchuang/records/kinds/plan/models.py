"""The columns of a plan beyond the catalogue's, and the rows that tell how far it has come."""

from __future__ import annotations

from django.db import models

from mingchuang.records.models import Content, Row


class Level(models.TextChoices):
    """What kind of plan it is (条例 art. 20(3))."""

    GENERAL = "general", "国民经济和社会发展规划"
    SPECIAL = "special", "专项规划"
    REGIONAL = "regional", "区域规划"
    ANNUAL = "annual", "年度计划"
    WORK = "work", "工作要点、行动方案"


class State(models.TextChoices):
    """How far a task has come."""

    WAITING = "waiting", "未开始"
    GOING = "going", "进行中"
    DONE = "done", "已完成"
    LATE = "late", "延期"
    ENDED = "ended", "终止"


class Plan(Content):
    """One plan with the time for which it is made."""

    issuer = models.CharField("编制机关", max_length=200, blank=True)
    level = models.CharField("规划类型", max_length=12, choices=Level.choices, blank=True)
    start_on = models.DateField("规划期开始日期", null=True)
    end_on = models.DateField("规划期结束日期", null=True)
    approver = models.CharField("批准机关", max_length=200, blank=True)
    approved_on = models.DateField("批准日期", null=True)
    replaces = models.CharField("修订的规划", max_length=60, blank=True, db_index=True)
    progress_on = models.DateField("进展截至日期", null=True)
    keywords = models.CharField("关键词", max_length=200, blank=True)
    body = models.TextField("正文", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "规划计划"

    def __str__(self) -> str:
        return f"plan of revision {self.pk}"


class Progress(Row):
    """One task or indicator: what is wanted, by whom and when, and how far it has come."""

    task = models.CharField("任务或者指标", max_length=300, blank=True)
    target = models.CharField("目标", max_length=200, blank=True)
    owner = models.CharField("责任单位", max_length=200, blank=True)
    due_on = models.DateField("完成时限", null=True)
    state = models.CharField("进展状态", max_length=8, choices=State.choices, blank=True)
    percent = models.DecimalField("完成比例", max_digits=6, decimal_places=1, null=True)
    done = models.CharField("进展情况", max_length=500, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "实施进展"
