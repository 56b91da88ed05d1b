"""An approved text with a time at which it becomes public by itself (定时公开), and addresses that show it before."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mingchuang.core.models import Person, Unit
from mingchuang.core.roles import Role
from mingchuang.core.subject import Subject
from mingchuang.records.models.record import Record
from mingchuang.records.models.revision import Revision


class Release(Subject):
    """The text with this hash is to become public at `at`, by the decision of `person` in that role.

    When the time comes, everything is asked again as if that person pressed the button then; `reasons` are the
    sentences of a refusal.
    """

    machine = "release"
    subject_title = "定时公开"

    class State(models.TextChoices):
        WAITING = "waiting", "待公开"
        DONE = "done", "已公开"
        FAILED = "failed", "未能公开"
        CANCELLED = "cancelled", "已取消"
        CLOSED = "closed", "已另行处理"

    record = models.ForeignKey(Record, models.PROTECT, related_name="releases", verbose_name="公开记录")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="releases", verbose_name="稿件")
    content_hash = models.CharField("内容指纹", max_length=140)
    at = models.DateTimeField("公开时间")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="决定人")
    role = models.CharField("身份", max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="单位")
    reasons = models.JSONField("未能公开的原因", default=list)
    settled_at = models.DateTimeField("办结时间", null=True, editable=False)
    state = models.CharField("状态", max_length=10, choices=State.choices, default="", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "定时公开"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(state="waiting"), name="records_release_one_waiting")
        ]
        indexes = [models.Index(fields=["state", "at"], name="records_release_next")]

    def __str__(self) -> str:
        return f"release of record {self.record_id}"

    def subject_unit(self) -> Unit | None:
        return self.record.unit


class PreviewLink(models.Model):
    """An address by which somebody without an account reads one text before it is public, for a time.

    The address itself stands nowhere: it is signed, and shown once. `opened` counts its uses; by whom is not kept.
    """

    record = models.ForeignKey(Record, models.PROTECT, related_name="preview_links", verbose_name="公开记录")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="preview_links", verbose_name="稿件")
    content_hash = models.CharField("内容指纹", max_length=140)
    generation = models.PositiveIntegerField("第几批", help_text="收回全部链接以后，以前各批都不能再打开")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="生成人")
    made_at = models.DateTimeField("生成时间")
    until = models.DateTimeField("有效至")
    opened = models.PositiveIntegerField("打开次数", default=0)
    last_opened_at = models.DateTimeField("最近打开时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "预览链接"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"preview of record {self.record_id}"
