"""The form by which a person decides about one finding of the gate."""

from __future__ import annotations

from django import forms

from mingchuang.records.models import GateDecision


class DecisionForm(forms.Form):
    """False alarm, or true and answered for; with the reason, for this finding in this very content."""

    verdict = forms.ChoiceField(label="判断", choices=GateDecision.Verdict.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="理由",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        help_text="只对这一版内容有效，改动后重新判断",
    )
    content_hash = forms.CharField(widget=forms.HiddenInput, max_length=140)
