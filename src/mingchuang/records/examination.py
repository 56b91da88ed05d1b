"""Files opened and looked through before citizens are given them: broken, locked, swollen or armed ones are named.

Documents go through the reader (`reading.formats`: archives held to limits before anything is unpacked, PDF and
workbooks in a child process with bounded memory and time); pictures, film and old Office files have checkers here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mingchuang.core import files
from mingchuang.core.models import StoredFile
from mingchuang.norms.outcome import Issue
from mingchuang.reading.formats import Unreadable, extract, limits
from mingchuang.reading.formats.archive import Archive
from mingchuang.records import active_content, compound, pictures

_OFFICE = "application/vnd.openxmlformats-officedocument"
#: What keeps the reader from a text, but no citizen from a file: a scan has no text, a picture album neither.
_NO_FAULT = frozenset({"no_text", "empty", "garbled", "too_large_table", "too_many_sheets", "too_long"})
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"#!")


def issues(file: StoredFile, name: str) -> list[Issue]:
    """Every fault of a stored file of an allowed type; empty when it can be opened and holds nothing that runs.

    Reads the whole file, and for documents takes up to the time limit of the reader's child: not to be called while
    rows are held.
    """
    if file.content_type not in _CHECKS:
        return []
    try:
        data = files.read(file.sha256)
    except FileNotFoundError:
        return [Issue("records.attachment_missing", f"“{name}”的文件缺失，请重新上传。", field="file")]
    return of_bytes(data, file.content_type, name)


def of_bytes(data: bytes, content_type: str, name: str) -> list[Issue]:
    """The same of bytes that aren't stored yet; `content_type` as `core.files` tells it."""
    check = _CHECKS.get(content_type)
    faults = check(data) if check is not None else []
    return [Issue("records.attachment_content", f"“{name}”：{fault}", field="file") for fault in faults]


def unknown(file: StoredFile) -> str:
    """What to call a content that `core.files` has no name for."""
    place = files.path(file.sha256)
    if place.is_file():
        with place.open("rb") as stream:
            if stream.read(4).startswith(_PROGRAMS):
                return "程序"
    return "无法辨认的类型（也可能是程序、加密或者损坏的文件）"


def _read(suffix: str) -> Callable[[bytes], list[str]]:
    def check(data: bytes) -> list[str]:
        try:
            extract(data, f"x.{suffix}")
        except Unreadable as fault:
            return [] if fault.code in _NO_FAULT else [fault.message]
        return []

    return check


def _package(part: str, suffix: str = "") -> Callable[[bytes], list[str]]:
    """A ZIP package with that part in it: every XML part unpacks within limits; nothing in it runs."""

    def check(data: bytes) -> list[str]:
        if len(data) > limits.FILE_BYTES:
            return [f"文件超过 {limits.FILE_BYTES // limits.MEBIBYTE} MB，不能检查：请拆分后上传。"]
        try:
            archive = Archive(data)
            archive.check_whole()
            found = active_content.in_package(archive)
            if not (archive.read(part) or b"").lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
                found.append("文件已损坏，缺少主要内容：请用原软件打开，另存后重新上传。")
        except Unreadable as fault:
            return [fault.message]
        return found + (_read(suffix)(data) if suffix else [])

    return check


def _pdf(data: bytes) -> list[str]:
    return _read("pdf")(data) or active_content.in_pdf(data)


def _old(data: bytes) -> list[str]:
    return compound.faults(data)


_CHECKS: Mapping[str, Callable[[bytes], list[str]]] = {
    "application/pdf": _pdf,
    "text/plain": _read("txt"),
    f"{_OFFICE}.wordprocessingml.document": _package("word/document.xml", "docx"),
    f"{_OFFICE}.spreadsheetml.sheet": _package("xl/workbook.xml", "xlsx"),
    f"{_OFFICE}.presentationml.presentation": _package("ppt/presentation.xml"),
    "application/ofd": _package("OFD.xml"),
    "application/msword": _old,
    "application/vnd.ms-excel": _old,
    "application/vnd.ms-powerpoint": _old,
    "image/jpeg": pictures.jpeg,
    "image/png": pictures.png,
    "image/gif": pictures.gif,
    "image/webp": pictures.webp,
    "video/mp4": pictures.mp4,
}
