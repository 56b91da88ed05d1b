"""The time at which an approved text becomes public by itself."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from mingchuang.core.now import BEIJING
from mingchuang.records import releases
from mingchuang.records.models import Release, Revision


class MomentInput(forms.TextInput):
    """A day and a time to the minute, in China, as browsers ask for it; typed as 2026-11-25 09:00 without help."""

    input_type = "datetime-local"

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, datetime.datetime):
            return f"{value.astimezone(BEIJING):%Y-%m-%dT%H:%M}"
        return None if value in (None, "") else str(value)


class ReleaseForm(forms.Form):
    """When, why (where that is demanded), of which text; `late` answers a warning that a deadline would be missed."""

    at = forms.CharField(
        label="公开时间（北京时间）",
        widget=MomentInput(attrs={"step": "60"}),
        help_text="到时间由系统再检查一遍，通过才公开；写到分钟，如 2026-11-25 09:00",
        error_messages={"required": "请填写公开的日期和时间（北京时间）。"},
    )
    note = forms.CharField(label="说明", widget=forms.Textarea(attrs={"rows": 3}), max_length=500, required=False)
    late = forms.BooleanField(label="晚于期限，仍定在这个时间", required=False)
    content_hash = forms.CharField(widget=forms.HiddenInput, max_length=140)

    @classmethod
    def of(cls, revision: Revision, release: Release | None, data: Any = None) -> ReleaseForm:
        """For a first time, or for another one in place of that of `release`, which needs a reason."""
        form = cls(data, initial={"content_hash": revision.content_hash, "at": release.at if release else ""})
        again = revision.record.published_id is not None
        note = form.fields["note"]
        if release is not None:
            note.label, note.required = "更改理由", True
        elif again:
            note.label, note.required, note.help_text = "公开说明", True, "写明为什么更正或者恢复"
        else:
            del form.fields["note"]
        if not data or not form._would_be_late(revision):
            form.fields["late"].widget = forms.HiddenInput()
        return form

    def _would_be_late(self, revision: Revision) -> bool:
        """Whether the time that was sent misses a deadline: only then is the answer to that asked for."""
        return self.is_valid() and bool(releases.after_deadlines(revision.record, self.cleaned_data["at"]))

    def clean_at(self) -> datetime.datetime:
        """An aware moment. Raises ValidationError for what is none."""
        text = str(self.cleaned_data["at"]).strip().replace("/", "-").replace("：", ":").replace("T", " ")
        try:
            found = datetime.datetime.fromisoformat(text)
        except ValueError:
            raise forms.ValidationError("请写日期和时间，如 2026-11-25 09:00。") from None
        if found.tzinfo is not None or len(text) <= len("2026-11-25"):
            raise forms.ValidationError("请写日期和时间，如 2026-11-25 09:00，按北京时间。")
        return found.replace(tzinfo=BEIJING)
