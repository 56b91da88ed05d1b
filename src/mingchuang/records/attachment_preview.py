"""What is in an attachment, safe to look at before citizens are given it.

Pictures are coded anew and pages of a PDF drawn, text files, Word documents and workbooks shown as the words that the
reader took out; all of it in a bounded process. The file's own bytes are never part of a page of the desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mingchuang.core import files
from mingchuang.core.models import StoredFile
from mingchuang.reading.formats import Extract, Unreadable, picture
from mingchuang.reading.formats.child import Parser, extract_in_child
from mingchuang.reading.formats.plain import read_plain
from mingchuang.records import extract_markup, markup

_OFFICE = "application/vnd.openxmlformats-officedocument"
_DRAWN: Final[Mapping[str, picture.Drawn]] = {
    "application/pdf": "pdf",
    **dict.fromkeys(("image/jpeg", "image/png", "image/gif", "image/webp"), "image"),
}
_READ: Final[Mapping[str, Parser]] = {
    f"{_OFFICE}.wordprocessingml.document": "docx",
    f"{_OFFICE}.spreadsheetml.sheet": "xlsx",
}
_NO_PREVIEW: Final[Mapping[str, str]] = {
    "video/mp4": "视频不在这里播放：请下载后从头到尾看过，再送审。",
    "application/ofd": "OFD 版式文件暂不能预览：请下载后用版式阅读软件核对；建议同时提供 PDF。",
}
_DOWNLOAD: Final = "这种文件不能预览：请下载后用原软件打开核对。"
#: Blocks of text that are shown: some forty pages, or a few hundred rows of a sheet.
MOST_BLOCKS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Preview:
    """`pages` drawn pages out of `total`; or `html`, clean markup, all of the text when `whole`; or why there is none.

    `remarks` are sentences of the reader: hidden sheets, tracked changes, comments.
    """

    pages: int = 0
    total: int = 0
    html: str = ""
    whole: bool = True
    problem: str = ""
    remarks: tuple[str, ...] = ()


def of(file: StoredFile) -> Preview:
    """What can be shown of a stored file; never raises for what is in it."""
    try:
        data = files.read(file.sha256)
        if (drawn := _DRAWN.get(file.content_type)) is not None:
            total = picture.pages(drawn, data)
            if drawn == "image":
                picture.draw(drawn, data, 0)  # a torn one is told, not shown as a broken picture
            return Preview(pages=min(total, picture.MOST_PAGES), total=total)
        extract = _extract(file.content_type, data)
    except FileNotFoundError:
        return Preview(problem="文件缺失，请重新上传。")
    except Unreadable as fault:
        return Preview(problem=fault.message)
    if extract is None:
        return Preview(problem=_NO_PREVIEW.get(file.content_type, _DOWNLOAD))
    shown, whole = extract_markup.markup_of(extract, MOST_BLOCKS)
    return Preview(html=markup.clean(shown).html, whole=whole, remarks=tuple(w.message for w in extract.warnings))


def page(file: StoredFile, number: int) -> bytes:
    """The PNG of a page, counted from 1. Raises `Unreadable` where there is none, FileNotFoundError."""
    drawn = _DRAWN.get(file.content_type)
    if drawn is None:
        raise Unreadable("no_page", _DOWNLOAD)
    return picture.draw(drawn, files.read(file.sha256), number - 1)


def _extract(content_type: str, data: bytes) -> Extract | None:
    if content_type == "text/plain":
        return read_plain(data)
    parser = _READ.get(content_type)
    return extract_in_child(parser, data) if parser is not None else None
