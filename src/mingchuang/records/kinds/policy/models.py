"""The columns of a policy document beyond the catalogue's."""

from __future__ import annotations

from django.db import models

from mingchuang.records.kinds.policy.themes import THEMES
from mingchuang.records.models import Content
from mingchuang.records.terms import Disclosure


class PolicyDocument(Content):
    """One text of a policy document (国办公开办函〔2019〕61号)."""

    issuer = models.CharField("制发机关", max_length=200, blank=True)
    theme = models.CharField("主题分类", max_length=20, choices=THEMES, blank=True)
    disclosure = models.CharField("公开属性", max_length=12, choices=Disclosure.choices, blank=True)
    keywords = models.CharField("关键词", max_length=200, blank=True)
    effective_on = models.DateField("生效日期", null=True)
    expires_on = models.DateField("失效日期", null=True)
    body = models.TextField("正文", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "政策文件"

    def __str__(self) -> str:
        return f"policy document of revision {self.pk}"
