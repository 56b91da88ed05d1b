"""Forms of 索引号: one that another system gave, and why numbers stand at no record."""

from __future__ import annotations

from typing import Any

from django import forms

from mingchuang.norms import indexnumber
from mingchuang.records.models import NumberGap, Record
from mingchuang.records.terms import GapReason, NumberSource


class GivenNumberForm(forms.Form):
    """The number and who gave it; an empty number takes back what was registered. Judged in `records.do`."""

    number = forms.CharField(
        label="索引号", required=False, max_length=60,
        help_text=f"机构代码/年份-流水号，如 {indexnumber.EXAMPLE}；留空是收回，公开时由系统编号",
    )  # fmt: skip
    source = forms.ChoiceField(label="由谁给定", choices=NumberSource.choices, required=False, widget=forms.RadioSelect)
    note = forms.CharField(
        label="说明", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="可以不填；如来文号、平台栏目",
    )  # fmt: skip

    @classmethod
    def of(cls, record: Record, data: Any = None) -> GivenNumberForm:
        """The form as the record stands."""
        start = {"number": record.given_number or "", "source": record.number_source or NumberSource.OA}
        return cls(data, initial=start)


class GapForm(forms.Form):
    """Which numbers, why, and in words."""

    first = forms.IntegerField(label="起号", min_value=1, max_value=999_999_999)
    last = forms.IntegerField(label="止号", min_value=1, max_value=999_999_999, help_text="只有一个号码的，与起号相同")
    reason = forms.ChoiceField(label="原因", choices=GapReason.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="说明", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明怎样核实的，如：在哪个系统、用于哪个文件",
    )  # fmt: skip


class RestateForm(forms.Form):
    """Another reason for a gap that was explained."""

    reason = forms.ChoiceField(label="原因", choices=GapReason.choices, widget=forms.RadioSelect)
    note = forms.CharField(label="说明", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    @classmethod
    def of(cls, gap: NumberGap, data: Any = None) -> RestateForm:
        """The form as the explanation stands."""
        return cls(data, initial={"reason": gap.reason, "note": gap.note})
