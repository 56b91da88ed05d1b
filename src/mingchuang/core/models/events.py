"""Events: what happened, in one hash chain; personal and free text beside it, erasable."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from mingchuang.core import now
from mingchuang.core.actor import Way
from mingchuang.core.roles import Role


class Event(models.Model):
    """One thing that happened. Written once, by `core.act`; triggers refuse any change.

    `seq` counts without gaps from 1. `link` is the hash over `core.chain.payload(event)`, which contains `previous`.
    `id` is drawn before the row is written, so that rows made by reactions can point at it in the same transaction.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seq = models.BigIntegerField("序号", unique=True)
    schema = models.PositiveSmallIntegerField("格式版本")

    machine = models.CharField("状态机", max_length=60)
    move = models.CharField("动作", max_length=60)
    subject_kind = models.CharField("对象类别", max_length=100)
    subject_id = models.BigIntegerField("对象编号")
    subject_version = models.PositiveIntegerField("对象版本")
    changes = models.JSONField("状态变化", default=dict, help_text="轴 → [原值, 新值]")

    person = models.ForeignKey("core.Person", models.PROTECT, null=True, related_name="+", verbose_name="操作人")
    role = models.CharField("身份", max_length=20, choices=Role.choices)
    unit = models.ForeignKey("core.Unit", models.PROTECT, null=True, related_name="+", verbose_name="单位")
    on_behalf_of = models.ForeignKey("core.Person", models.PROTECT, null=True, related_name="+", verbose_name="签批人")
    via = models.CharField("方式", max_length=10, choices=Way.choices, default=Way.SYSTEM)

    content_hash = models.CharField("内容指纹", max_length=140, blank=True)
    evidence = models.JSONField("佐证", default=list)
    data = models.JSONField("数据", default=dict)
    happened_on = models.DateField("发生日期")
    recorded_at = models.DateTimeField("登记时间")

    text_hash = models.CharField("文字指纹", max_length=140, blank=True)
    algorithm = models.CharField("算法", max_length=20)
    previous = models.CharField("上一环", max_length=128, blank=True)
    link = models.CharField("本环", max_length=128)

    class Meta:
        verbose_name = verbose_name_plural = "事件"
        ordering = ("seq",)
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "seq"], name="core_event_subject"),
            models.Index(fields=["machine", "move", "seq"], name="core_event_move"),
            models.Index(fields=["person", "seq"], name="core_event_person"),
        ]

    def __str__(self) -> str:
        return f"#{self.seq} {self.subject_kind} {self.subject_id} {self.move}"

    @property
    def late(self) -> bool:
        """Whether it was written down on a later day than it happened (补录)."""
        return self.happened_on < now.day_of(self.recorded_at)

    @property
    def words(self) -> dict[str, Any]:
        """Note, reason of late entry and other free text; empty when there was none or it has been erased."""
        text = getattr(self, "text", None)
        return dict(text.body) if text is not None and text.body else {}

    @property
    def note(self) -> str:
        return str(self.words.get("note", ""))

    @property
    def late_reason(self) -> str:
        return str(self.words.get("late_reason", ""))


class EventText(models.Model):
    """The words of an event, outside the chain, which holds only `H(salt ‖ canonical body)`.

    Erasing body and salt (`core.do.erase_text`) leaves the chain whole and the words beyond guessing.
    """

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="text")
    salt = models.CharField(max_length=64, blank=True)
    body = models.JSONField("文字", default=dict)
    erased_by = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+", verbose_name="由何事件清除")

    class Meta:
        verbose_name = verbose_name_plural = "事件文字"

    def __str__(self) -> str:
        return f"text of {self.event_id}"


class ChainHead(models.Model):
    """The one row under whose lock sequence numbers and links are assigned."""

    seq = models.BigIntegerField("末环序号", default=0)
    link = models.CharField("末环", max_length=128, blank=True)
    algorithm = models.CharField("算法", max_length=20, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "链首"
        constraints = [models.CheckConstraint(name="core_chainhead_single", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return f"head #{self.seq}"
