"""The columns of appointments beyond the catalogue's, and the row of each person and post."""

from __future__ import annotations

from django.db import models

from mingchuang.records.fields import YES_NO
from mingchuang.records.models import Content, Row


class Category(models.TextChoices):
    """What is told: a decision, or an intention that is posted first."""

    DECISION = "decision", "任免决定"
    POSTING = "posting", "任前公示"


class Deed(models.TextChoices):
    """What happens to a person in a post."""

    APPOINT = "appoint", "任"
    REMOVE = "remove", "免"
    INTEND = "intend", "拟任"


class Appointments(Content):
    """One decision about people in posts, or one posting before it."""

    issuer = models.CharField("任免机关", max_length=200, blank=True)
    category = models.CharField("类型", max_length=12, choices=Category.choices, blank=True)
    meeting = models.CharField("决定会议", max_length=200, blank=True)
    decided_on = models.DateField("决定日期", null=True)
    posted_from = models.DateField("公示期开始日期", null=True)
    posted_to = models.DateField("公示期截止日期", null=True)
    contact = models.CharField("受理单位", max_length=200, blank=True)
    telephone = models.CharField("受理电话", max_length=60, blank=True)
    body = models.TextField("正文", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "人事任免"

    def __str__(self) -> str:
        return f"appointments of revision {self.pk}"


class Appointment(Row):
    """One person and one post. No birth, origin or number: the law asks for none of it."""

    name = models.CharField("姓名", max_length=60, blank=True)
    deed = models.CharField("任免", max_length=8, choices=Deed.choices, blank=True)
    post = models.CharField("职务", max_length=200, blank=True)
    present = models.CharField("现任职务", max_length=200, blank=True)
    probation = models.CharField("是否试用", max_length=4, choices=YES_NO, blank=True)
    remark = models.CharField("说明", max_length=200, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "任免人员"
