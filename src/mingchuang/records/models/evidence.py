"""Files that prove the rows of a table: kept with the record, seen inside, never public."""

from __future__ import annotations

from django.db import models

from mingchuang.core.models import Person, StoredFile
from mingchuang.records.models.record import Record


class Evidence(models.Model):
    """A file behind rows of one record's texts; rows name it by its SHA-256, so that it is signed with them.

    It belongs to the record and not to one text: a correction carries its rows on.
    """

    record = models.ForeignKey(Record, models.PROTECT, related_name="row_evidence", verbose_name="公开记录")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    name = models.CharField("文件名", max_length=200)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    added_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "证据文件"
        ordering = ("record", "id")
        constraints = [models.UniqueConstraint(fields=["record", "file"], name="records_evidence_once")]

    def __str__(self) -> str:
        return self.name
