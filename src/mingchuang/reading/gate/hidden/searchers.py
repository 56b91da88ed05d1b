"""The searcher of each kind of file, to be called in the process that may be lost to a hostile file."""

from __future__ import annotations

from mingchuang.reading.gate.hidden.docx import search_docx
from mingchuang.reading.gate.hidden.found import Hidden
from mingchuang.reading.gate.hidden.image import search_picture
from mingchuang.reading.gate.hidden.kinds import FileKind
from mingchuang.reading.gate.hidden.ofd import search_ofd
from mingchuang.reading.gate.hidden.pdf import search_pdf
from mingchuang.reading.gate.hidden.xlsx import search_xlsx

_SEARCHERS = {
    "docx": search_docx,
    "xlsx": search_xlsx,
    "pdf": search_pdf,
    "image": search_picture,
    "ofd": search_ofd,
}


def search_here(kind: FileKind, data: bytes) -> list[Hidden]:
    """What a file of that kind hides, found in this very process; raises ``Unreadable``."""
    return [] if not kind else _SEARCHERS[kind](data)
