"""Deadlines are rows, never jobs: a rule, an anchor, the clock's entries, and every result it ever had.

Beside them the holiday notices that an office added, which make open deadlines be worked out again.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from mingchuang.core.models.events import Event
from mingchuang.core.models.files import StoredFile
from mingchuang.core.models.units import Unit
from mingchuang.core.subject import Subject


class DeadlineQuerySet(models.QuerySet):
    """What is owed, seen from a day."""

    def open(self) -> DeadlineQuerySet:
        """Neither met nor void."""
        return self.filter(clock__in=Deadline.OPEN)

    def unsettled(self) -> DeadlineQuerySet:
        """Those whose day may still move: open, or met while it was provisional."""
        return self.filter(Q(clock__in=Deadline.OPEN) | Q(clock=Deadline.Clock.MET, provisional=True))

    def overdue(self, day: date) -> DeadlineQuerySet:
        """Open and due before `day`: the due day itself is still in time. While time does not count, `due` is empty."""
        return self.filter(clock__in=Deadline.OPEN, due__lt=day)

    def late(self, day: date) -> DeadlineQuerySet:
        """Overdue on `day`, or met after the due day."""
        return self.filter(
            Q(clock__in=Deadline.OPEN, due__lt=day) | Q(clock=Deadline.Clock.MET, met_on__gt=models.F("due"))
        )

    def due_between(self, first: date, last: date) -> DeadlineQuerySet:
        """Open and due from `first` to `last`, both included."""
        return self.filter(clock__in=Deadline.OPEN, due__gte=first, due__lte=last)


class Deadline(Subject):
    """Something owed by a unit until a day, under a rule. Overdue is a query, never a column.

    `clock` moves by the machine `deadline`; `due` and `met_on` are the fold of `entries`, each bound to an event.
    The case that owes it is `about_kind`, `about_id` (as `subject_kind`, `subject_id` of that case's events).
    """

    machine = "deadline"
    subject_title = "期限"

    class Clock(models.TextChoices):
        RUNNING = "running", "计时中"
        PAUSED = "paused", "已暂停"
        MET = "met", "已办结"
        VOID = "void", "已撤销"

    OPEN = (Clock.RUNNING, Clock.PAUSED)

    about_kind = models.CharField("对象类别", max_length=100)
    about_id = models.BigIntegerField("对象编号")
    title = models.CharField("事项", max_length=300)
    rule = models.CharField("规则", max_length=100, blank=True)
    cite = models.CharField("依据", max_length=300, blank=True)
    limit = models.CharField("时限", max_length=60, blank=True, help_text="如 7个工作日；空为写明的日期")
    region = models.CharField("区划代码", max_length=12)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="deadlines", verbose_name="责任单位")
    anchor = models.DateField("起算日期")
    due = models.DateField("到期日", null=True, help_text="暂停期间为空")
    provisional = models.BooleanField("暂定", default=False)
    met_on = models.DateField("办结日期", null=True)
    clock = models.CharField("计时", max_length=10, choices=Clock.choices, default="", editable=False)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "期限"
        ordering = ("due", "id")
        indexes = [
            models.Index(fields=["clock", "due"], name="core_deadline_due"),
            models.Index(fields=["unit", "clock", "due"], name="core_deadline_unit_due"),
            models.Index(fields=["about_kind", "about_id"], name="core_deadline_about"),
        ]

    def __str__(self) -> str:
        return self.title

    def subject_unit(self) -> Unit | None:
        return self.unit


class ClockEntry(models.Model):
    """One thing that happened to a deadline's clock, on the day it happened, by the deadline's event that says so."""

    class Kind(models.TextChoices):
        START = "start", "开始计时"
        RESTART = "restart", "重新计时"
        PAUSE = "pause", "暂停计时"
        RESUME = "resume", "恢复计时"
        EXTEND = "extend", "延长期限"

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="entries", verbose_name="期限")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+", verbose_name="事件")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    on = models.DateField("日期")
    who = models.CharField("征求意见对象", max_length=200, blank=True)
    amount = models.PositiveIntegerField("延长", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "计时记录"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"


class DueResult(models.Model):
    """What the clock said once, kept for ever: "as known then" beside "as known now"."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="results", verbose_name="期限")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+", verbose_name="事件")
    known_on = models.DateField("所知日期")
    due = models.DateField("到期日", null=True)
    provisional = models.BooleanField("暂定", default=False)
    lines = models.JSONField("逐日说明", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "期限结果"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.due}"


class CalendarNotice(Subject):
    """A holiday notice added by the office (`mingchuang calendar add`); the shipped ones have no row."""

    machine = "calendar"
    subject_title = "放假安排"

    region = models.CharField("区划代码", max_length=6)
    number = models.CharField("文号", max_length=100, blank=True)
    title = models.CharField("标题", max_length=200)
    issued = models.DateField("成文日期")
    file_name = models.CharField("文件名", max_length=100, unique=True)
    source = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    force = models.CharField("效力", max_length=20, default="", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "放假安排"
        ordering = ("issued", "id")

    def __str__(self) -> str:
        return self.number or self.title

    def subject_unit(self) -> Unit | None:
        return None
