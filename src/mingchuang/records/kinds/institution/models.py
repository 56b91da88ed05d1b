"""The columns of an organ's description, and the rows of its offices and leaders."""

from __future__ import annotations

from django.db import models

from mingchuang.records.models import Content, Row


class Nature(models.TextChoices):
    """What kind of organ it is."""

    GOVERNMENT = "government", "人民政府"
    DEPARTMENT = "department", "政府工作部门"
    OFFICE = "office", "派出机构"
    INSTITUTION = "institution", "事业单位"
    COORDINATION = "coordination", "议事协调机构"
    OTHER = "other", "其他"


class Institution(Content):
    """What an organ is for, where it sits, when it is open, how it is reached (条例 art. 20(2))."""

    issuer = models.CharField("机构名称", max_length=200, blank=True)
    nature = models.CharField("机构性质", max_length=16, choices=Nature.choices, blank=True)
    basis = models.CharField("职能依据", max_length=300, blank=True)
    address = models.CharField("办公地址", max_length=200, blank=True)
    hours = models.CharField("办公时间", max_length=200, blank=True)
    telephone = models.CharField("联系电话", max_length=100, blank=True)
    fax = models.CharField("传真", max_length=60, blank=True)
    mail = models.CharField("电子邮箱", max_length=100, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    website = models.CharField("网址", max_length=200, blank=True)
    body = models.TextField("主要职责", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "机构职能"

    def __str__(self) -> str:
        return self.issuer


class Office(Row):
    """One office inside the organ (内设机构)."""

    name = models.CharField("内设机构", max_length=100, blank=True)
    duties = models.CharField("职责", max_length=1000, blank=True)
    telephone = models.CharField("联系电话", max_length=60, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "内设机构"


class Leader(Row):
    """One leader of the organ, in the order of the list."""

    name = models.CharField("姓名", max_length=60, blank=True)
    post = models.CharField("职务", max_length=100, blank=True)
    division = models.CharField("工作分工", max_length=500, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "领导信息"
