"""The columns of a policy document beyond the catalogue's."""

from __future__ import annotations

from django.db import models

from mingchuang.records.fields import YES_NO
from mingchuang.records.kinds.policy.themes import THEMES
from mingchuang.records.models import Content, Row
from mingchuang.records.terms import Disclosure


class Conclusion(models.TextChoices):
    """What the legality review found (国办发〔2018〕115号)."""

    LAWFUL = "lawful", "合法"
    AMEND = "amend", "应当予以修改"
    UNLAWFUL = "unlawful", "不合法"


class FairCompetition(models.TextChoices):
    """What the review of fair competition found (《优化营商环境条例》 art. 63)."""

    PASSED = "passed", "通过审查"
    EXCEPTION = "exception", "适用例外规定"
    NOT_CONCERNED = "none", "不涉及市场主体经济活动"


class Asked(models.TextChoices):
    """Whom a unit hears before it issues or changes a policy on enterprises (青政办发〔2019〕60号 一（一）2)."""

    ENTERPRISE = "enterprise", "企业"
    ASSOCIATION = "association", "行业协会"
    CHAMBER = "chamber", "商会"
    LAWYERS = "lawyers", "律师协会"


class AskedBy(models.TextChoices):
    """How they were asked."""

    MEETING = "meeting", "座谈会"
    LETTER = "letter", "书面征求意见"
    VISIT = "visit", "实地走访"
    SURVEY = "survey", "问卷调查"
    ONLINE = "online", "网络征集"
    HEARING = "hearing", "听证会"
    OTHER = "other", "其他方式"


class Adoption(models.TextChoices):
    """What became of what they said."""

    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    NOT = "not", "未采纳"
    NONE = "none", "没有意见"


class PolicyDocument(Content):
    """One text of a policy document (国办公开办函〔2019〕61号).

    The columns from `normative` on came with schema 2: how a 行政规范性文件 was made. They are empty on older texts,
    whose signed bytes do not know them.
    """

    issuer = models.CharField("制发机关", max_length=200, blank=True)
    theme = models.CharField("主题分类", max_length=20, choices=THEMES, blank=True)
    disclosure = models.CharField("公开属性", max_length=12, choices=Disclosure.choices, blank=True)
    keywords = models.CharField("关键词", max_length=200, blank=True)
    effective_on = models.DateField("生效日期", null=True)
    expires_on = models.DateField("失效日期", null=True)
    body = models.TextField("正文", blank=True)
    normative = models.CharField("是否行政规范性文件", max_length=4, choices=YES_NO, blank=True)
    register_number = models.CharField("统一登记号", max_length=40, blank=True)
    drafted_by = models.CharField("起草单位", max_length=200, blank=True)
    business = models.CharField("是否涉企", max_length=4, choices=YES_NO, blank=True)
    comment_from = models.DateField("征求意见开始日期", null=True)
    comment_to = models.DateField("征求意见截止日期", null=True)
    comment_address = models.CharField("征求意见网址", max_length=300, blank=True)
    comments = models.IntegerField("收到意见数", null=True)
    comments_adopted = models.IntegerField("采纳意见数", null=True)
    fair_competition = models.CharField("公平竞争审查", max_length=12, choices=FairCompetition.choices, blank=True)
    review_from = models.DateField("合法性审核送审日期", null=True)
    review_to = models.DateField("合法性审核完成日期", null=True)
    review_conclusion = models.CharField("合法性审核结论", max_length=12, choices=Conclusion.choices, blank=True)
    review_organ = models.CharField("合法性审核机构", max_length=200, blank=True)
    review_urgent = models.CharField("是否紧急审核", max_length=4, choices=YES_NO, blank=True)
    meeting = models.CharField("集体审议会议", max_length=200, blank=True)
    meeting_on = models.DateField("集体审议日期", null=True)
    issued_on = models.DateField("印发日期", null=True)
    gazette_on = models.DateField("公报刊登日期", null=True)
    filed_on = models.DateField("备案日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "政策文件"

    def __str__(self) -> str:
        return f"policy document of revision {self.pk}"


class Consultation(Row):
    """One party that was heard about a policy on enterprises: who, when, how, what they said, what became of it."""

    asked = models.CharField("听取对象类别", max_length=12, choices=Asked.choices, blank=True)
    name = models.CharField("对象名称", max_length=200, blank=True)
    asked_on = models.DateField("听取日期", null=True)
    way = models.CharField("听取方式", max_length=12, choices=AskedBy.choices, blank=True)
    opinion = models.CharField("意见摘要", max_length=1000, blank=True)
    adoption = models.CharField("采纳情况", max_length=12, choices=Adoption.choices, blank=True)
    reason = models.CharField("采纳说明", max_length=500, blank=True)
    evidence = models.CharField("证据", max_length=200, blank=True)
    evidence_file = models.CharField("证据文件指纹", max_length=64, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "涉企听取意见记录"
