"""Cleaning: bytes in, bytes without what they hide out, with a list of what went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingchuang.reading.formats.extract import Unreadable
from mingchuang.reading.formats.warm import ask
from mingchuang.reading.gate.cleaning.cleaned import Choice, Cleaned, Removed

if TYPE_CHECKING:
    from mingchuang.reading.gate.hidden.kinds import FileKind

__all__ = ["Choice", "Cleaned", "Removed", "strip", "strip_here"]


def strip(data: bytes, changes: Choice = "accept") -> Cleaned:
    """The file without what it hides; what its reader sees stays. ``changes``: what becomes of tracked changes (DOCX).

    A file that cannot hide anything comes back as it is. Raises ``Unreadable`` for damaged, encrypted, hostile files,
    for OFD (its signature covers every byte), and for those that ask too much. Runs in a bounded process.
    """
    from mingchuang.reading.gate.hidden.kinds import kind_of  # noqa: PLC0415 - brings the library of pictures

    kind = kind_of(data)
    if not kind:
        return Cleaned(data)
    told, body = ask({"do": "strip", "kind": kind, "changes": changes}, data)
    return Cleaned(body, tuple(Removed(what, count) for what, count in told["removed"]))


def strip_here(kind: FileKind, data: bytes, changes: Choice) -> Cleaned:
    """The same in this very process, for a file of that kind."""
    from mingchuang.reading.gate.cleaning.docx import strip_docx  # noqa: PLC0415 - each brings its own libraries
    from mingchuang.reading.gate.cleaning.image import strip_picture  # noqa: PLC0415
    from mingchuang.reading.gate.cleaning.pdf import strip_pdf  # noqa: PLC0415
    from mingchuang.reading.gate.cleaning.xlsx import strip_xlsx  # noqa: PLC0415

    if kind == "docx":
        return strip_docx(data, changes)
    if kind == "xlsx":
        return strip_xlsx(data)
    if kind == "pdf":
        return strip_pdf(data)
    if kind == "image":
        return strip_picture(data)
    raise Unreadable("ofd", "OFD 文件带有签名校验，不能改动：请在制作软件中删去附带内容后重新导出，或另存为 PDF。")
