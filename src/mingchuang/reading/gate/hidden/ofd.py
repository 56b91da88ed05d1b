"""What an OFD carries besides its pages (GB/T 33190-2016): attachments, annotations, custom tags, versions, people."""

from __future__ import annotations

from collections.abc import Iterator

from mingchuang.reading.formats.archive import Archive
from mingchuang.reading.formats.markup import Element, parse_part
from mingchuang.reading.gate.finding import Place
from mingchuang.reading.gate.hidden.found import (
    COMMENT,
    EMBEDDED,
    MACRO,
    PERSON,
    PROPERTY,
    VERSION,
    Hidden,
    hidden_at,
    only_text,
)
from mingchuang.reading.gate.hidden.package import get, local, text_of

_ASIDE = frozenset({"Title", "Subject", "Abstract", "Keyword"})


def search_ofd(data: bytes) -> list[Hidden]:
    """All that the file carries besides its pages; raises ``Unreadable``. An OFD is told about and never changed."""
    archive = Archive(data)
    found: list[Hidden] = []
    for name in sorted(archive.names):
        if name.lower().endswith(".xml"):
            root = parse_part(archive.read(name) or b"")
            found += _part(root, Place("文件内部", member=name))
    return found


def _part(root: Element, place: Place) -> Iterator[Hidden]:
    held = [one for one in root.iter() if isinstance(one.tag, str)]
    files = [get(one, "Name") or "" for one in held if local(one) == "Attachment"]
    if local(root) == "Attachments" and files:
        yield hidden_at(EMBEDDED.id, "fail", place, f"OFD 里附有 {len(files)} 个文件，读者可以取出。", files)
    notes = [one for one in held if local(one) == "Annot" and get(one, "Type") not in {"Link", "Watermark"}]
    if local(root) == "PageAnnot" and notes:
        texts = [text_of(one) for one in notes]
        yield hidden_at(COMMENT.id, "fail", place, f"OFD 的页面上有 {len(notes)} 条批注。", texts)
    if local(root) == "CustomTags" and len(root):
        yield hidden_at(
            PROPERTY.id, "uncertain", place, "OFD 带有自定义标引，内容可能多于页面上看到的。", [text_of(root)]
        )
    if local(root) == "DocVersion":
        yield hidden_at(VERSION.id, "fail", place, "OFD 里保存着早期版本。")
    if any(local(one) in {"Movie", "Sound"} for one in held) and local(root) in {"Document", "Page"}:
        yield hidden_at(MACRO.id, "uncertain", place, "OFD 带有媒体动作。")
    if local(root) == "OFD":
        yield from _information(held, place)


def _information(held: list[Element], place: Place) -> Iterator[Hidden]:
    people = [text_of(one).strip() for one in held if local(one) == "Author"]
    if any(people):
        yield hidden_at(PERSON.id, "uncertain", place, "文件属性里填有作者。", people)
    custom = [text_of(one) for one in held if local(one) == "CustomData"]
    if any(text.strip() for text in custom):
        yield hidden_at(PROPERTY.id, "uncertain", place, "文件带有自定义属性。", custom)
    yield only_text(place, *(text_of(one) for one in held if local(one) in _ASIDE))
