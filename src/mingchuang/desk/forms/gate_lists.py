"""Forms of the gate's lists. None of them keeps a file or what was typed: their content is confidential."""

from __future__ import annotations

from typing import Any

from django import forms

MOST_UPLOAD = 20 * 1024 * 1024
CURRENT, NEUTRAL = "current", "neutral"
#: As long as a long document; said before anything is searched.
MOST_TRIED = 200_000


class ListFileForm(forms.Form):
    """The file of a list. `sure` is asked for when entries that stand would go."""

    file = forms.FileField(
        label="词表文件",
        allow_empty_file=True,
        help_text="XLSX、CSV 或者 TXT；第一行是列名，各列顺序不限。只有一列必填的，TXT 可以一行一条、不写列名。",
        error_messages={"required": "请选择词表文件。"},
    )
    sure = forms.BooleanField(label="替换现有内容（文件里没有的条目将删去，删去的不能找回）", required=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_UPLOAD:
            raise forms.ValidationError(f"文件超过 {MOST_UPLOAD // 2**20} MB，请核对是不是词表。")
        return file


class ClearForm(forms.Form):
    """Emptying a list: the reason, and once more that it is meant."""

    note = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 3}), max_length=500)
    sure = forms.BooleanField(
        label="确认清空，清空的内容不能找回", error_messages={"required": "请勾选确认；不清空的，点“取消”。"}
    )


class TryForm(forms.Form):
    """A text to try the lists with; it is searched and forgotten."""

    text = forms.CharField(
        label="试一试的文字",
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        max_length=MOST_TRIED,
        help_text="粘贴一段文字，看看会查出什么。文字不保存。",
        error_messages={"required": "请粘贴一段文字。"},
    )
    lists = forms.ChoiceField(
        label="用哪些词表",
        choices=((CURRENT, "本单位现在使用的词表"), (NEUTRAL, "测试词表（样表里的内容，没有实际含义）")),
        widget=forms.RadioSelect,
        initial=CURRENT,
    )
