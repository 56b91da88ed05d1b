"""A text on a notice board: shown to those concerned, in one place, until a day; never on the web."""

from __future__ import annotations

from django.db import models

from mingchuang.core.models import StoredFile, Unit
from mingchuang.core.subject import Subject
from mingchuang.records.models.revision import Revision


class Posting(Subject):
    """One print of an approved text on one board (村、社区公示栏), from a day to a day, both inclusive.

    The record stays invisible to the web; each board is a posting of its own. When its last day is over the system
    says so, and somebody who has been there says that it is down.
    """

    machine = "posting"
    subject_title = "张贴"

    class State(models.TextChoices):
        UP = "up", "张贴中"
        OVER = "over", "期满待取下"
        DOWN = "down", "已取下"

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="postings", verbose_name="稿件")
    place = models.CharField("张贴地点", max_length=200)
    posted_on = models.DateField("张贴日期")
    until = models.DateField("公示至")
    photo = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="张贴照片")
    down_on = models.DateField("取下日期", null=True, editable=False)
    down_photo = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="取下照片")
    state = models.CharField("张贴状态", max_length=10, choices=State.choices, default="", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "张贴"
        ordering = ("-id",)
        indexes = [models.Index(fields=["state", "until"], name="records_posting_until")]

    def __str__(self) -> str:
        return f"{self.place} {self.posted_on}"

    def subject_unit(self) -> Unit | None:
        return self.revision.record.unit
