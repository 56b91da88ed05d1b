"""A record: the identity of one thing made public, whatever its text becomes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mingchuang.core.models import Person, StoredFile, Unit
from mingchuang.core.subject import Subject
from mingchuang.records.terms import NumberSource, RecordClass, WithdrawalReason


class Record(Subject):
    """One item of the catalogue of public information: its address, its 索引号, whether citizens see it.

    The words stand in revisions: `published` is the one that citizens read, `current` the one at work, if any. What is
    decided about a text and not in it stands here: 索引号, dates of publication, validity, withdrawal. `year`,
    `unit_slot` and `year_slot` are its permanent places in the lists (`records.paging`), given at first publication.
    """

    machine = "publication"
    subject_title = "公开记录"

    class Visibility(models.TextChoices):
        NONE = "none", "未公开"
        PUBLIC = "public", "已公开"
        WITHDRAWN = "withdrawn", "已撤下"

    class Validity(models.TextChoices):
        EFFECTIVE = "effective", "有效"
        EXPIRED = "expired", "失效"
        REPEALED = "repealed", "废止"
        AMENDED = "amended", "修改"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="records", verbose_name="公开机关")
    kind = models.CharField("类别", max_length=40)
    record_class = models.CharField("审签类别", max_length=1, choices=RecordClass.choices)
    item = models.ForeignKey(
        "records.CatalogueItem", models.PROTECT, null=True, related_name="records", verbose_name="公开事项"
    )
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="建立人")
    created_at = models.DateTimeField("建立时间")
    imported = models.BooleanField("历史导入", default=False)
    original_address = models.URLField("原地址", max_length=500, blank=True)
    # Where an imported record comes from: the workbook, whose bytes are kept, and the line in it.
    import_source = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="历史数据来源文件", editable=False
    )
    import_line = models.PositiveIntegerField("来源文件行号", null=True, editable=False)

    visibility = models.CharField("公开状态", max_length=12, choices=Visibility.choices, default="", editable=False)
    validity = models.CharField("有效性", max_length=12, choices=Validity.choices, default="", editable=False)

    current = models.ForeignKey(
        "records.Revision", models.PROTECT, null=True, related_name="+", verbose_name="在办稿", db_index=False
    )
    published = models.ForeignKey(
        "records.Revision", models.PROTECT, null=True, related_name="+", verbose_name="公开稿"
    )
    index_number = models.CharField("索引号", max_length=60, null=True, unique=True, editable=False)
    # Given by the OA or the province's platform before publication; it is the 索引号 then.
    given_number = models.CharField("给定的索引号", max_length=60, null=True, unique=True, editable=False)
    number_source = models.CharField("索引号来源", max_length=12, choices=NumberSource.choices, blank=True)
    year = models.PositiveSmallIntegerField("公开年度", null=True, editable=False)
    unit_slot = models.PositiveIntegerField("单位年度序位", null=True, editable=False)
    year_slot = models.PositiveIntegerField("年度序位", null=True, editable=False)
    published_on = models.DateField("发布日期", null=True, editable=False)
    published_at = models.DateTimeField("首次公开时间", null=True, editable=False)
    corrected_on = models.DateField("更正日期", null=True, editable=False)
    changed_at = models.DateTimeField("公开内容更新时间", null=True, editable=False)

    withdrawn_on = models.DateField("撤下日期", null=True, editable=False)
    withdrawal_reason = models.CharField(
        "撤下原因", max_length=12, choices=WithdrawalReason.choices, blank=True, editable=False
    )
    withdrawal_explanation = models.CharField("撤下说明", max_length=500, blank=True, editable=False)
    withdrawal_hides_title = models.BooleanField("撤下说明不显示名称", default=False, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "公开记录"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "unit_slot"], name="records_record_unit_slot"),
            models.UniqueConstraint(fields=["year", "year_slot"], name="records_record_year_slot"),
            models.CheckConstraint(
                name="records_record_public_is_complete",
                condition=~Q(visibility__in=["public", "withdrawn"])
                | Q(
                    published__isnull=False,
                    index_number__isnull=False,
                    year__isnull=False,
                    unit_slot__isnull=False,
                    year_slot__isnull=False,
                    published_on__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["visibility", "-published_at", "-id"], name="records_record_newest"),
            models.Index(fields=["unit", "visibility"], name="records_record_unit"),
            models.Index(fields=["current"], condition=Q(current__isnull=False), name="records_record_at_work"),
        ]

    def __str__(self) -> str:
        return self.index_number or f"record {self.pk}"

    def subject_unit(self) -> Unit | None:
        return self.unit


class Series(models.Model):
    """A row of numbers that only grows: list slots and the serial part of 索引号. None is ever given twice."""

    key = models.CharField("序列", max_length=80, primary_key=True)
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "序列"

    def __str__(self) -> str:
        return f"{self.key}: {self.last}"
