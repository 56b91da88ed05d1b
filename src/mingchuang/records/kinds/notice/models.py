"""The columns of a public notice beyond the catalogue's."""

from __future__ import annotations

from django.db import models

from mingchuang.records.models import Content


class Category(models.TextChoices):
    """What a notice is."""

    ANNOUNCEMENT = "announcement", "公告"
    CIRCULAR = "circular", "通告"
    POSTING = "posting", "公示"
    COMMENT = "comment", "征求意见"
    OTHER = "other", "其他"


class Counting(models.TextChoices):
    """How the days of a posting are counted."""

    WORKDAY = "workday", "工作日"
    DAY = "day", "自然日"


class PublicNotice(Content):
    """One notice, with the time during which objections are taken where it is a posting."""

    issuer = models.CharField("发布机关", max_length=200, blank=True)
    category = models.CharField("公告类型", max_length=12, choices=Category.choices, blank=True)
    basis = models.CharField("公示公告依据", max_length=300, blank=True)
    posted_from = models.DateField("公示期开始日期", null=True)
    posted_to = models.DateField("公示期截止日期", null=True)
    posting_days = models.IntegerField("规定的公示天数", null=True)
    counting = models.CharField("天数按", max_length=8, choices=Counting.choices, blank=True)
    contact = models.CharField("异议受理单位", max_length=200, blank=True)
    telephone = models.CharField("异议受理电话", max_length=60, blank=True)
    address = models.CharField("异议受理地址", max_length=200, blank=True)
    keywords = models.CharField("关键词", max_length=200, blank=True)
    body = models.TextField("正文", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公示公告"

    def __str__(self) -> str:
        return f"notice of revision {self.pk}"
