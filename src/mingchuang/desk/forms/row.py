"""The form of one row of a table, with the file that proves it where the table asks for one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from mingchuang.desk.forms.dates import DayInput
from mingchuang.desk.forms.kept_file import KeepsFile
from mingchuang.records import form_values
from mingchuang.records.kind import Field, Table


class RowForm(KeepsFile):
    """One field for each column that people fill in. A row may be incomplete: `records.do` judges."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, table: Table, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        own = {column.name: _control(column) for column in table.columns if not column.internal}
        if table.evidence:
            self.fields["file"].label = "证据文件"
            self.fields["file"].help_text = "签到表、纪要、来函、照片等，一行一个文件；只在内部查看，不公开"
        else:
            del self.fields["file"], self.fields["kept"]
        self.fields = {**own, **self.fields}
        self.shown_required = tuple(column.name for column in table.columns if column.required)

    @classmethod
    def of(cls, table: Table, row: Mapping[str, Any], version: int) -> RowForm:
        """The form as the row stands; an empty one for a new row."""
        shown = {
            column.name: row[column.name] if column.type == "choice" else form_values.shown(column, row[column.name])
            for column in table.columns
            if column.name in row
        }
        return cls(table, initial={**shown, "version": version})

    def sent(self) -> dict[str, Any]:
        """What the row shall hold, as `records.do.write_row` takes it."""
        own = {column.name for column in self.table.columns}
        return {name: value for name, value in self.cleaned_data.items() if name in own}


def _control(column: Field) -> forms.Field:
    """Nothing is demanded here: a row may be begun and finished later."""
    told: dict[str, Any] = {"label": column.label, "required": False, "help_text": column.hint}
    if column.unit:
        told["help_text"] = f"{column.hint}（{column.unit}）" if column.hint else f"单位：{column.unit}"
    if column.type == "choice":
        return forms.ChoiceField(choices=[("", "请选择"), *column.choices], **told)
    if column.type == "date":
        return forms.CharField(widget=DayInput(), **told)
    if column.type == "text":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **told)
    return forms.CharField(**told)
