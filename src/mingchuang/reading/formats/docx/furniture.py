"""What stands around the text of a DOCX: headers, footers, comments, notes."""

from __future__ import annotations

import re

from mingchuang.reading.formats.compose import Composer
from mingchuang.reading.formats.docx.inline import InlineReader, Line
from mingchuang.reading.formats.docx.package import Package
from mingchuang.reading.formats.docx.styles import Styles
from mingchuang.reading.formats.docx.words import attribute, children, local
from mingchuang.reading.formats.markup import Element

_NUMBER_ONLY = re.compile(r"[\s\d—–\-－·第页共/ 〇一二三四五六七八九十]*")


def drop_headers(package: Package, composer: Composer) -> None:
    """List the text of headers and footers; a footer that holds only the page number is one."""
    for kind in ("header", "footer"):
        for root in package.parts(kind):
            reader = InlineReader(Styles(None))
            for line in _lines(root, reader):
                for text, why in line.left_out:
                    composer.drop(text, why)
                text = line.text
                if not text.strip():
                    continue
                if reader.page_fields and _NUMBER_ONLY.fullmatch(text):
                    composer.drop(text, "page_number")
                else:
                    composer.drop(text, "running_header" if kind == "header" else "footer")


def drop_comments(package: Package, composer: Composer) -> None:
    """List the comments (批注) and say that there are some."""
    count = 0
    for root in package.parts("comments"):
        for comment in children(root, "comment"):
            text = _text(comment, InlineReader(Styles(None)))
            composer.drop(text, "comment")
            count += bool(text.strip())
    if count:
        composer.warn("comments", f"文件里有 {count} 条批注，未读入正文，已另行列出。")


def note_texts(package: Package, styles: Styles) -> dict[tuple[str, str], str]:
    """The foot- and endnotes by kind and id, without the separators that Word keeps among them."""
    texts: dict[tuple[str, str], str] = {}
    for kind in ("footnote", "endnote"):
        root = package.part(f"{kind}s")
        for note in children(root, kind) if root is not None else ():
            if (attribute(note, "type") or "normal") == "normal":
                texts[(kind, attribute(note, "id") or "")] = _text(note, InlineReader(styles)).strip()
    return texts


def _text(element: Element, reader: InlineReader) -> str:
    return "\n".join(line.text for line in _lines(element, reader))


def _lines(element: Element, reader: InlineReader) -> list[Line]:
    """The paragraphs of a part in order, those in text boxes after the one that anchors them."""
    lines: list[Line] = []
    waiting = [element]
    while waiting:
        item = waiting.pop()
        if not isinstance(item.tag, str):
            continue
        if local(item) == "p":
            line = Line()
            reader.read(item, line)
            lines.append(line)
            waiting += reversed(line.boxes)
        else:
            waiting += reversed(list(item))
    return lines
