"""The columns of a batch of land expropriation, and the rows of its steps."""

from __future__ import annotations

from django.db import models

from mingchuang.records.models import Content, Row


class StepKind(models.TextChoices):
    """The steps of a batch, in the order of the law (土地管理法 arts. 47–48, 实施条例 arts. 26–31)."""

    PRE_NOTICE = "pre_notice", "征收土地预公告"
    SURVEY = "survey", "土地现状调查"
    RISK = "risk", "社会稳定风险评估"
    PLAN = "plan", "征地补偿安置方案公告"
    HEARING = "hearing", "听证"
    REGISTRATION = "registration", "补偿登记"
    AGREEMENT = "agreement", "征地补偿安置协议"
    NOTICE = "notice", "征收土地公告"


class LandBatch(Content):
    """One batch, from its first announcement to the notice after approval."""

    batch = models.CharField("批次名称", max_length=200, blank=True)
    places = models.CharField("涉及乡镇、村、组", max_length=300, blank=True)
    hectares = models.DecimalField("征收面积", max_digits=12, decimal_places=4, null=True)
    area = models.TextField("征收范围", blank=True)
    purpose = models.CharField("征收目的", max_length=300, blank=True)
    survey_plan = models.CharField("土地现状调查安排", max_length=500, blank=True)
    present_state = models.TextField("土地现状", blank=True)
    compensation = models.TextField("补偿标准", blank=True)
    resettlement = models.TextField("安置方式", blank=True)
    social_security = models.TextField("社会保障", blank=True)
    registration = models.CharField("补偿登记方式和期限", max_length=500, blank=True)
    objection = models.CharField("异议反馈渠道", max_length=300, blank=True)
    objected = models.CharField("多数成员有异议", max_length=4, blank=True)
    approval_no = models.CharField("批准文号", max_length=60, blank=True, db_index=True)
    approver = models.CharField("批准机关", max_length=200, blank=True)
    approved_on = models.DateField("批准日期", null=True)
    received_on = models.DateField("收到批准文件日期", null=True)
    body = models.TextField("公告内容", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "征地批次"

    def __str__(self) -> str:
        return f"land batch of revision {self.pk}"


class Step(Row):
    """One step: from when to when, where it was posted, what came of it."""

    step = models.CharField("环节", max_length=12, choices=StepKind.choices, blank=True)
    starts_on = models.DateField("开始（发布）日期", null=True)
    ends_on = models.DateField("结束（截止）日期", null=True)
    number = models.CharField("文号", max_length=60, blank=True)
    place = models.CharField("发布范围和地点", max_length=300, blank=True)
    result = models.CharField("结果", max_length=500, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "征收环节"
