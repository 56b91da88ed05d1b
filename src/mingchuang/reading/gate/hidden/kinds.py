"""Which searcher and cleaner a file belongs to, by its content."""

from __future__ import annotations

from typing import Literal

from mingchuang.reading.formats.archive import Archive
from mingchuang.reading.gate.hidden.image import kind_of_picture

FileKind = Literal["docx", "xlsx", "pdf", "image", "ofd", ""]

_PDF_HEAD = 1_024


def kind_of(data: bytes) -> FileKind:
    """Empty for files that can hide nothing (plain text) or are not read here. Raises ``Unreadable``."""
    if b"%PDF-" in data[:_PDF_HEAD]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        names = Archive(data).names
        if any(name.startswith("word/") for name in names):
            return "docx"
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
        return "ofd" if "OFD.xml" in names else ""
    picture = kind_of_picture(data)
    if picture == "bmp" and b"\0" not in data[:18]:
        return ""  # a text that begins with BM
    return "image" if picture else ""
