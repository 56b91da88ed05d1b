"""What a document would run or carry along when a citizen opens it: scripts, programs, files inside files.

Names of PDF after ISO 32000-1 (7.3.5 names, 7.5.7 object streams, 12.6.4 actions); relationships of Office packages
after ECMA-376 part 1. Nothing is interpreted: names and members are looked for, within bounds.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from mingchuang.reading.formats.archive import Archive
from mingchuang.reading.formats.markup import parse_part

#: Bytes unpacked from object streams of one PDF: they hold dictionaries only, a real one has a few MiB of them.
_MOST_OBJECTS: Final = 64 * 1024 * 1024
_DELIMITER: Final = rb"(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$)"


def _name(word: str) -> bytes:
    """A pattern for a PDF name in all its spellings: each sign may be written as `#` and two hex digits."""
    signs = (b"(?:%s|#%s)" % (re.escape(sign.encode()), _hex(ord(sign))) for sign in word)
    return b"/" + b"".join(signs) + _DELIMITER


def _hex(number: int) -> bytes:
    return b"".join(b"[%c%c]" % (d.lower().encode(), d.upper().encode()) for d in f"{number:02x}")


#: What it is called → names that stand in every document with it. Long ones: none of them turns up by chance.
_PDF_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "脚本（JavaScript）": ("JavaScript",),
    "启动程序的动作（Launch）": ("Launch",),
    "嵌入的文件": ("EmbeddedFile", "EmbeddedFiles", "GoToE"),
    "嵌入的多媒体程序（RichMedia）": ("RichMedia",),
}
_PDF: Final = {
    title: re.compile(b"|".join(_name(word) for word in words), re.DOTALL) for title, words in _PDF_NAMES.items()
}
#: Too short to be looked for in packed bytes: asked of dictionaries alone.
_SHORT: Final = {
    "脚本（JavaScript）": re.compile(_name("JS")),
    "嵌入的文件": re.compile(_name("EF") + rb"\s*(?:<<|[0-9]+\s+[0-9]+\s+R)"),
    "动态表单（XFA）": re.compile(_name("XFA")),
}
_STREAM: Final = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")
_OBJECTS: Final = re.compile(_name("ObjStm"))
_FLATE: Final = _name("FlateDecode")
_FILTERS: Final = re.compile(_name("Filter") + rb"\s*(?:" + _FLATE + rb"|\[\s*" + _FLATE + rb"\s*\])")
_PREDICTED: Final = re.compile(_name("Predictor") + rb"\s*(?!1[^0-9])[0-9]")
_HIDDEN: Final = "PDF的内部结构加了密或者不合常规，无法检查其中有没有脚本：请取消权限密码或者重新导出后上传。"


class _HiddenError(ValueError):
    """An object stream that can't be unpacked here."""


def in_pdf(data: bytes) -> list[str]:
    """Every kind of active content of a PDF, each named in a sentence; empty when there is none."""
    try:
        parts = [data, *_object_streams(data)]
    except _HiddenError:
        return [_HIDDEN]
    found = [title for title, pattern in _PDF.items() if any(pattern.search(part) for part in parts)]
    loose = [*_dictionaries(data), *parts[1:]]
    found += [title for title, pattern in _SHORT.items() if title not in found and any(map(pattern.search, loose))]
    return [f"PDF带有{title}，不能公开：请重新导出为不带这些内容的PDF后上传。" for title in found]


def _heads(data: bytes) -> Iterator[tuple[int, bytes]]:
    """For each stream, where its bytes start, and what stands between the stream before and it."""
    before = 0
    for match in _STREAM.finditer(data):
        ended = data.find(b"endstream", before, match.start())
        yield match.end(), data[max(before, ended) : match.start()]
        before = match.end()


def _dictionaries(data: bytes) -> Iterator[bytes]:
    """What stands outside of streams."""
    for _, head in _heads(data):
        yield head
    yield data[max(data.rfind(b"endstream"), 0) :]


def _object_streams(data: bytes) -> list[bytes]:
    """The unpacked bytes of all object streams. Raises _HiddenError for one in another packing, and for too many."""
    unpacked, left = [], _MOST_OBJECTS
    for start, head in _heads(data):
        # Only the object that opens the stream: what stands before it has been closed.
        own = head[head.rfind(b"endobj") + 1 :]
        if not _OBJECTS.search(own):
            continue
        if _FILTERS.search(own) and not _PREDICTED.search(own):
            unpacked.append(_inflated(data, start, left))
        elif re.search(_name("Filter"), own):
            raise _HiddenError
        else:
            end = data.find(b"endstream", start)
            unpacked.append(data[start : end if end >= 0 else len(data)])
        left -= len(unpacked[-1])
        if left <= 0:
            raise _HiddenError
    return unpacked


def _inflated(data: bytes, start: int, most: int) -> bytes:
    engine, out, size, view = zlib.decompressobj(), [], 0, memoryview(data)
    step = 1 << 16
    try:
        for at in range(start, len(data), step):
            out.append(engine.decompress(view[at : at + step], most - size + 1))
            size += len(out[-1])
            if engine.eof or size > most:
                break
    except zlib.error as error:
        raise _HiddenError from error
    if not size:
        raise _HiddenError
    return b"".join(out)


_VBA: Final = ("vbaproject.bin", "vbadata.xml")
_MACROS: Final = "带有宏（程序），不能公开：请另存为不带宏的文件后重新上传。"
_OBJECT: Final = "嵌有OLE对象或者别的文件，不能公开：请将对象转为图片或者单独作为附件，另存后重新上传。"
_ACTIVE_X: Final = "带有ActiveX控件，不能公开：请删去控件，另存后重新上传。"
_TEMPLATE: Final = "套用了外部模板（打开时会去读取），不能公开：请改用默认模板（Normal），另存后重新上传。"
#: The last word of a relationship's type → what it brings. Targets that are only shown (links, pictures) are no harm.
_RELATIONS: Final[Mapping[str, str]] = {
    "vbaproject": _MACROS,
    "xlmacrosheet": _MACROS,
    "xlintlmacrosheet": _MACROS,
    "oleobject": _OBJECT,
    "activexcontrolbinary": _ACTIVE_X,
}


def in_package(archive: Archive) -> list[str]:
    """Every kind of active content of an Office package. Raises `Unreadable` for a list of relationships that is torn.

    By the names of members and by what relationships say: a program under another name is still named by its relation.
    """
    found = dict.fromkeys(_of_one(archive))
    for name in sorted(filter(_is_document_inside, archive.names)):
        inner = Archive(archive.read(name) or b"")
        found.update(dict.fromkeys(_of_one(inner)))
        if any(map(_is_document_inside, inner.names)):
            found[_OBJECT] = None
    return list(found)


def _is_document_inside(name: str) -> bool:
    """A workbook behind a chart, and its like: the one kind of file inside that is looked through, one level deep."""
    return "/embeddings/" in name.lower() and name.lower().endswith((".docx", ".xlsx", ".pptx"))


def _of_one(archive: Archive) -> Iterator[str]:
    for name in sorted(archive.names):
        if told := _of_member(name.lower()):
            yield told
        if name.lower().endswith(".rels"):
            yield from _of_relations(archive.read(name) or b"")


def _of_member(name: str) -> str:
    if name.endswith(_VBA) or "/macrosheets/" in name:
        return _MACROS
    if "/activex/" in name:
        return _ACTIVE_X
    inside = "/embeddings/" in name and not name.endswith("/") and not _is_document_inside(name)
    return _OBJECT if inside else ""


def _of_relations(data: bytes) -> Sequence[str]:
    if not data.strip():
        return []
    found = []
    for row in parse_part(data):
        kind = (row.get("Type") or "").rsplit("/", 1)[-1].lower()
        external = (row.get("TargetMode") or "").lower() == "external"
        if kind in _RELATIONS:
            found.append(_RELATIONS[kind])
        if external and kind == "attachedtemplate":
            found.append(_TEMPLATE)
    return found
