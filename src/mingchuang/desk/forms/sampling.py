"""The form of a look at a scan."""

from __future__ import annotations

from django import forms

from mingchuang.records.sampling import Outcome


class LookForm(forms.Form):
    """Whether what was recorded is what the scan shows; judged by `records.sampling`, with all reasons."""

    outcome = forms.ChoiceField(label="抽查结论", choices=Outcome.choices, widget=forms.RadioSelect, required=False)
    note = forms.CharField(
        label="说明",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不一致的，写明哪里不一致",
    )
    shown_required = ("outcome",)
