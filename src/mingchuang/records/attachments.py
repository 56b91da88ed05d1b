"""Attachments: which files citizens may be given, and under which names."""

from __future__ import annotations

import re
import unicodedata

from mingchuang.core.models import StoredFile
from mingchuang.norms.outcome import Issue
from mingchuang.records.models import Revision

#: Types by content (`core.files`), with what a clerk calls them. Nothing that a browser would run.
ALLOWED_TYPES = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/msword": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.ms-excel": "Excel",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
    "application/vnd.ms-powerpoint": "PowerPoint",
    "application/ofd": "OFD",
    "image/jpeg": "JPG",
    "image/png": "PNG",
    "text/plain": "TXT或者CSV",
    "application/zip": "ZIP",
}
MOST_TITLE = 200
_NAME_LENGTH = 120
#: Where one type by content goes under several extensions.
_SPELLINGS = {"txt": ("csv", "txt"), "jpg": ("jpeg", "jpg")}
_UNSAFE = re.compile(r'[\\/:*?"<>|#%&\s\x00-\x1f\x7f]+')


def clean_title(text: str) -> str:
    """A title on one line."""
    return " ".join(text.split())


def clean_name(name: str, file: StoredFile) -> str:
    """A file name for an address and for every file system: no path, no signs that either minds, its true extension."""
    base = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    base = "".join(sign for sign in base if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co"})
    base = _UNSAFE.sub("-", base).strip("-. ")
    stem, _, told = base.rpartition(".")
    true = file.extension
    if true and told.lower() in _SPELLINGS.get(true, (true,)) and stem:
        true = told.lower()
    else:
        stem = base
    return (stem.strip("-. ")[:_NAME_LENGTH] or file.sha256[:12]) + (f".{true}" if true else "")


def issues(file: StoredFile, title: str, name: str, revision: Revision) -> list[Issue]:
    """What speaks against giving citizens this file with this revision."""
    found = []
    if file.content_type not in ALLOWED_TYPES:
        known = "、".join(dict.fromkeys(ALLOWED_TYPES.values()))
        message = f"“{name}”的内容类型为{file.content_type}，不能作为附件；可用的类型：{known}。"
        found.append(Issue("records.attachment_type", message, field="file"))
    if not title:
        found.append(Issue("records.attachment_title", "请填写附件标题。", field="title"))
    if len(title) > MOST_TITLE:
        found.append(Issue("records.attachment_title", "附件标题太长，请缩短。", field="title"))
    twin = revision.attachments.filter(name=name).exclude(file=file).exists()
    same = revision.attachments.filter(file=file).exists()
    if same:
        found.append(Issue("records.attachment_same", f"“{name}”与已有的附件内容相同。", field="file"))
    if twin:
        found.append(Issue("records.attachment_name", f"已有名为“{name}”的附件，请换一个文件名。", field="name"))
    return found
