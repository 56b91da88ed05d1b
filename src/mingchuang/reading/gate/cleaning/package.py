"""An Office file written anew: only parts that something leads to, fixed dates, no properties, bare pictures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable

from lxml import etree

from mingchuang.reading.formats.markup import Element
from mingchuang.reading.gate.cleaning.cleaned import Tally
from mingchuang.reading.gate.cleaning.image import strip_picture
from mingchuang.reading.gate.hidden.image import kind_of_picture
from mingchuang.reading.gate.hidden.package import (
    CONTENT_TYPES,
    EMBEDDED_KINDS,
    MACRO_KINDS,
    PROGRAM_KINDS,
    PROPERTY_KINDS,
    Package,
    Relation,
    is_open_link,
    local,
    relations_name,
)

_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_SIGNATURES = frozenset({"origin", "signature"})
_GONE = {
    **dict.fromkeys(EMBEDDED_KINDS, "嵌入的对象或控件"),
    **dict.fromkeys(MACRO_KINDS, "宏"),
    **dict.fromkeys(PROGRAM_KINDS, "加载项"),
    **dict.fromkeys(PROPERTY_KINDS, "文件属性"),
    **dict.fromkeys(_SIGNATURES, "电子签名（内容改变后已失效）"),
    "printerSettings": "打印机设置",
}
_MACRO_TYPE = ("macroEnabled.main+xml", "macroEnabledTemplate.main+xml", "template.main+xml")
_PLAIN_TYPES = {
    "application/vnd.ms-word.document": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.ms-word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.ms-excel.sheet": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
}


class Rewriting(Package):
    """A package whose trees are changed in place; ``write`` makes the new file. Needs nothing outside the bytes."""

    def __init__(self, data: bytes, tally: Tally) -> None:
        super().__init__(data)
        self.tally = tally
        led_to = self.reachable()
        stray = [name for name in self.names if name not in led_to and name != CONTENT_TYPES and ".rels" not in name]
        tally.add("未被引用的部件", len(stray))

    def unlink(self, part: str, kinds: Iterable[str]) -> set[str]:
        """Take the relationships of these kinds from a part; returns their ids. What they led to is not written."""
        return self._unlink(part, lambda one: one.kind in kinds)

    def unlink_hidden(self, part: str) -> set[str]:
        """Take from a part whatever leads to properties, objects, macros, signatures and foreign files."""
        return self._unlink(part, lambda one: one.kind in _GONE or (one.external and not is_open_link(one)))

    def _unlink(self, part: str, unwanted: Callable[[Relation], bool]) -> set[str]:
        gone: set[str] = set()
        for one in self.relations(part):
            if unwanted(one):
                gone.add(one.id)
                self._note(one)
                parent = one.element.getparent()
                if parent is not None:
                    parent.remove(one.element)
        return gone

    def _note(self, one: Relation) -> None:
        if one.kind in _GONE:
            self.tally.add(_GONE[one.kind])
        elif one.external:
            self.tally.add("指向外部文件的链接")

    def write(self) -> bytes:
        """The new file: the parts that are still led to, XML without remarks, pictures without metadata."""
        reachable = sorted(name for name in self.reachable() if name)
        members = {name: self._part(name) for name in reachable}
        for name in ("", *reachable):
            if self.has(relations_name(name)) and len(self.tree(relations_name(name))):
                members[relations_name(name)] = serialised(self.tree(relations_name(name)))
        types = self._content_types(frozenset(members))
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in ((CONTENT_TYPES, types), *sorted(members.items())):
                info = zipfile.ZipInfo(name, _FIXED_DATE)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, data)
        return stream.getvalue()

    def _part(self, name: str) -> bytes:
        if self.is_markup(name):
            return serialised(self.tree(name))
        data = self.read(name)
        if "/media/" not in name or kind_of_picture(data[:16]) is None:
            return data
        cleaned = strip_picture(data)
        for one in cleaned.removed:
            self.tally.add(one.what, one.count)
        return cleaned.data

    def _content_types(self, members: frozenset[str]) -> bytes:
        root = self.tree(CONTENT_TYPES)
        for one in list(root):
            if local(one) == "Override" and str(one.get("PartName") or "").lstrip("/") not in members:
                root.remove(one)
                continue
            one.set("ContentType", _plain_type(str(one.get("ContentType") or "")))
        return serialised(root)


def _plain_type(content_type: str) -> str:
    """The type of a document without macros, which is no template."""
    for ending in _MACRO_TYPE:
        stem = content_type.removesuffix(f".{ending}")
        if stem != content_type and stem in _PLAIN_TYPES:
            return f"{_PLAIN_TYPES[stem]}.main+xml"
    return content_type


def serialised(root: Element) -> bytes:
    """The part as a file: UTF-8 with its declaration."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def discard(element: Element) -> None:
    """Take an element out, with all it holds; the text behind it (there is none in Office files) stays."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: Element) -> None:
    """Put an element's children in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    parent[at : at + 1] = list(element)
