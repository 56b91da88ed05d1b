"""Forms of the ledger: a file to load, a correction, owners, evidence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from mingchuang.core import now
from mingchuang.core.act import LONGEST_WORDS
from mingchuang.core.models import Collective, Unit
from mingchuang.core.units import Directory
from mingchuang.desk.forms.dates import day_field
from mingchuang.desk.forms.kept_file import KeepsFile
from mingchuang.ledger import queries
from mingchuang.ledger.models import Duty, Notice
from mingchuang.norms import docnumber
from mingchuang.records import queries as records
from mingchuang.records.models import Record

MOST_UPLOAD = 100 * 1024 * 1024  # the reader's own limit; said here before the bytes are read


MOST_SAME = 20  # records of one 文号 that are offered; more of them is somebody's slip


class NoticeFileForm(KeepsFile):
    """The file of a notice, and the tick that another file with its 文号 is known."""

    again = forms.BooleanField(label="已经核对，这是另一份文件，仍要载入", required=False, widget=forms.HiddenInput)
    field_order = ("file", "again", "kept")
    file_required = "请选择工作要点文件。"
    shown_required = ("file",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = "工作要点文件"
        self.fields[
            "file"
        ].help_text = "DOCX、PDF（有文字的）、TXT、HTML 或者任务分工表 XLSX。不得上传涉密文件和内部资料。"

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and file.size > MOST_UPLOAD:
            raise forms.ValidationError(
                f"“{file.name}”有 {file.size // 2**20} MB，超过 {MOST_UPLOAD // 2**20} MB，请拆开或压缩后再传。"
            )
        return file

    def ask_again(self) -> None:
        """Show the tick, and keep the file that was chosen: the person only has to say yes."""
        self.fields["again"].widget = forms.CheckboxInput()
        self.keep_file()


class CorrectionForm(forms.Form):
    """What a clerk may put in place of what was read."""

    heading = forms.CharField(label="标题", required=False, max_length=300)
    text = forms.CharField(label="内容", widget=forms.Textarea(attrs={"rows": 8}), max_length=LONGEST_WORDS)
    due_on = day_field("完成时限", required=False, help_text="没有明确日期的留空")
    strike = forms.MultipleChoiceField(label="删去识别有误的指标", required=False, widget=forms.CheckboxSelectMultiple)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, duty: Duty, data: Any = None) -> None:
        start = {"heading": duty.heading, "text": duty.text, "due_on": duty.due_on, "version": duty.version}
        super().__init__(data, initial=start)
        rows = [(str(row.pk), row.text) for row in duty.measures.filter(struck=False)]
        self.fields["strike"].choices = rows  # type: ignore[attr-defined]
        if not rows:
            self.fields["strike"].widget = forms.MultipleHiddenInput()


class SplitForm(forms.Form):
    """The duty's text, with an empty line wherever it is to be cut."""

    text = forms.CharField(
        label="在要断开的地方空一行",
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="只能断开，不能增减文字",
    )

    def parts(self) -> list[str]:
        """The pieces between empty lines."""
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        return [part.strip() for part in text.split("\n\n") if part.strip()]


def owner_choices() -> list[tuple[str, Any]]:
    """Every unit and collective as (key, name): `unit-3`, `collective-1`."""
    directory = Directory.on(now.today())
    units = [(f"unit-{pk}", directory.name(pk)) for pk in directory.units]
    groups = [(f"collective-{row.pk}", row.name) for row in Collective.objects.all()]
    return [("", "请选择"), ("单位集合", groups), ("单位", units)]


def owner_of(key: str) -> Unit | Collective:
    """The unit or collective behind a key that passed the form."""
    kind, _, pk = key.partition("-")
    return Collective.objects.get(pk=pk) if kind == "collective" else Unit.objects.get(pk=pk)


class IdentifyForm(forms.Form):
    """Who a written name means."""

    owner = forms.ChoiceField(label="单位")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owner_choices()  # type: ignore[attr-defined]


class OwnerForm(IdentifyForm):
    """A further owner."""

    lead = forms.BooleanField(label="牵头", required=False)


def find_public(written: str) -> Record | None:
    """The public record of that 索引号 or document number, in whatever spelling; None when there is none or several."""
    known = docnumber.normalise(written)
    number = str(known) if known else written
    found = list(records.public().filter(Q(index_number=written) | Q(published__doc_number=number))[:2])
    return found[0] if len(found) == 1 else None


class NoticeRecordForm(forms.Form):
    """The record as which a notice was published: one with its 文号, or any other public one by its number."""

    same = forms.ChoiceField(label="同一文号的已公开记录", widget=forms.RadioSelect, required=False)
    record = forms.CharField(label="其他已公开的记录", required=False, max_length=100, help_text="填索引号或文号")

    def __init__(self, notice: Notice, data: Any = None) -> None:
        super().__init__(data)
        self.found = {str(row.pk): row for row in queries.published_as(notice).select_related("published")[:MOST_SAME]}
        choices = [(key, f"{row.published.title}（{row}）") for key, row in self.found.items() if row.published]
        self.fields["same"].choices = choices  # type: ignore[attr-defined]
        self.initial["same"] = choices[0][0] if choices else ""
        if not choices:
            self.fields["same"].widget = forms.HiddenInput()
            self.fields["record"].label = "已公开的记录"

    def clean(self) -> dict[str, Any]:
        """`chosen` is the public record; what is written goes before what is ticked."""
        cleaned = super().clean() or self.cleaned_data
        written = cleaned.get("record", "").strip()
        cleaned["chosen"] = find_public(written) if written else self.found.get(cleaned.get("same", ""))
        if cleaned["chosen"] is None and not self.errors:
            said = f"没有索引号或文号是“{written}”的已公开记录。" if written else "请选一条已公开的记录。"
            self.add_error("record", said)
        return cleaned


class EvidenceForm(KeepsFile):
    """One proof: a published record, a file or an address."""

    title = forms.CharField(label="名称", required=False, max_length=300, help_text="留空就用记录、文件或网址的名称")
    record = forms.CharField(label="已公开的记录", required=False, max_length=100, help_text="填索引号或文号")
    url = forms.CharField(label="网址", required=False, max_length=1000)
    happened_on = day_field("日期", required=False, help_text="文件、活动本身的日期；留空为今天")
    field_order = ("record", "file", "url", "title", "happened_on", "kept")

    def clean_record(self) -> Any:
        """The public record of that 索引号 or 文号, or None."""
        written = self.cleaned_data["record"].strip()
        if not written:
            return None
        found = find_public(written)
        if found is None:
            raise forms.ValidationError(f"没有索引号或文号是“{written}”的已公开记录。")
        return found
