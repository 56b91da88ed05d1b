"""The columns of a text on admission to schools, and the rows of its tables."""

from __future__ import annotations

from django.db import models

from mingchuang.records.models import Content, Row


class Sector(models.TextChoices):
    """Which schools it is about."""

    COMPULSORY = "compulsory", "义务教育"
    PRESCHOOL = "preschool", "学前教育"
    VOCATIONAL = "vocational", "中等职业教育"


class Part(models.TextChoices):
    """What of the admission the text tells. The first stands for all that is known before registration."""

    WHOLE = "whole", "招生信息（综合）"
    PLAN = "plan", "招生方案"
    DISTRICTS = "districts", "片区划分"
    SCHOOLS = "schools", "学校情况"
    CONTACTS = "contacts", "咨询方式"
    RESULT = "result", "招生结果"
    AID = "aid", "奖助学金政策"


class Level(models.TextChoices):
    """What kind of school."""

    KINDERGARTEN = "kindergarten", "幼儿园"
    PRIMARY = "primary", "小学"
    JUNIOR = "junior", "初中"
    NINE_YEARS = "nine_years", "九年一贯制学校"
    VOCATIONAL = "vocational", "中等职业学校"


class Nature(models.TextChoices):
    """Who runs it."""

    PUBLIC = "public", "公办"
    INCLUSIVE = "inclusive", "普惠性民办"
    PRIVATE = "private", "民办"


class AdmissionText(Content):
    """One text on the admission of one year."""

    sector = models.CharField("学段", max_length=12, choices=Sector.choices, blank=True)
    part = models.CharField("公开要素", max_length=12, choices=Part.choices, blank=True)
    issuer = models.CharField("发布机关", max_length=200, blank=True)
    year = models.IntegerField("招生年度", null=True)
    registration_from = models.DateField("报名首日", null=True)
    registration_until = models.DateField("报名截止日", null=True)
    admitted_on = models.DateField("录取（分班）完成日期", null=True)
    plan = models.TextField("招生方案", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "招生"

    def __str__(self) -> str:
        return f"{self.get_sector_display()} {self.get_part_display()} {self.year}"


class District(Row):
    """Which area belongs to which school."""

    school = models.CharField("学校", max_length=100, blank=True)
    area = models.CharField("片区范围", max_length=500, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "片区划分"


class School(Row):
    """A school with what parents ask."""

    name = models.CharField("学校", max_length=100, blank=True)
    level = models.CharField("类型", max_length=12, choices=Level.choices, blank=True)
    nature = models.CharField("性质", max_length=12, choices=Nature.choices, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    teachers = models.IntegerField("专任教师", null=True)
    classes = models.IntegerField("计划班数", null=True)
    seats = models.IntegerField("计划招生数", null=True)
    inspection = models.CharField("监督结果", max_length=200, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "学校情况"


class Result(Row):
    """How many a school took."""

    school = models.CharField("学校", max_length=100, blank=True)
    planned = models.IntegerField("计划数", null=True)
    applied = models.IntegerField("报名数", null=True)
    admitted = models.IntegerField("录取数", null=True)
    classes = models.IntegerField("实际班数", null=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "招生结果"


class Aid(Row):
    """A grant: for whom, how much, how to get it."""

    name = models.CharField("项目", max_length=100, blank=True)
    entitled = models.CharField("对象", max_length=200, blank=True)
    amount = models.DecimalField("标准", max_digits=12, decimal_places=2, null=True)
    apply = models.CharField("申请办法", max_length=300, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "奖助学金"


class Contact(Row):
    """Whom to ask."""

    office = models.CharField("咨询单位", max_length=100, blank=True)
    telephone = models.CharField("电话", max_length=60, blank=True)
    hours = models.CharField("时间", max_length=100, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "咨询方式"
