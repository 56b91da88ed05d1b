"""The form of one table of a draft: cells pasted from a spreadsheet, or a workbook, replacing what stands or added."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from mingchuang.records import spreadsheet
from mingchuang.records.kind import Table
from mingchuang.records.spreadsheet import Sheet

REPLACE, APPEND = "replace", "append"


class RowsForm(forms.Form):
    """Rows as text (cells parted by tabs, as spreadsheets copy them) or as a file; either replaces or is added."""

    text = forms.CharField(
        label="各行",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "input--cells", "spellcheck": "false", "wrap": "off"}),
        help_text="可在电子表格里选中单元格复制，粘贴到这里；第一行是表头的，各列顺序不限。",
    )
    file = forms.FileField(
        label="从电子表格导入",
        required=False,
        allow_empty_file=True,
        help_text="XLSX 或 CSV；选了文件，就不看上面的文字。",
    )
    mode = forms.ChoiceField(
        label="怎样存",
        choices=((REPLACE, "替换原有各行"), (APPEND, "接在原有各行后面")),
        initial=REPLACE,
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def sheet(self, table: Table) -> Sheet:
        """What the person gave, read; the file where one was chosen."""
        upload: UploadedFile[Any] | None = self.cleaned_data.get("file")
        if upload is not None:
            upload.seek(0)
            return spreadsheet.read_file(table, upload.read(), upload.name or "")
        return spreadsheet.read_text(table, self.cleaned_data["text"])
