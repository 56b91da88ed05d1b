"""The columns of a list for those concerned, and its rows."""

from __future__ import annotations

from django.db import models

from mingchuang.records.models import Content, Row


class Matter(models.TextChoices):
    """What the households are listed for."""

    MINIMUM = "minimum", "最低生活保障"
    DESTITUTE = "destitute", "特困人员供养"
    RELIEF = "relief", "临时救助"
    POVERTY = "poverty", "贫困识别"
    LIFTED = "lifted", "贫困退出"
    PROJECT = "project", "扶贫项目到户"
    LAND = "land", "征地补偿分户"
    HOUSING = "housing", "住房保障"


class HouseholdList(Content):
    """One list, for one place."""

    matter = models.CharField("公示事项", max_length=12, choices=Matter.choices, blank=True)
    issuer = models.CharField("公示机关", max_length=200, blank=True)
    area = models.CharField("公示范围", max_length=200, blank=True)
    basis = models.CharField("依据和标准", max_length=500, blank=True)
    until = models.DateField("公示至", null=True)
    contact = models.CharField("异议受理", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "到户名单"

    def __str__(self) -> str:
        return f"{self.get_matter_display()} {self.area}"


class Household(Row):
    """One household."""

    name = models.CharField("户主姓名", max_length=40, blank=True)
    minor = models.CharField("是否未成年人", max_length=5, choices=(("no", "否"), ("yes", "是")), blank=True)
    group = models.CharField("村民小组", max_length=60, blank=True)
    persons = models.IntegerField("人数", null=True)
    category = models.CharField("类别", max_length=60, blank=True)
    amount = models.DecimalField("金额", max_digits=14, decimal_places=2, null=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "到户名单各户"
