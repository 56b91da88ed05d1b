"""A chosen file survives a refusal: browsers can't choose it again, so the desk keeps the bytes and says so."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from mingchuang.core import files
from mingchuang.core.models import StoredFile
from mingchuang.norms.outcome import Refused

_SALT = "mingchuang.desk.kept_file"


class KeepsFile(forms.Form):
    """A form with a field `file`; after a refusal `kept` names the bytes that the person had chosen.

    `cleaned_data["file"]` is an upload, a `StoredFile` kept from an earlier try, or None.
    """

    file = forms.FileField(label="文件", required=False, allow_empty_file=True)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    file_required = ""

    def clean(self) -> dict[str, Any]:
        """Put the kept file in the place of none; ask for one where the form needs it."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("file") and "file" not in self.errors:
            cleaned["file"] = _read_token(cleaned.get("kept", ""))
        if self.file_required and cleaned.get("file") is None and "file" not in self.errors:
            self.add_error("file", self.file_required)
        return cleaned

    def keep_file(self) -> None:
        """Store what was chosen and say on the page that it need not be chosen again."""
        if "file" in self.errors:  # refused itself: another one has to be chosen
            self.data = {**{name: self.data[name] for name in self.data}, self.add_prefix("kept"): ""}
            return
        uploaded = self.files.get(self.add_prefix("file"))
        row = stored(uploaded) if uploaded is not None else _read_token(self.data.get(self.add_prefix("kept"), ""))
        if row is None:
            return
        name = uploaded.name if uploaded is not None else row.first_name
        token = signing.dumps(row.pk, salt=_SALT)
        self.data = {**{name: self.data[name] for name in self.data}, self.add_prefix("kept"): token}
        self["file"].help_text = f"已收到“{name}”，不必重新选择；要换一份再选。"


def stored(uploaded: UploadedFile[Any] | StoredFile | None) -> StoredFile | None:
    """The stored row behind an upload; None for nothing and for what the store refuses (empty, too large)."""
    if uploaded is None or isinstance(uploaded, StoredFile):
        return uploaded
    uploaded.seek(0)
    try:
        return files.put(uploaded.read(), uploaded.name or "")
    except Refused:
        return None


def bytes_of(given: UploadedFile[Any] | StoredFile) -> tuple[str, bytes]:
    """Name and content, wherever the file came from."""
    if isinstance(given, StoredFile):
        return given.first_name, files.read(given.pk)
    given.seek(0)
    return given.name or "", given.read()


def _read_token(token: str) -> StoredFile | None:
    try:
        return StoredFile.objects.filter(pk=signing.loads(token, salt=_SALT, max_age=24 * 3600)).first()
    except signing.BadSignature:
        return None
