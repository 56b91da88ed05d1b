"""Attachments: which files citizens may be given, and under which names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from mingchuang.core.models import StoredFile
from mingchuang.norms.outcome import Issue
from mingchuang.press import paths
from mingchuang.records import examination
from mingchuang.records.models import Revision

_OFFICE = "application/vnd.openxmlformats-officedocument"
#: Types by content (`core.files`), with what a clerk calls them. Nothing that a browser would run, nothing packed.
ALLOWED_TYPES: Mapping[str, str] = {
    "application/pdf": "PDF",
    "application/ofd": "OFD",
    f"{_OFFICE}.wordprocessingml.document": "Word（DOCX）",
    "application/msword": "Word（DOC）",
    f"{_OFFICE}.spreadsheetml.sheet": "Excel（XLSX）",
    "application/vnd.ms-excel": "Excel（XLS）",
    f"{_OFFICE}.presentationml.presentation": "PowerPoint（PPTX）",
    "application/vnd.ms-powerpoint": "PowerPoint（PPT）",
    "text/plain": "TXT、CSV",
    "image/jpeg": "JPG图片",
    "image/png": "PNG图片",
    "image/gif": "GIF图片",
    "image/webp": "WebP图片",
    "video/mp4": "MP4视频",
}
#: What is refused often enough to be called by its name.
_REFUSED_TYPES: Mapping[str, str] = {
    "application/zip": "压缩包，请解压后逐个上传",
    "application/vnd.rar": "压缩包，请解压后逐个上传",
    "application/x-7z-compressed": "压缩包，请解压后逐个上传",
    "application/gzip": "压缩包，请解压后逐个上传",
    "application/x-ole-encrypted": "设有打开密码的办公文件，请取消密码后再上传",
    "application/x-ole-storage": "无法辨认的旧版办公文件，请另存为DOCX、XLSX或者PDF",
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": "二进制的Excel工作簿，请另存为XLSX",
    "text/html": "网页，请另存为PDF",
    "image/svg+xml": "矢量图（可含脚本），请另存为PNG或者PDF",
    "application/xml": "XML数据，请另存为PDF或者XLSX",
}
MOST_TITLE = 200
#: Bytes of a whole name: below what any file system takes, with room for what a mirror adds.
_MOST_NAME = 180
#: Where one type by content goes under several suffixes.
_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "txt": ("txt", "csv"),
    "jpg": ("jpg", "jpeg"),
    "doc": ("doc", "wps"),
    "mp4": ("mp4", "m4v"),
}
_UNSAFE = re.compile(r'[\\/:*?"<>|#%&\s\x00-\x1f\x7f]+')
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SUFFIX = re.compile(r"[a-z][a-z0-9]{1,4}")


def clean_title(text: str) -> str:
    """A title on one line."""
    return " ".join(text.split())


def clean_name(name: str, file: StoredFile) -> str:
    """A file name for an address and for every file system, of any length and script.

    No path, no sign that any of them minds, no device of Windows, no trick with the direction of writing; too long a
    name is shortened before its suffix, which is the true one. `press.paths.check` takes every name that this gives.
    """
    stem, suffix = _parts(name, file)
    ending = f".{suffix}" if suffix else ""
    short = stem.encode()[: _MOST_NAME - len(ending)].decode("utf-8", "ignore").strip("-. ")
    shown = (short or file.sha256[:12]) + ending
    return shown if paths.fault(shown) is None else f"附件-{shown}"


def _parts(name: str, file: StoredFile) -> tuple[str, str]:
    """Stem and suffix, both harmless; the suffix as told where it is one of the content's, else the content's own."""
    base = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    base = "".join(sign for sign in base if unicodedata.category(sign) not in _INVISIBLE or sign in "\t\r\n")
    base = _UNSAFE.sub("-", base).strip("-. ")
    stem, _, told = base.rpartition(".")
    true = file.extension
    if true and stem and told.lower() in _SPELLINGS.get(true, (true,)):
        return stem.strip("-. "), told.lower()
    return base, true


def renamed(name: str, shown: str) -> bool:
    """Whether citizens see another name than the one that the clerk gave; the case of a suffix does not count."""
    return name.casefold() != shown.casefold()


def issues(file: StoredFile, title: str, name: str, revision: Revision) -> list[Issue]:
    """What speaks against giving citizens this file with this revision, but for its content (`examination`).

    `name` is what the clerk called it; what citizens see is `clean_name` of it.
    """
    found = of_type(file, name)
    if not title:
        found.append(Issue("records.attachment_title", "请填写附件标题。", field="title"))
    if len(title) > MOST_TITLE:
        found.append(Issue("records.attachment_title", "附件标题太长，请缩短。", field="title"))
    shown = clean_name(name, file)
    twin = revision.attachments.filter(name=shown).exclude(file=file).exists()
    same = revision.attachments.filter(file=file).exists()
    if same:
        found.append(Issue("records.attachment_same", f"“{shown}”与已有的附件内容相同。", field="file"))
    if twin:
        found.append(Issue("records.attachment_name", f"已有名为“{shown}”的附件，请换一个文件名。", field="name"))
    return found


def of_type(file: StoredFile, name: str) -> list[Issue]:
    """Whether the content is of a type that citizens are given, and of the one that the name says."""
    if file.content_type not in ALLOWED_TYPES:
        # Its suffix doesn't matter any more: whatever it is called, it can't be given.
        what = _REFUSED_TYPES.get(file.content_type) or examination.unknown(file)
        return [Issue("records.attachment_type", f"“{name}”的内容是{what}；不能作为附件。", field="file")]
    return suffix_issues(name, file.content_type, file.extension)


def suffix_issues(name: str, content_type: str, extension: str) -> list[Issue]:
    """Whether the suffix of `name` (as it was chosen) says another type than the content, whose own is `extension`."""
    told = name.rpartition(".")[2].strip().lower()
    if "." not in name or not _SUFFIX.fullmatch(told) or told in _SPELLINGS.get(extension, (extension,)):
        return []
    really = ALLOWED_TYPES.get(content_type, "别的类型")
    message = f"“{name}”的后缀是“.{told}”，内容却是{really}；请核对是不是传错了文件，改用正确的后缀后再上传。"
    return [Issue("records.attachment_suffix", message, field="file")]


def examined(revision: Revision) -> list[Issue]:
    """What is wrong with the files of a draft, each opened and looked through: nothing unexamined goes to review."""
    found = []
    for row in revision.attachments.select_related("file").order_by("order"):
        for issue in [*of_type(row.file, row.name), *examination.issues(row.file, row.name)]:
            found.append(Issue(issue.code, f"附件{row.order}：{issue.message}", f"attachment.{row.order}"))
    return found
