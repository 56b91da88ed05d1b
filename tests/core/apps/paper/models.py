from django.db import models

from mingchuang.core.models import Unit
from mingchuang.core.subject import Subject


class Draft(Subject):
    """A text in review, without anything that records would add."""

    machine = "review"
    subject_title = "稿件"

    title = models.CharField(max_length=100)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True)
    progress = models.CharField(max_length=20, default="")

    class Meta:
        app_label = "paper"

    def subject_unit(self):
        return self.unit
