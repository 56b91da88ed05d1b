"""The form of history: a workbook to look at, and to take in as public or as drafts."""

from __future__ import annotations

from typing import Any

from django import forms

from mingchuang.core import now
from mingchuang.core.models import Person
from mingchuang.core.roles import Role
from mingchuang.core.units import Directory
from mingchuang.desk.acting import holds
from mingchuang.desk.forms.kept_file import KeepsFile
from mingchuang.desk.forms.records import units_for
from mingchuang.records import history

#: Public as it was, not reviewed again; or drafts that are reviewed like everything else.
TAKE_OVER, DRAFTS = "take_over", "drafts"
MOST_UPLOAD = 20 * 1024 * 1024


class HistoryForm(KeepsFile):
    """What kind, whose, how, from which workbook. The first sending looks; `sure`, the print of what was looked at,
    takes it in."""

    kind = forms.ChoiceField(label="类别")
    unit = forms.ChoiceField(label="公开机关")
    mode = forms.ChoiceField(label="怎样导入", widget=forms.RadioSelect)
    note = forms.CharField(
        label="此前在哪里公开", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="如：原在市国土资源局网站公开，网站关停后按原样导入。不再审签的必填，写入每一条的办理经过",
    )  # fmt: skip
    sure = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("kind", "unit", "file", "mode", "note", "kept", "sure")
    file_required = "请选择历史数据文件。"
    shown_required = ("file",)

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        directory = Directory.on(now.today())
        modes = [(DRAFTS, "导入为草稿：照常送审、审签以后公开")]
        if holds(person, Role.OFFICE):
            modes.insert(0, (TAKE_OVER, "导入并公开：此前已经公开过的，不再审签，注明“历史数据导入”"))
        self._choices("mode", modes)
        kinds = sorted(history.offered(), key=lambda found: (found.id != "land", found.title))
        self._choices("kind", [(found.id, found.title) for found in kinds])
        self._choices("unit", [(unit.code, directory.name(unit)) for unit in units_for(person)])
        self.fields["file"].label = "历史数据文件"
        self.fields["file"].help_text = "XLSX 或者 CSV，一行一条，各列顺序不限；先下载这一类的空白表。"

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault(name, choices[0][0] if choices else "")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and file.size > MOST_UPLOAD:
            raise forms.ValidationError(f"“{file.name}”超过 {MOST_UPLOAD // 2**20} MB，请分成几份。")
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("mode") == TAKE_OVER and not cleaned.get("note", "").strip():
            self.add_error("note", "请写明这些信息此前在哪里公开、为什么导入。")
        return cleaned

    def ask(self, sure: str) -> None:
        """Show the form again with the file kept; sending it once more with this print takes it in. Empty: it can't."""
        self.keep_file()
        self.data = {**{name: self.data[name] for name in self.data}, "sure": sure}
