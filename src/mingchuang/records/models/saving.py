"""What protects a draft while it is written: kept typing, words that a save replaced, who has the form open.

None of it is part of a record's history: no events, no versions, nothing that a page of citizens or the index reads.
"""

from __future__ import annotations

from django.db import models

from mingchuang.core.models import Person
from mingchuang.records.models.record import Record
from mingchuang.records.models.revision import Revision


class Autosave(models.Model):
    """What one person has typed into the form of one draft and not yet saved; seen by nobody else.

    `values` are the fields as typed, `opened` the digests of what they held when the form was opened (as the form
    carries them), `opened_version` the version of the draft at that time: so that what somebody else saved meanwhile is
    found when the typing is taken up again.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="填写人")
    record = models.ForeignKey(Record, models.PROTECT, related_name="autosaves", verbose_name="公开记录")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="autosaves", verbose_name="稿件")
    opened_version = models.PositiveIntegerField("打开时的版本")
    opened = models.TextField("打开时的内容摘要", blank=True)
    values = models.JSONField("填写的内容", default=dict)
    saved_at = models.DateTimeField("自动保存时间")

    class Meta:
        verbose_name = verbose_name_plural = "自动保存"
        constraints = [models.UniqueConstraint(fields=["person", "record"], name="records_autosave_once")]
        indexes = [models.Index(fields=["saved_at"], name="records_autosave_age")]

    def __str__(self) -> str:
        return f"autosave of record {self.record_id}"


class Overwritten(models.Model):
    """The words that a field of a draft held up to a save: what two people started from when both change it."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="overwritten", verbose_name="稿件")
    field = models.CharField("栏目", max_length=60)
    version = models.PositiveIntegerField("保持到的版本")
    words = models.TextField("原内容", blank=True)
    at = models.DateTimeField("被改时间")

    class Meta:
        verbose_name = verbose_name_plural = "被改写的内容"
        constraints = [
            models.UniqueConstraint(fields=["revision", "field", "version"], name="records_overwritten_once")
        ]
        indexes = [models.Index(fields=["at"], name="records_overwritten_age")]

    def __str__(self) -> str:
        return f"{self.field} of revision {self.revision_id} up to {self.version}"


class Editing(models.Model):
    """That a person has the form of a draft open, on one page (`tab`): advice to others, no bar."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="编辑人")
    record = models.ForeignKey(Record, models.PROTECT, related_name="editings", verbose_name="公开记录")
    tab = models.CharField("页面", max_length=32)
    since = models.DateTimeField("打开时间")
    seen_at = models.DateTimeField("最近一次看到")

    class Meta:
        verbose_name = verbose_name_plural = "正在编辑"
        constraints = [models.UniqueConstraint(fields=["record", "person", "tab"], name="records_editing_once")]
        indexes = [models.Index(fields=["seen_at"], name="records_editing_age")]

    def __str__(self) -> str:
        return f"person {self.person_id} on record {self.record_id}"
