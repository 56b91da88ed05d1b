"""Forms of notice boards: a print that was put up, one that was taken down."""

from __future__ import annotations

from typing import Any

from django import forms

from mingchuang.core import now
from mingchuang.desk.forms.dates import day_field
from mingchuang.desk.forms.kept_file import KeepsFile

_PHOTO = "选填。照片里不要有无关的人。"


class PostForm(KeepsFile):
    """Where the print hangs, from when to when."""

    place = forms.CharField(label="张贴地点", max_length=200, help_text="如：××镇××村村务公开栏；每一处登记一次")
    posted_on = day_field("张贴日期")
    until = day_field("公示至", help_text="最后一天；过后系统提醒取下")
    late_reason = forms.CharField(
        label="补录原因", required=False, max_length=500, help_text="张贴日期早于今天的，写明为什么现在才登记"
    )
    content_hash = forms.CharField(widget=forms.HiddenInput, max_length=140)
    field_order = ("place", "posted_on", "until", "file", "late_reason", "kept", "content_hash")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label, self.fields["file"].help_text = "现场照片", _PHOTO


class TakeDownForm(KeepsFile):
    """When the print came off the board."""

    happened_on = day_field("取下日期", initial=now.today)
    note = forms.CharField(
        label="说明", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="公示期满之前取下的，写明理由",
    )  # fmt: skip
    late_reason = forms.CharField(
        label="补录原因", required=False, max_length=500, help_text="取下日期早于今天的，写明为什么现在才登记"
    )
    field_order = ("happened_on", "note", "file", "late_reason", "kept")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label, self.fields["file"].help_text = "现场照片", _PHOTO
