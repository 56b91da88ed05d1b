"""The ledger's tables: a notice, the duties read from it, who owes them, what measures them, what proves them.

What the reader found and what a clerk decided stand side by side (`origin`), so that a second reading refreshes the one
and never touches the other. Written only by `ledger.do`; read through `ledger.queries`.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mingchuang.core.models import Collective, StoredFile, Unit
from mingchuang.core.subject import Subject
from mingchuang.records.models import Record


class Origin(models.TextChoices):
    """Whose word a value is."""

    READ = "read", "识别"
    CLERK = "clerk", "人工"


class Notice(Subject):
    """A notice (工作要点) that was loaded: its file, its text and what the reader made of it."""

    machine = "notice"
    subject_title = "要点文件"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="notices", verbose_name="牵头单位")
    source = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="原文件")
    source_name = models.CharField("文件名", max_length=255)
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="notices", verbose_name="公开的文件"
    )
    title = models.CharField("标题", max_length=300, blank=True)
    issuer = models.CharField("发文机关", max_length=200, blank=True)
    number = models.CharField("文号", max_length=80, blank=True)
    issued_on = models.DateField("成文日期", null=True)
    text = models.TextField("原文")
    reading = models.JSONField("识别结果", default=dict, help_text="reading 的 JSON，不含原文")
    progress = models.CharField("进度", max_length=20, default="loaded", editable=False)
    lateness = models.CharField("逾期情况", max_length=20, default="internal", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "要点文件"
        ordering = ("-issued_on", "-id")
        constraints = [
            # What `load` refuses in words, the database refuses too: two clerks who load one file at once.
            models.UniqueConstraint(fields=["unit", "source"], condition=~Q(progress="void"), name="ledger_notice_once")
        ]

    def __str__(self) -> str:
        return self.title or self.source_name

    def subject_unit(self) -> Unit | None:
        return self.unit


class Duty(Subject):
    """Something that the notice orders. It keeps its identity through corrections and new readings.

    `read_ref` and `read_print` (a hash of its characters) are how the last reading knew it; empty for a duty that a
    clerk split off. `corrected` names the fields in which a clerk's word stands against the reader's.
    """

    machine = "duty"
    subject_title = "任务"

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="duties", verbose_name="要点文件")
    order = models.DecimalField("次序", max_digits=12, decimal_places=4)
    ref = models.CharField("编号", max_length=60)
    heading = models.CharField("标题", max_length=300, blank=True)
    text = models.TextField("内容")
    start = models.PositiveIntegerField("起")
    end = models.PositiveIntegerField("止")
    due_on = models.DateField("完成时限", null=True)
    suggested = models.JSONField("文中提到的单位", default=list)
    read_ref = models.CharField("识别编号", max_length=60, blank=True)
    read_print = models.CharField("识别指纹", max_length=64, blank=True)
    corrected = models.JSONField("人工更正的项目", default=list)
    came_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts", verbose_name="拆自")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="absorbed", verbose_name="并入")
    missing = models.BooleanField("新读法中没有", default=False)
    progress = models.CharField("落实进度", max_length=20, default="planned", editable=False)
    confirmation = models.CharField("识别结果", max_length=20, default="read", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "任务"
        ordering = ("notice", "order", "id")
        constraints = [models.CheckConstraint(name="ledger_duty_span", condition=Q(start__lte=F("end")))]
        indexes = [
            models.Index(fields=["notice", "order"], name="ledger_duty_order"),
            models.Index(fields=["due_on"], name="ledger_duty_due"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.heading}".strip()

    def subject_unit(self) -> Unit | None:
        return self.notice.unit


class _Found(models.Model):
    """A value with the characters that it came from, and whether a clerk struck it out."""

    start = models.PositiveIntegerField("起", null=True)
    end = models.PositiveIntegerField("止", null=True)
    origin = models.CharField("来源", max_length=10, choices=Origin.choices, default=Origin.READ)
    struck = models.BooleanField("已删去", default=False)

    class Meta:
        abstract = True


class DutyOwner(_Found):
    """A unit, or a name for many units, that owes a duty; `written` is as the notice writes it.

    Neither `unit` nor `collective`: a name that nobody has been found for yet (待指认).
    """

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="owners", verbose_name="任务")
    written = models.CharField("写法", max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="owned_duties", verbose_name="单位")
    collective = models.ForeignKey(
        Collective, models.PROTECT, null=True, related_name="owned_duties", verbose_name="单位集合"
    )
    lead = models.BooleanField("牵头", default=False)
    mode = models.CharField("落实方式", max_length=60, blank=True)
    group = models.PositiveSmallIntegerField("责任条款", default=0, help_text="同一任务的第几条责任条款")
    open = models.BooleanField("范围未尽", default=False, help_text="写有“等”字")

    class Meta:
        verbose_name = verbose_name_plural = "责任单位"
        ordering = ("duty", "group", "id")
        constraints = [
            models.CheckConstraint(name="ledger_owner_one", condition=Q(unit__isnull=True) | Q(collective__isnull=True))
        ]

    def __str__(self) -> str:
        return self.written


class Measure(_Found):
    """A number, period, rate, ban or recurrence by which the notice measures a duty."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="measures", verbose_name="任务")
    kind = models.CharField("类别", max_length=30)
    text = models.CharField("原文", max_length=300)
    value = models.JSONField("数值", null=True)
    unit = models.CharField("单位", max_length=30, blank=True)
    comparator = models.CharField("比较", max_length=12, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "指标"
        ordering = ("duty", "start", "id")

    def __str__(self) -> str:
        return self.text


class Subtask(_Found):
    """A sentence of a duty at which a 责任分解表 works."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="subtasks", verbose_name="任务")
    text = models.TextField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "子任务"
        ordering = ("duty", "start", "id")

    def __str__(self) -> str:
        return self.text[:40]


class Evidence(Subject):
    """What proves progress: a published record, a stored file, or an address; exactly one of them.

    Offered by a unit for a duty that names it, accepted by the office; only then does the public see it.
    """

    machine = "evidence"
    subject_title = "凭证"

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="evidence", verbose_name="任务")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="报送单位")
    record = models.ForeignKey(Record, models.PROTECT, null=True, related_name="evidence", verbose_name="公开记录")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="文件")
    file_name = models.CharField("文件名", max_length=255, blank=True)
    url = models.CharField("网址", max_length=1000, blank=True)
    title = models.CharField("名称", max_length=300)
    happened_on = models.DateField("日期")
    standing = models.CharField("认定", max_length=20, default="offered", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "凭证"
        ordering = ("duty", "happened_on", "id")
        constraints = [
            models.CheckConstraint(
                name="ledger_evidence_one",
                condition=Q(record__isnull=False, file__isnull=True, url="")
                | Q(record__isnull=True, file__isnull=False, url="")
                | (Q(record__isnull=True, file__isnull=True) & ~Q(url="")),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def subject_unit(self) -> Unit | None:
        return self.unit
