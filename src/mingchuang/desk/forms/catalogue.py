"""Forms of the catalogue: a spreadsheet to look at and accept, the item under which a record is filed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from mingchuang.desk.forms.dates import day_field
from mingchuang.desk.forms.kept_file import KeepsFile
from mingchuang.norms.catalogue_fields import field_names
from mingchuang.records.catalogue.queries import Entry

MOST_UPLOAD = 20 * 1024 * 1024  # thousands of rows; said before the bytes are read


class CatalogueFileForm(KeepsFile):
    """The spreadsheet of a version. The first sending looks at it; `sure`, the print of what was looked at, accepts."""

    title = forms.CharField(label="目录名称", max_length=200, initial="政务公开标准目录")
    since = day_field("施行日期", help_text="自这一天起按新目录公开。")
    field = forms.ChoiceField(
        label="领域", required=False, help_text="表里没有“领域”一栏、标题也没有写明领域的，在这里选。"
    )
    sure = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("file", "title", "since", "field", "kept", "sure")
    file_required = "请选择目录文件。"
    shown_required = ("file",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "以表里写的为准"), *((name, name) for name in field_names())]
        self.fields["field"].choices = choices  # type: ignore[attr-defined]
        self.fields["file"].label = "目录文件"
        self.fields["file"].help_text = "XLSX 或者 CSV，各栏顺序不限。"

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and file.size > MOST_UPLOAD:
            raise forms.ValidationError(f"“{file.name}”超过 {MOST_UPLOAD // 2**20} MB，请核对是不是目录。")
        return file

    def ask(self, sure: str) -> None:
        """Show the form again with the file kept; sending it once more with this print accepts. Empty: it cannot."""
        self.keep_file()
        self.data = {**{name: self.data[name] for name in self.data}, "sure": sure}


class FilingForm(forms.Form):
    """The item of a record, and which of the item's elements the record makes public."""

    item = forms.ChoiceField(label="公开事项", required=False)
    elements = forms.MultipleChoiceField(label="公开了哪些要素", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, offered: Sequence[Entry], chosen: Entry | None, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        titles = {str(one.item_id): f"{one.item.field}·{one.item.level1}·{one.item.title}" for one in offered}
        if chosen is not None:
            titles.setdefault(str(chosen.item_id), f"{chosen.item.field}·{chosen.item.level1}·{chosen.item.title}")
        self.fields["item"].choices = [("", "不归入目录"), *titles.items()]  # type: ignore[attr-defined]
        names = {element.name: element.name for element in chosen.item.elements} if chosen else {}
        self.fields["elements"].choices = list(names.items())  # type: ignore[attr-defined]
        if not names:
            self.fields["elements"].widget = forms.MultipleHiddenInput()
