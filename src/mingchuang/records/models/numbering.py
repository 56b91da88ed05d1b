"""Why numbers of a sequence of 索引号 stand at no record."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mingchuang.core.models import Unit
from mingchuang.core.subject import Subject
from mingchuang.records.terms import GapReason


class NumberGap(Subject):
    """Numbers `first` to `last` of the sequence `org`/`year`, none of which a record here has or will get.

    Said by the 政务公开办; the words are the event's. A number explained is spent: the rule passes it over.
    """

    machine = "index_gap"
    subject_title = "缺号说明"

    class Standing(models.TextChoices):
        EXPLAINED = "explained", "已说明"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    org = models.CharField("目录编号", max_length=20)
    year = models.PositiveSmallIntegerField("年份")
    first = models.PositiveIntegerField("起号")
    last = models.PositiveIntegerField("止号")
    reason = models.CharField("原因", max_length=12, choices=GapReason.choices)
    note = models.CharField("说明", max_length=500)
    standing = models.CharField("说明情况", max_length=12, default="", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "缺号说明"
        ordering = ("org", "year", "first")
        constraints = [
            models.UniqueConstraint(fields=["org", "year", "first"], name="records_numbergap_first"),
            models.CheckConstraint(name="records_numbergap_order", condition=Q(last__gte=F("first"))),
        ]

    def __str__(self) -> str:
        return f"{self.org}/{self.year} {self.first}–{self.last}"

    def subject_unit(self) -> Unit | None:
        return self.unit
