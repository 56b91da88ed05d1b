"""The columns of a notice of recruitment, and the rows of its tables."""

from __future__ import annotations

from typing import Any

from django.db import models

from mingchuang.records.models import Content, Row


def _score(label: str) -> models.DecimalField[Any, Any]:
    return models.DecimalField(label, max_digits=6, decimal_places=2, null=True)


class Employer(models.TextChoices):
    """For what people are sought; each has rules of its own."""

    CIVIL = "civil", "公务员（含参照管理）"
    INSTITUTION = "institution", "事业单位"
    WELFARE = "welfare", "公益性岗位"
    OTHER = "other", "其他"


class Stage(models.TextChoices):
    """How far the recruitment is."""

    ANNOUNCEMENT = "announcement", "招考公告"
    CHANGE = "change", "补充、变更公告"
    WRITTEN = "written", "笔试成绩"
    INTERVIEW = "interview", "面试人选"
    INSPECTION = "inspection", "体检、考察人选"
    PROPOSED = "proposed", "拟录用（聘用）公示"
    RESULT = "result", "录用（聘用）结果"


class Conclusion(models.TextChoices):
    """What was found about a candidate. Health and background are never told."""

    ADVANCES = "advances", "进入下一环节"
    PROPOSED = "proposed", "拟录用（聘用）"
    TAKEN = "taken", "录用（聘用）"
    SUBSTITUTE = "substitute", "递补"
    WITHDREW = "withdrew", "放弃"


class RecruitmentNotice(Content):
    """One notice of one recruitment."""

    employer = models.CharField("招考类别", max_length=12, choices=Employer.choices, blank=True)
    stage = models.CharField("公告环节", max_length=12, choices=Stage.choices, blank=True)
    recruitment = models.CharField("招考名称", max_length=200, blank=True, db_index=True)
    issuer = models.CharField("发布机关", max_length=200, blank=True)
    apply_from = models.DateField("报名开始日期", null=True)
    apply_until = models.DateField("报名截止日期", null=True)
    exam_on = models.DateField("笔试日期", null=True)
    until = models.DateField("公示至", null=True)
    contact = models.CharField("咨询和监督", max_length=200, blank=True)
    body = models.TextField("公告内容", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "招考录用"

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.recruitment}"


class Post(Row):
    """A post that is open."""

    code = models.CharField("职位代码", max_length=40, blank=True)
    unit = models.CharField("用人单位", max_length=200, blank=True)
    name = models.CharField("职位", max_length=200, blank=True)
    headcount = models.IntegerField("名额", null=True)
    education = models.CharField("学历学位", max_length=200, blank=True)
    major = models.CharField("专业", max_length=300, blank=True)
    conditions = models.CharField("其他报考条件", max_length=500, blank=True)
    ratio = models.CharField("开考比例", max_length=20, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "职位表"


class Candidate(Row):
    """A candidate, by the number of the examination card."""

    ticket = models.CharField("准考证号", max_length=40, blank=True)
    name = models.CharField("姓名", max_length=40, blank=True)
    partial_id = models.CharField("身份证号（遮盖）", max_length=18, blank=True)
    post_code = models.CharField("职位代码", max_length=40, blank=True)
    written = _score("笔试成绩")
    interview = _score("面试成绩")
    total = _score("总成绩")
    rank = models.IntegerField("排名", null=True)
    conclusion = models.CharField("结论", max_length=12, choices=Conclusion.choices, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "人员名单"
