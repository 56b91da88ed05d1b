"""Rows of a table that belongs to a text: real columns, in the order in which they were given."""

from __future__ import annotations

from django.db import models

from mingchuang.records.models.revision import Revision


class Row(models.Model):
    """One row of one table of a revision. A kind subclasses this with one column for each column of its `Table`.

    Rows are rewritten together while the text is a draft and stay as they are from its submission on. `order` counts
    from 1. A subclass whose `Meta` adds something inherits from `Row.Meta`.
    """

    id = models.BigAutoField(primary_key=True)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name="稿件")
    order = models.PositiveIntegerField("顺序")

    class Meta:
        abstract = True
        ordering = ("revision", "order")
        constraints = [models.UniqueConstraint(fields=["revision", "order"], name="%(app_label)s_%(class)s_order")]

    def __str__(self) -> str:
        return f"row {self.order}"
