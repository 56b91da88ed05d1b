"""Who has to sign a revision, and who did."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mingchuang.core.actor import Way
from mingchuang.core.models import Event, Person, StoredFile
from mingchuang.core.roles import Role
from mingchuang.records.models.revision import Revision
from mingchuang.records.terms import Decision, Secrecy


class ReviewStep(models.Model):
    """One step of the route of one revision, copied at submission: a route issued later changes no review under way."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="steps", verbose_name="稿件")
    number = models.PositiveSmallIntegerField("环节序号")
    title = models.CharField("环节", max_length=20)
    role = models.CharField("签署身份", max_length=20, choices=Role.choices)
    secrecy = models.BooleanField("须有保密审查结论", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "审签环节"
        ordering = ("revision", "number")
        constraints = [models.UniqueConstraint(fields=["revision", "number"], name="records_reviewstep_number")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Approval(models.Model):
    """One signature under one hash: whose will it was (`person`), and who wrote it down (`recorder`) if on paper.

    The words of the opinion are the event's, which can be erased by law; what counts stands here.
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="approvals", verbose_name="稿件")
    step = models.PositiveSmallIntegerField("环节序号")
    step_title = models.CharField("环节", max_length=20)
    decision = models.CharField("意见", max_length=10, choices=Decision.choices)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="签署人")
    recorder = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    role = models.CharField("身份", max_length=20, choices=Role.choices)
    via = models.CharField("方式", max_length=10, choices=Way.choices)
    content_hash = models.CharField("内容指纹", max_length=140)
    secrecy = models.CharField("保密审查结论", max_length=12, choices=Secrecy.choices, blank=True)
    evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="审签单")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+", verbose_name="事件")
    happened_on = models.DateField("签署日期")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "签署意见"
        ordering = ("revision", "recorded_at", "id")
        constraints = [
            # What `checks` refuses in words, the database refuses too.
            models.UniqueConstraint(
                fields=["revision", "step"], condition=Q(decision="approve"), name="records_approval_step_once"
            ),
            models.UniqueConstraint(
                fields=["revision", "person"], condition=Q(decision="approve"), name="records_approval_person_once"
            ),
            models.CheckConstraint(
                name="records_approval_signer_is_not_recorder",
                condition=Q(recorder__isnull=True) | ~Q(recorder=models.F("person")),
            ),
        ]
        indexes = [models.Index(fields=["person", "-recorded_at"], name="records_approval_person")]

    def __str__(self) -> str:
        return f"{self.step_title} {self.get_decision_display()}"
