"""The columns of the result of a random inspection, and the rows of its tables."""

from __future__ import annotations

from django.db import models

from mingchuang.records.models import Content, Row


class ItemKind(models.TextChoices):
    """Which part of the list of matters the matter stands in (国发〔2019〕5号)."""

    MAIN = "main", "重点检查事项"
    GENERAL = "general", "一般检查事项"


class Finding(models.TextChoices):
    """What was found at an object. Codes as platforms use them; not compared with a published standard (依据待核)."""

    NOTHING = "nothing", "未发现问题"
    NOT_ANNOUNCED = "not_announced", "未按规定公示应当公示的信息"
    FALSE_ANNOUNCED = "false_announced", "公示信息隐瞒真实情况、弄虚作假"
    UNREACHABLE = "unreachable", "通过登记的住所（经营场所）无法联系"
    CORRECTED = "corrected", "发现问题已责令改正"
    PENDING = "pending", "发现问题待后续处理"
    REFUSED = "refused", "不配合检查情节严重"
    NOT_ACTIVE = "not_active", "未发现开展本次抽查涉及的经营活动"
    OTHER = "other", "其他"


class InspectionResult(Content):
    """What came of one task of an inspection plan."""

    plan_name = models.CharField("抽查计划", max_length=200, blank=True)
    plan_record = models.CharField("抽查计划、事项清单的索引号", max_length=60, blank=True, db_index=True)
    task_no = models.CharField("任务编号", max_length=60, blank=True, db_index=True)
    item = models.CharField("抽查事项", max_length=200, blank=True)
    item_kind = models.CharField("事项类别", max_length=10, choices=ItemKind.choices, blank=True)
    basis = models.TextField("抽查依据", max_length=1000, blank=True)
    authority = models.CharField("抽查主体", max_length=200, blank=True)
    joint = models.CharField("联合部门", max_length=300, blank=True)
    manner = models.CharField("抽查方式", max_length=100, blank=True)
    pool = models.IntegerField("名录库对象数", null=True)
    drawn = models.IntegerField("抽取对象数", null=True)
    ratio = models.DecimalField("抽查比例", max_digits=6, decimal_places=2, null=True)
    drawn_on = models.DateField("抽取日期", null=True)
    draw_record = models.CharField("抽取过程", max_length=500, blank=True)
    inspected_from = models.DateField("检查开始日期", null=True)
    inspected_until = models.DateField("检查完成日期", null=True)
    body = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "双随机抽查结果"

    def __str__(self) -> str:
        return f"inspection result of revision {self.pk}"


class Inspected(Row):
    """An object that was drawn, and what was found there."""

    name = models.CharField("检查对象", max_length=200, blank=True)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    inspected_on = models.DateField("检查日期", null=True)
    finding = models.CharField("检查结果", max_length=20, choices=Finding.choices, blank=True)
    detail = models.CharField("情况说明", max_length=500, blank=True)
    followed = models.CharField("后续处理", max_length=500, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "检查对象和结果"


class Inspector(Row):
    """Who inspected, by the number of the certificate alone."""

    certificate = models.CharField("执法证号", max_length=40, blank=True)
    unit = models.CharField("所属单位", max_length=200, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "执法检查人员"
