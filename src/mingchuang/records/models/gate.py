"""What the gate found in a text, what people decided about it, and the customer's lists."""

from __future__ import annotations

from django.db import models

from mingchuang.core.models import Event, Person, Unit
from mingchuang.core.subject import Subject
from mingchuang.records.models.revision import Revision


class GateFinding(models.Model):
    """One place that the gate named in the bytes with this hash, at submission or release. Rows are never changed.

    No personal value stands here: `text_hash` tells equal values of one file apart, `key` names rule and place, so that
    a person's decision holds for this finding in this very content and for nothing else.
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="gate_findings", verbose_name="稿件")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+", verbose_name="事件")
    content_hash = models.CharField("内容指纹", max_length=140)
    key = models.CharField("标识", max_length=64)
    part = models.CharField("所在", max_length=200, help_text="栏目名，或者附件的名称")
    check_id = models.CharField("检查", max_length=20)
    rule = models.CharField("规则", max_length=80)
    result = models.CharField("结果", max_length=20)
    message = models.CharField("说明", max_length=1000)

    class Meta:
        verbose_name = verbose_name_plural = "检查结果"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["event", "key"], name="records_gatefinding_once")]
        indexes = [models.Index(fields=["rule", "result"], name="records_gatefinding_rule")]

    def __str__(self) -> str:
        return f"{self.rule} {self.result}"


class GateDecision(models.Model):
    """A person's decision about one finding in one content: a false alarm, or true and answered for, with the reason.

    The words of the reason are the event's.
    """

    class Verdict(models.TextChoices):
        FALSE_ALARM = "false_alarm", "误报"
        JUSTIFIED = "justified", "属实，可以公开"

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="gate_decisions", verbose_name="稿件")
    content_hash = models.CharField("内容指纹", max_length=140)
    key = models.CharField("标识", max_length=64)
    rule = models.CharField("规则", max_length=80)
    result = models.CharField("结果", max_length=20)
    verdict = models.CharField("判断", max_length=12, choices=Verdict.choices)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="判断人")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+", verbose_name="事件")

    class Meta:
        verbose_name = verbose_name_plural = "检查结果的处理"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["revision", "content_hash", "key"], name="records_gatedecision_once")
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.verdict}"


class GateList(Subject):
    """One of the customer's lists for the gate (敏感词、领导人名册、审图号 …); its content is confidential.

    `data` is the file as it was uploaded. It is read by the gate alone: no page, log or export shows it.
    """

    machine = "gate_list"
    subject_title = "词表"

    slot = models.CharField("类别", max_length=20, unique=True)
    name = models.CharField("文件名", max_length=200, blank=True)
    data = models.BinaryField("内容")
    entries = models.PositiveIntegerField("条数", default=0)
    digest = models.CharField("版本", max_length=64, blank=True)
    changed_at = models.DateTimeField("更换时间", null=True)
    standing = models.CharField("使用情况", max_length=10, default="", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "检查词表"
        ordering = ("slot",)

    def __str__(self) -> str:
        return self.slot

    def subject_unit(self) -> Unit | None:
        return None
