"""What stands beside the text of an Office file: headers, footers, field codes, formulas, tips, names of things.

No fault by itself, and not in the text that is read; but a reader finds it: the rules on people and words hold there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingchuang.reading.formats.markup import Element
from mingchuang.reading.gate.finding import Place
from mingchuang.reading.gate.hidden.found import Hidden, Piece
from mingchuang.reading.gate.hidden.package import Package, local

#: Elements whose own text is an aside.
_WORDS = (
    "instrText", "delInstrText", "f", "formula", "formula1", "formula2", "definedName", "oddHeader", "oddFooter",
    "evenHeader", "evenFooter", "firstHeader", "firstFooter",
)  # fmt: skip
#: Elements whose attributes are asides: names, tips, descriptions, choices.
_NAMED = (
    "alias", "tag", "listItem", "bookmarkStart", "tblCaption", "tblDescription", "hyperlink", "fldSimple", "name",
    "dataValidation", "numFmt", "sheet", "definedName", "table", "tableColumn", "docPr", "cNvPr", "imagedata",
)  # fmt: skip
#: Elements whose paragraphs are asides: the small letters above others.
_SMALL = ("rt",)
_EDGES = {"hdr": "页眉", "ftr": "页脚"}
#: Pieces of a text that a formula puts together.
_JOINTS = re.compile(r'"\s*[&,;]\s*"')
#: Codes of a header: font, size, page number.
_HEADER_CODES = re.compile(r'&(?:"[^"]*"|[0-9]{1,3}|[A-Za-z])')


def asides(package: Package) -> Iterator[Hidden]:
    """The asides of every part that is led to, one ``Hidden`` without a rule for each part; raises ``Unreadable``."""
    for name in sorted(package.reachable()):
        if not name or not package.is_markup(name) or not package.has(name):
            continue
        root = package.tree(name)
        place = Place(_EDGES.get(local(root), "文件内部"), member=name)
        texts = [*(_paragraphs(root) if local(root) in _EDGES else ()), *_written(root), *_named(root)]
        pieces = tuple(Piece(place, text) for text in dict.fromkeys(texts) if text.strip())
        if pieces:
            yield Hidden("", "pass", place, "", pieces)


def _paragraphs(root: Element) -> Iterator[str]:
    for paragraph in root.iter("{*}p"):
        yield "".join(str(part.text or "") for part in paragraph.iter("{*}t"))


def _written(root: Element) -> Iterator[str]:
    for one in root.iter(*(f"{{*}}{name}" for name in _WORDS)):
        text = str(one.text or "")
        yield _HEADER_CODES.sub(" ", text) if local(one).endswith(("Header", "Footer")) else _JOINTS.sub("", text)
    for one in root.iter(*(f"{{*}}{name}" for name in _SMALL)):
        yield "".join(str(text) for text in one.itertext())


def _named(root: Element) -> Iterator[str]:
    for one in root.iter(*(f"{{*}}{name}" for name in _NAMED)):
        for key, value in one.attrib.items():
            if str(key).rpartition("}")[2] not in {"id", "sqref", "ref", "uid", "rsid"}:
                yield _JOINTS.sub("", str(value))
