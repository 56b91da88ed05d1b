"""Jobs: rows of work, enqueued in the transaction that wants them done."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Job(models.Model):
    """One call of a task. Pending twice with the same arguments is pending once (`key`)."""

    class Status(models.TextChoices):
        READY = "READY", "待办"
        RUNNING = "RUNNING", "在办"
        FAILED = "FAILED", "失败"
        SUCCESSFUL = "SUCCESSFUL", "完成"

    id = models.CharField(primary_key=True, max_length=32)
    backend = models.CharField(max_length=32, default="default")
    task = models.CharField("任务", max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    key = models.CharField("合并键", max_length=64)
    queue = models.CharField(max_length=32, default="default")
    priority = models.SmallIntegerField(default=0)
    run_after = models.DateTimeField(null=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.READY)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker_ids = models.JSONField(default=list)
    lease_until = models.DateTimeField(null=True)
    lease = models.CharField(max_length=32, blank=True)
    enqueued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    last_attempted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    errors = models.JSONField(default=list)
    return_value = models.JSONField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = "任务"
        ordering = ("enqueued_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(status="READY"), name="core_job_pending_once"),
        ]
        indexes = [
            models.Index(fields=["status", "-priority", "enqueued_at"], name="core_job_next"),
            models.Index(fields=["lease_until"], condition=Q(status="RUNNING"), name="core_job_lease"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.status}"


class FeedPosition(models.Model):
    """Up to which event a consumer (index, press, mirror) has done its work."""

    consumer = models.CharField("消费者", max_length=60, primary_key=True)
    seq = models.BigIntegerField("序号", default=0)
    moved_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "读取位置"

    def __str__(self) -> str:
        return f"{self.consumer} #{self.seq}"
