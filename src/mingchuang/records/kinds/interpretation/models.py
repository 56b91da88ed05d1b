"""The columns of an interpretation beyond the catalogue's."""

from __future__ import annotations

from django.db import models

from mingchuang.records.fields import YES_NO
from mingchuang.records.models import Content


class Form(models.TextChoices):
    """How a policy is explained (《实施细则》 国办发〔2016〕80号 names most of them)."""

    WORDS = "words", "文字解读"
    PICTURE = "picture", "图解"
    VIDEO = "video", "视频"
    ANIMATION = "animation", "动漫"
    H5 = "h5", "H5页面"
    PRESS_CONFERENCE = "conference", "新闻发布会"
    BRIEFING = "briefing", "吹风会"
    MEDIA = "media", "媒体通气会"
    EXPERT = "expert", "专家解读"
    QUESTIONS = "questions", "简明问答"
    LEADER = "leader", "主要负责人解读"


#: The forms that count as 图解 (`interpretation.graphic_rate`).
GRAPHIC = frozenset({Form.PICTURE, Form.VIDEO, Form.ANIMATION})
#: The forms whose speaker is named, with the post.
SPOKEN = frozenset({Form.EXPERT, Form.LEADER})


class Interpretation(Content):
    """One text that explains one policy document: who wrote the document explains it (谁起草谁解读)."""

    issuer = models.CharField("解读单位", max_length=200, blank=True)
    interprets = models.CharField("解读的文件", max_length=60, blank=True, db_index=True)
    form = models.CharField("解读形式", max_length=12, choices=Form.choices, blank=True)
    speaker = models.CharField("解读人", max_length=60, blank=True)
    post = models.CharField("解读人职务", max_length=100, blank=True)
    head_of_unit = models.CharField("是否单位主要负责人", max_length=4, choices=YES_NO, blank=True)
    background = models.TextField("背景依据", blank=True)
    goals = models.TextField("目标任务", blank=True)
    content = models.TextField("主要内容", blank=True)
    scope = models.TextField("涉及范围", blank=True)
    standards = models.TextField("执行标准", blank=True)
    cautions = models.TextField("注意事项", blank=True)
    key_words = models.TextField("关键词诠释", blank=True)
    benefits = models.TextField("惠民利民举措", blank=True)
    differences = models.TextField("新旧政策差异", blank=True)
    keywords = models.CharField("关键词", max_length=200, blank=True)
    body = models.TextField("解读全文", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "政策解读"

    def __str__(self) -> str:
        return f"interpretation of {self.interprets}"
