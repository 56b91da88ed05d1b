"""What a kind adds to a revision: real columns in a table of its own."""

from __future__ import annotations

from django.db import models

from mingchuang.records.models.revision import Revision


class Content(models.Model):
    """The kind's own fields of one revision. A kind subclasses this with one column for each of its content fields."""

    revision = models.OneToOneField(
        Revision, models.PROTECT, primary_key=True, related_name="%(class)s", verbose_name="稿件"
    )

    class Meta:
        abstract = True
