"""The columns of an emergency beyond the catalogue's, and the row of each release. Times are to the minute."""

from __future__ import annotations

from django.db import models

from mingchuang.records.models import Content, Row


class Category(models.TextChoices):
    """The four kinds of emergencies (突发事件应对法 art. 3 of 2007, art. 2 of 2024)."""

    NATURAL = "natural", "自然灾害"
    ACCIDENT = "accident", "事故灾难"
    HEALTH = "health", "公共卫生事件"
    SECURITY = "security", "社会安全事件"


class Level(models.TextChoices):
    """How grave it is."""

    GRAVEST = "1", "特别重大"
    GRAVE = "2", "重大"
    LARGER = "3", "较大"
    COMMON = "4", "一般"
    UNKNOWN = "0", "尚未定级"


class Stage(models.TextChoices):
    """What the text is in the chain of releases."""

    WARNING = "warning", "预警"
    FIRST = "first", "首次发布"
    FURTHER = "further", "续报"
    LAST = "last", "终报"


class Emergency(Content):
    """One release about an emergency, with the advice that people need."""

    issuer = models.CharField("发布机关", max_length=200, blank=True)
    category = models.CharField("事件类型", max_length=12, choices=Category.choices, blank=True)
    level = models.CharField("事件级别", max_length=4, choices=Level.choices, blank=True)
    stage = models.CharField("发布阶段", max_length=12, choices=Stage.choices, blank=True)
    place = models.CharField("发生地点", max_length=200, blank=True)
    happened_at = models.DateTimeField("发生时间", null=True)
    released_at = models.DateTimeField("首次发布权威信息时间", null=True)
    conference_at = models.DateTimeField("新闻发布会时间", null=True)
    response = models.CharField("应急响应", max_length=200, blank=True)
    follows = models.CharField("前次发布", max_length=60, blank=True, db_index=True)
    advice = models.TextField("公众防范提示", blank=True)
    hotline = models.CharField("咨询求助电话", max_length=100, blank=True)
    body = models.TextField("正文", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "突发事件信息"

    def __str__(self) -> str:
        return f"emergency of {self.happened_at}"


class Release(Row):
    """One release so far: when, where, what."""

    at = models.DateTimeField("发布时间", null=True)
    channel = models.CharField("发布渠道", max_length=100, blank=True)
    content = models.CharField("发布内容", max_length=500, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "发布过程"
