"""A revision: one text of a record, immutable from the moment it is submitted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mingchuang.core.models import Person, StoredFile, Unit
from mingchuang.core.subject import Subject
from mingchuang.records.models.record import Record


class Revision(Subject):
    """One text of a record with its attachments: what is written, frozen, approved and published.

    The catalogue fields (条例 art. 12) are columns here, the kind's own in its content row. At submission the canonical
    bytes are stored (`frozen`) and `content_hash` (`sha256:…`) is what people sign; the columns are then a projection.
    """

    machine = "review"
    subject_title = "稿件"

    class Progress(models.TextChoices):
        DRAFT = "draft", "草稿"
        REVIEWING = "reviewing", "审签中"
        APPROVED = "approved", "已审定"
        RETURNED = "returned", "已退回"
        VOID = "void", "已作废"

    record = models.ForeignKey(Record, models.PROTECT, related_name="revisions", verbose_name="公开记录")
    ordinal = models.PositiveIntegerField("第几稿")
    title = models.CharField("名称", max_length=300, blank=True)
    doc_number = models.CharField("文号", max_length=60, blank=True)
    formed_on = models.DateField("成文日期", null=True)
    summary = models.CharField("内容概述", max_length=500, blank=True)

    author = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="起草人")
    created_at = models.DateTimeField("起草时间")
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="最后修改人")
    changed_at = models.DateTimeField("最后修改时间")
    progress = models.CharField("进度", max_length=12, choices=Progress.choices, default="", editable=False)

    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="送审人")
    submitted_at = models.DateTimeField("送审时间", null=True, editable=False)
    submitted_on = models.DateField("送审日期", null=True, editable=False)
    schema = models.PositiveSmallIntegerField("字段版本", null=True, editable=False)
    content_hash = models.CharField("内容指纹", max_length=140, blank=True, editable=False)
    frozen = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="冻结文本", editable=False
    )
    # Taken over as it was public before this system, without a review here (`adoption`).
    adopted = models.BooleanField("历史数据导入", default=False, editable=False)
    # The number of the step whose signature is awaited; 0 while none is.
    step = models.PositiveSmallIntegerField("待签环节", default=0, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "稿件"
        ordering = ("record", "ordinal")
        constraints = [
            models.UniqueConstraint(fields=["record", "ordinal"], name="records_revision_ordinal"),
            models.CheckConstraint(
                name="records_revision_frozen",
                condition=~Q(progress__in=["reviewing", "approved", "returned"])
                | (Q(frozen__isnull=False, schema__isnull=False) & ~Q(content_hash="")),
            ),
        ]
        indexes = [
            models.Index(fields=["progress", "step"], name="records_revision_awaiting"),
            models.Index(fields=["doc_number"], name="records_revision_doc_number"),
        ]

    def __str__(self) -> str:
        return f"{self.title or '（未命名）'}（第{self.ordinal}稿）"

    def subject_unit(self) -> Unit | None:
        return self.record.unit


class Attachment(models.Model):
    """A file that belongs to a revision, under the name that citizens see."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="attachments", verbose_name="稿件")
    order = models.PositiveSmallIntegerField("顺序")
    title = models.CharField("标题", max_length=200)
    name = models.CharField("文件名", max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ("revision", "order")
        constraints = [models.UniqueConstraint(fields=["revision", "order"], name="records_attachment_order")]

    def __str__(self) -> str:
        return self.title
