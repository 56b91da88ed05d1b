"""The catalogue of 公开事项: versions, their rows, and the items that stay the same through versions."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mingchuang.core.models import Person, StoredFile, Unit
from mingchuang.core.subject import Subject


class Catalogue(Subject):
    """One version of the catalogue, in force from `since` until the day before `until` (empty: still so).

    Accepted whole by one event over its rows' digest; a row never changes afterwards.
    """

    machine = "catalogue"
    subject_title = "公开事项目录"

    class Standing(models.TextChoices):
        IN_FORCE = "in_force", "现行"
        REPLACED = "replaced", "已被替代"

    number = models.PositiveIntegerField("第几版", unique=True)
    title = models.CharField("名称", max_length=200)
    since = models.DateField("施行日期")
    until = models.DateField("终止日期", null=True, editable=False, help_text="当日不含；空为现行")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="编制机关")
    source = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="导入的文件")
    source_name = models.CharField("文件名", max_length=255, blank=True)
    digest = models.CharField("内容指纹", max_length=140)
    size = models.PositiveIntegerField("行数")
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="采用人")
    accepted_at = models.DateTimeField("采用时间")
    standing = models.CharField("效力", max_length=12, choices=Standing.choices, default="", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "公开事项目录"
        ordering = ("-number",)
        constraints = [
            models.CheckConstraint(
                name="records_catalogue_period", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
            models.UniqueConstraint(
                fields=["standing"], condition=Q(standing="in_force"), name="records_catalogue_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（第{self.number}版）"

    def subject_unit(self) -> Unit | None:
        return self.unit


class CatalogueItem(models.Model):
    """A 公开事项 by field and names: the same one in every version that has it. Records are filed under it."""

    field = models.CharField("领域", max_length=60, blank=True)
    level1 = models.CharField("一级事项", max_length=200)
    level2 = models.CharField("二级事项", max_length=200)
    level3 = models.CharField("三级事项", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开事项"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["field", "level1", "level2", "level3"], name="records_catalogueitem_name")
        ]

    def __str__(self) -> str:
        return self.level3 or self.level2


class CatalogueRow(models.Model):
    """What one version says of an item; several rows where levels of government have their own."""

    catalogue = models.ForeignKey(Catalogue, models.PROTECT, related_name="rows", verbose_name="目录")
    item = models.ForeignKey(CatalogueItem, models.PROTECT, related_name="rows", verbose_name="公开事项")
    order = models.PositiveIntegerField("序号")
    stage = models.CharField("过程", max_length=60, blank=True)
    basis = models.JSONField("公开依据", default=list)
    limit = models.CharField("公开时限", max_length=300)
    organ = models.CharField("公开主体", max_length=100)
    channels = models.JSONField("公开渠道", default=list)
    other_channel = models.CharField("其他渠道", max_length=300, blank=True)
    audience = models.CharField("公开对象", max_length=10)
    group = models.CharField("特定群体", max_length=300, blank=True)
    mode = models.CharField("公开方式", max_length=12)
    levels = models.JSONField("公开层级", default=list)
    note = models.CharField("备注", max_length=1000, blank=True)
    kind = models.CharField("记录类型", max_length=40, blank=True)
    rule = models.CharField("期限规则", max_length=100, blank=True)
    # The rule that the written limit was found to follow on the day of acceptance, where the row names none.
    applied_rule = models.CharField("适用规则", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "目录事项"
        ordering = ("catalogue", "order")
        constraints = [models.UniqueConstraint(fields=["catalogue", "order"], name="records_cataloguerow_order")]

    def __str__(self) -> str:
        return f"{self.order} {self.item}"


class CatalogueElement(models.Model):
    """One 要素 of a row, required or optional."""

    row = models.ForeignKey(CatalogueRow, models.PROTECT, related_name="elements", verbose_name="目录事项")
    order = models.PositiveSmallIntegerField("序号")
    name = models.CharField("要素", max_length=500)
    required = models.BooleanField("必须公开", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开要素"
        ordering = ("row", "order")
        constraints = [models.UniqueConstraint(fields=["row", "order"], name="records_catalogueelement_order")]

    def __str__(self) -> str:
        return self.name


class CoveredElement(models.Model):
    """An element that a record makes public, in the words of the catalogue; ticked by whoever files the record."""

    record = models.ForeignKey("records.Record", models.PROTECT, related_name="covered", verbose_name="公开记录")
    name = models.CharField("要素", max_length=500)

    class Meta:
        verbose_name = verbose_name_plural = "已公开要素"
        ordering = ("record", "id")
        constraints = [models.UniqueConstraint(fields=["record", "name"], name="records_coveredelement_once")]

    def __str__(self) -> str:
        return self.name
