"""The form by which personal data in a draft are masked: which, and by which of the two ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from mingchuang.records.gate_masking import Masking

USES = (
    ("document", "公文、决定、网页：不显示号码"),
    ("list", "名单公示：保留首尾，便于区分（不含出生日期）"),
)


class MaskForm(forms.Form):
    """`chosen` are keys of maskings, `version` the draft that the person saw."""

    chosen = forms.MultipleChoiceField(label="要遮蔽的内容", required=False, widget=forms.CheckboxSelectMultiple)
    use = forms.ChoiceField(widget=forms.HiddenInput, choices=USES)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, offered: Sequence[Masking], data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        # A value that has gone since is no wrong choice: `do.mask` says what became of it.
        known = {one.key for one in offered} | set(data.getlist("chosen") if data is not None else ())
        self.fields["chosen"].choices = [(key, "") for key in known]  # type: ignore[attr-defined]
