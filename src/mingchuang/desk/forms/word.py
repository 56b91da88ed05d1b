"""Forms that bring a Word file into a body: the file; then what was read, and where it goes."""

from __future__ import annotations

from typing import Any

from django import forms

REPLACE, APPEND = "replace", "append"


class WordFileForm(forms.Form):
    """The file to read."""

    file = forms.FileField(
        label="Word 文件（DOCX）",
        allow_empty_file=True,
        help_text="旧版 DOC、WPS 文件请先另存为 DOCX。图片不带入，请作为附件上传。",
        error_messages={"required": "请选择 Word（DOCX）文件。"},
    )


class WordBodyForm(forms.Form):
    """What was read, once more, and what becomes of the words that stand in the body now."""

    how = forms.ChoiceField(label="怎样放进去", widget=forms.RadioSelect)
    html = forms.CharField(widget=forms.HiddenInput, strip=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, standing: str, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(APPEND, f"接在现有{label}的后面"), (REPLACE, f"替换现有{label}（现有的文字列在下面，可先核对）")]
        field = self.fields["how"]
        field.choices = choices if standing else [(REPLACE, f"填入{label}")]  # type: ignore[attr-defined]
        self.initial.setdefault("how", APPEND if standing else REPLACE)
