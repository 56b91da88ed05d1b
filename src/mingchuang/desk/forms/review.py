"""Forms of review: a signature with its secrecy conclusion, a return with its reason, a signature given on paper."""

from __future__ import annotations

from typing import Any

from django import forms

from mingchuang.core import now
from mingchuang.core.models import Appointment, Person, Unit
from mingchuang.core.roles import Role
from mingchuang.core.units import Directory
from mingchuang.desk.forms.dates import day_field
from mingchuang.desk.forms.kept_file import KeepsFile
from mingchuang.records import staffing
from mingchuang.records.models import ReviewStep, Revision
from mingchuang.records.routes import SIGNERS
from mingchuang.records.terms import Secrecy


class SignatureForm(forms.Form):
    """What one signs, at which step, with which conclusion; the note is the reason when it is a return."""

    secrecy = forms.ChoiceField(label="保密审查结论", choices=Secrecy.choices, widget=forms.RadioSelect, required=False)
    note = forms.CharField(
        label="意见",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="退回的，写明理由和要改的地方",
    )
    content_hash = forms.CharField(widget=forms.HiddenInput)
    step = forms.IntegerField(widget=forms.HiddenInput)
    #: Asked for by `records.checks`, which tells all reasons at once; the page must not call it 选填.
    shown_required = ("secrecy",)

    @classmethod
    def of(cls, revision: Revision, step: ReviewStep | None) -> SignatureForm:
        """An empty form bound to the text and the step on the screen."""
        number = step.number if step is not None else 0
        return cls(initial={"content_hash": revision.content_hash, "step": number})


def signers_of(revision: Revision, step: ReviewStep) -> list[Appointment]:
    """Who can sign the awaited step of this text, by appointment: nobody is offered who would be refused."""
    rows = signers_for(revision.record.unit, step)
    barred = staffing.barred(revision, step, {row.person_id: row.person for row in rows}.values())
    return [row for row in rows if row.person_id not in barred]


def signers_for(unit: Unit, step: ReviewStep) -> list[Appointment]:
    """Who may sign that step for that unit today, by appointment: of the unit itself and of the units above it."""
    directory = Directory.on(now.today())
    reach = {unit.pk, *directory.ancestors(unit)}
    held = Appointment.objects.on(now.today()).filter(role__in=list(SIGNERS.get(step.role, ())))
    rows = held.select_related("person", "unit").order_by("unit__order", "role", "person__name")
    return [row for row in rows if row.unit_id in reach or row.role == Role.OFFICE]


class PaperForm(KeepsFile):
    """A signature given on the printed form: whose, which day, with which conclusion, and the scan of it."""

    signer = forms.ChoiceField(label="签字人")
    secrecy = forms.ChoiceField(label="保密审查结论", choices=Secrecy.choices, widget=forms.RadioSelect, required=False)
    happened_on = day_field("签字日期", help_text="审签单上签名旁边写的日期")
    late_reason = forms.CharField(
        label="补录原因", required=False, max_length=500, help_text="签字日期早于今天的，写明为什么现在才录入"
    )
    note = forms.CharField(
        label="批示内容",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="照录审签单上的文字",
    )
    content_hash = forms.CharField(widget=forms.HiddenInput)
    step = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("signer", "happened_on", "file", "secrecy", "note", "late_reason", "kept", "content_hash", "step")
    shown_required = ("secrecy", "file")
    file_required = "请上传带签字的审签单照片或者扫描件。"

    def __init__(self, choices: list[Appointment], recorder: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        directory = Directory.on(now.today())
        self.appointments = {str(row.pk): row for row in choices if row.person_id != recorder.pk}
        told = [
            (key, f"{row.person.name}（{directory.short_name(row.unit)}{Role(row.role).label}）")
            for key, row in self.appointments.items()
        ]
        self.fields["signer"].choices = [("", "请选择"), *told]  # type: ignore[attr-defined]
        self.fields["file"].label = "审签单"
        self.fields["file"].help_text = "照片（JPG、PNG）或者扫描件（PDF），签名、日期和指纹要看得清"

    @property
    def signed_as(self) -> Appointment:
        """The appointment in which the person signed."""
        return self.appointments[self.cleaned_data["signer"]]
