"""Forms of records: a new one, a draft with the fields of its kind, decisions with their reasons."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import ErrorDict

from mingchuang.core import now
from mingchuang.core.models import Person, Unit
from mingchuang.core.roles import Role
from mingchuang.core.units import Directory
from mingchuang.desk import body_text
from mingchuang.desk.acting import holds, units_held
from mingchuang.desk.forms.body import BodyInput
from mingchuang.desk.forms.dates import DayInput, day_field
from mingchuang.records import form_values, signatures
from mingchuang.records.attachments import ALLOWED_TYPES
from mingchuang.records.do import Resolution
from mingchuang.records.kind import Field, Kind, kinds
from mingchuang.records.merging import Merge
from mingchuang.records.models import Record, Revision
from mingchuang.records.terms import RecordClass, WithdrawalReason

_BODY_HINT = "直接输入或者粘贴文字，一行一段；单独成行的“一、”“（一）”自动作为标题。表格可以粘贴 HTML。"


def units_for(person: Person) -> list[Unit]:
    """The units for which the person may begin records: a clerk's own, every existing one for the office."""
    if holds(person, Role.OFFICE):
        return [unit for unit in Directory.on(now.today()).units.values() if unit.existence == "existing"]
    return units_held(person, Role.CLERK)


class NewRecordForm(forms.Form):
    """What kind of thing, by which class of review, for which unit; from a file if there is one."""

    kind = forms.ChoiceField(label="类别", widget=forms.RadioSelect)
    record_class = forms.ChoiceField(
        label="审签类别",
        required=False,
        choices=[("", "按所选类别的惯例"), *RecordClass.choices],
        widget=forms.RadioSelect,
        help_text="起草时可以再改",
    )
    unit = forms.ChoiceField(label="公开机关")
    file = forms.FileField(
        label="从文件建立",
        required=False,
        allow_empty_file=True,
        help_text="可选 DOCX、PDF（有文字的）、TXT、HTML：系统读出名称、文号、日期和正文，由您核对。文件本身作为附件。",
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        directory = Directory.on(now.today())
        units = units_for(person)
        # What offices issue every day first, the others by their names.
        known = sorted(kinds().values(), key=lambda found: (found.id != "policy", found.title))
        self._choices("kind", [(found.id, found.title) for found in known], known[0].id)
        self._choices("unit", [(unit.code, directory.name(unit)) for unit in units], units[0].code if units else "")
        if len(units) < 2:
            self.fields["unit"].widget = forms.HiddenInput()

    def _choices(self, name: str, choices: list[tuple[str, str]], first: str) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault(name, first)


class ManyFiles(forms.ClearableFileInput):
    """An input that takes several files at once."""

    allow_multiple_selected = True


class DraftForm(forms.Form):
    """The fields of a kind. A draft may be incomplete: nothing is judged here but in `records.do`, with all reasons."""

    record_class = forms.ChoiceField(label="审签类别", choices=RecordClass.choices)
    added = forms.FileField(
        label="添加附件",
        required=False,
        widget=ManyFiles,
        help_text=f"可一次选多个，逐个检查。可以是{'、'.join(ALLOWED_TYPES.values())}；压缩包请解压后上传。",
    )
    # Kept in the browser with what is typed (`data-keep-too`): typing taken up later is a change of that version.
    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-keep-too": ""}))
    #: What the fields held when the person opened them: field → digest, as JSON. Others are theirs to change.
    opened = forms.CharField(widget=forms.HiddenInput(attrs={"data-keep-too": ""}), required=False)

    def __init__(self, declared: Kind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = declared
        #: Bodies into which the last save took what others had changed meanwhile.
        self.merged: Mapping[str, Merge] = {}
        own = {field.name: _widget_of(field) for field in declared.fields}
        ending = {name: self.fields[name] for name in ("record_class", "added", "version", "opened")}
        self.fields = own | ending

    def full_clean(self) -> None:
        """Nothing to check: an incomplete draft is a good draft."""
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}

    @classmethod
    def of(cls, declared: Kind, revision: Revision, values: Mapping[str, Any]) -> DraftForm:
        """The form as the draft stands."""
        shown = {field.name: _to_edit(field, values[field.name]) for field in declared.fields}
        start = {
            **shown,
            "record_class": revision.record.record_class,
            "version": revision.version,
            "opened": _digests(shown),
        }
        form = cls(declared, initial=start)
        form.fields["record_class"].help_text = signatures.in_words(revision.record.unit.region, now.today())
        return form

    def sent(self) -> dict[str, str]:
        """What the person changed, field by field, as `records.do.save_draft` takes it; other fields stay away."""
        return {name: self.as_saved(name) for name in self.touched() if self.data.get(keep(name)) != THEIRS}

    def as_saved(self, name: str) -> str:
        """One field that was sent, as `records.do` takes it."""
        text = str(self.data.get(name, ""))
        return body_text.from_edit(text) if self._is_body(name) else text

    def merge_bases(self) -> dict[str, int]:
        """The bodies of a conflict that was shown, with the version of the draft at which the person's change began."""
        told = {field.name: str(self.data.get(merge_base(field.name), "")) for field in self.kind.fields}
        return {name: int(text) for name, text in told.items() if text.isdecimal()}

    def resolutions(self) -> dict[str, Resolution]:
        """The bodies that the person merges place by place, with what they chose for each."""
        chosen = {name.removeprefix(PART): str(self.data[name]) for name in self.data if name.startswith(PART)}
        bases = self.merge_bases()
        return {name: Resolution(base, chosen) for name, base in bases.items() if self.data.get(keep(name)) == MERGE}

    def offer_merge(self, name: str) -> None:
        """Let a body of a conflict be merged place by place too, which is what stands chosen."""
        field = self.fields[keep(name)]
        field.choices = [(MERGE, "逐处合并（上面选的）"), *field.choices]  # type: ignore[attr-defined]
        if self.data.get(keep(name)) not in SIDES:
            self.data = {**{key: self.data[key] for key in self.data}, keep(name): MERGE}

    def touched(self) -> list[str]:
        """The fields whose words are not those that the page was opened with; all that were sent, if it told none."""
        opened = _read_digests(str(self.data.get("opened", "")))
        sent = [field.name for field in self.kind.fields if field.name in self.data]
        return [name for name in sent if opened.get(name) != _digest(self.data[name])]

    def undecided(self) -> list[str]:
        """The fields of a conflict for which the person has not said yet which side stands."""
        names = str(self.data.get("both", "")).split(",")
        return [f.name for f in self.kind.fields if f.name in names and self.data.get(keep(f.name)) not in SIDES]

    def ask_which(self, names: Collection[str], by: str) -> None:
        """Ask for each of these fields whether the person's words stand or those that `by` saved."""
        sides = [(THEIRS, f"用{by}保存的"), (MINE, "用我填写的（可在下面再改）")]
        for name in names:
            label = f"“{self.fields[name].label}”用哪一边"
            self.fields[keep(name)] = forms.ChoiceField(label=label, choices=sides, widget=forms.RadioSelect)

    def uploads(self) -> list[UploadedFile[Any]]:
        return list(self.files.getlist("added")) if self.files else []

    def sent_version(self) -> int:
        """The version of the draft that the person had opened; -1 (nobody's) when the form lost it."""
        text = str(self.data.get("version", ""))
        return int(text) if text.isdecimal() else -1

    def open_at(self, version: int, values: Mapping[str, Any]) -> None:
        """What is typed here is from now on a change of that version of the draft, which holds `values`.

        Fields that the person did not touch, or left to the other side, show what stands.
        """
        standing = {field.name: _to_edit(field, values[field.name]) for field in self.kind.fields}
        mine = {name for name in self.touched() if self.data.get(keep(name)) != THEIRS}
        kept = {name: self.data[name] for name in self.data if name in mine or name not in standing}
        shown = {name: "" if value is None else value for name, value in standing.items() if name not in mine}
        self.data = {**kept, **shown, "version": str(version), "opened": _digests(standing)}

    def _is_body(self, name: str) -> bool:
        field = self.kind.field(name)
        return field is not None and field.type == "html"


#: The sides of a conflict, and both of them.
MINE, THEIRS, MERGE = "mine", "theirs", "merge"
SIDES = (MINE, THEIRS, MERGE)
#: Controls that say what stands at one place of a body that both changed begin with it.
PART = "part_"


def keep(name: str) -> str:
    """The name of the control that says which side of a conflict stands in a field."""
    return f"keep_{name}"


def merge_base(name: str) -> str:
    """The name of the field that says at which version the person's change of a body began."""
    return f"merge_base_{name}"


def _digest(value: Any) -> str:
    """A few digits of a field's words; browsers send other line ends than they were given."""
    words = ("" if value is None else str(value)).replace("\r\n", "\n").strip()
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _digests(shown: Mapping[str, Any]) -> str:
    return json.dumps({name: _digest(value) for name, value in shown.items()})


def _read_digests(text: str) -> Mapping[str, str]:
    """What the page told; nothing (so that everything counts as touched) when it told nothing that can be read."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _to_edit(field: Field, value: Any) -> Any:
    if field.type == "moment":
        return form_values.shown(field, value)
    return body_text.to_edit(value) if field.type == "html" else value


def _widget_of(field: Field) -> forms.Field:
    """The control of one declared field; `required` marks it on the page only."""
    label = f"{field.label}（{field.unit}）" if field.unit else field.label
    told: dict[str, Any] = {"label": label, "required": field.required, "help_text": field.hint}
    if field.type == "choice":
        return forms.ChoiceField(choices=[("", "请选择"), *field.choices], **told)
    if field.type == "date":
        return forms.CharField(widget=DayInput(), **told)
    if field.type == "html":
        told["help_text"] = _BODY_HINT
        return forms.CharField(widget=BodyInput(attrs={"rows": 22, "class": "input--textarea"}), **told)
    if field.type == "text":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **told)
    return forms.CharField(**told)


class SubmitForm(forms.Form):
    """What one says when a text goes to review, of the version of the draft on the screen."""

    declared_open = forms.BooleanField(
        label="我已核对：正文、附件和文件属性中不含国家秘密和工作秘密，可以在非涉密系统中办理",
        error_messages={"required": "请核对后勾选：正文和附件中不含国家秘密和工作秘密。"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "页面已失效，请重新打开。"})

    @classmethod
    def of(cls, revision: Revision, data: Any = None) -> SubmitForm:
        return cls(data, initial={"version": revision.version})


class NoteForm(forms.Form):
    """A reason that the machine demands."""

    note = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 3}), max_length=500)

    def __init__(self, *args: Any, label: str = "理由", hint: str = "", required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["note"]
        field.label, field.help_text, field.required = label, hint, required


class SeenTextForm(NoteForm):
    """A reason, and the fingerprint of the text that the person had before them when they decided."""

    content_hash = forms.CharField(widget=forms.HiddenInput, max_length=140)

    @classmethod
    def of(cls, revision: Revision, data: Any = None, *, label: str, hint: str = "") -> SeenTextForm:
        """The form bound to the text on the screen; what is sent says which one that was."""
        return cls(data, label=label, hint=hint, initial={"content_hash": revision.content_hash})


class DatedNoteForm(forms.Form):
    """A decision with the day on which it was taken, which may lie before today (补录)."""

    note = forms.CharField(label="说明", widget=forms.Textarea(attrs={"rows": 3}), max_length=500)
    happened_on = day_field("决定日期", required=False, help_text="留空为今天")
    late_reason = forms.CharField(
        label="补录原因", required=False, max_length=500, help_text="日期早于今天的，写明为什么现在才登记"
    )

    def told(self) -> dict[str, Any]:
        """The words as `records.do` takes them."""
        return {name: self.cleaned_data[name] for name in ("note", "happened_on", "late_reason")}


class WithdrawForm(DatedNoteForm):
    """Why it comes down, and what the public reads in its place."""

    reason = forms.ChoiceField(label="撤下原因", choices=WithdrawalReason.choices, widget=forms.RadioSelect)
    hide_title = forms.BooleanField(
        label="撤下说明不显示名称", required=False, help_text="名称本身不宜再公开时（如含个人姓名）勾选"
    )
    field_order = ("reason", "note", "hide_title", "happened_on", "late_reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = "向公众的说明"
        self.fields["note"].help_text = "原地址上会显示这段话"


class ValidityForm(DatedNoteForm):
    """Whether the document still holds, and by which decision."""

    validity = forms.ChoiceField(label="有效性", widget=forms.RadioSelect)
    field_order = ("validity", "note", "happened_on", "late_reason")

    def __init__(self, record: Record, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other = [choice for choice in Record.Validity.choices if choice[0] != record.validity]
        self.fields["validity"].choices = other  # type: ignore[attr-defined]
        self.fields["note"].label = "依据"
        self.fields["note"].help_text = "写明宣布失效、废止或者修改的文件"
