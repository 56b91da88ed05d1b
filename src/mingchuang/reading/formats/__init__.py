"""Files in, text out: TXT, DOCX, PDF, HTML, XLSX, told apart by content and never by name."""

from __future__ import annotations

from dataclasses import replace

from mingchuang.reading.formats import limits
from mingchuang.reading.formats.archive import Archive
from mingchuang.reading.formats.child import extract_in_child
from mingchuang.reading.formats.detect import detect, wrong_extension
from mingchuang.reading.formats.docx import read_docx
from mingchuang.reading.formats.extract import (
    Alignment,
    Block,
    BlockKind,
    Dropped,
    DropReason,
    Extract,
    FormatWarning,
    Place,
    SourceFormat,
    Span,
    Unreadable,
)
from mingchuang.reading.formats.plain import read_plain

__all__ = [
    "Alignment",
    "Block",
    "BlockKind",
    "DropReason",
    "Dropped",
    "Extract",
    "FormatWarning",
    "Place",
    "SourceFormat",
    "Span",
    "Unreadable",
    "extract",
]


def extract(data: bytes, name: str) -> Extract:
    """The readable text of a file, its blocks, and what was left out.

    ``data`` are the bytes of the file; ``name`` its name, used only to warn when its extension says something else
    than the content. Nothing is written anywhere. PDF, XLSX and HTML are parsed in a child process with bounded
    memory and time.

    Raises ``Unreadable``, and nothing else, for every file that cannot be read whole.
    """
    if len(data) > limits.FILE_BYTES:
        raise Unreadable("too_large", f"文件超过 {limits.FILE_BYTES // limits.MEBIBYTE} MB，不能读取：请拆分后上传。")
    try:
        found = detect(data)
        read = _read(data, found)
    except (RecursionError, MemoryError) as error:
        raise Unreadable("too_nested", "文件的结构嵌套过深或过大，无法读取：请简化后重新上传。") from error
    warning = wrong_extension(name, found)
    return replace(read, warnings=(warning, *read.warnings)) if warning else read


def _read(data: bytes, found: SourceFormat) -> Extract:
    if found == "docx":
        return read_docx(Archive(data))
    if found == "txt":
        return read_plain(data)
    if found == "xlsx":
        Archive(data).check_whole()
    return extract_in_child(found, data)
